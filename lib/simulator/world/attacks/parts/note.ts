import type { EpochMs } from '../../../../core/time.ts';
import type { RawRecord } from '../../../../sources/source.ts';
import type { Random } from '../../../random.ts';
import type { Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import type { Account } from '../../staff.ts';

/** Makes a record of something that somebody did, at a time, from a place; as those in `records/` do. */
export type Build<Options extends readonly unknown[]> = (
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  ...options: Options
) => RawRecord;

/** Somebody does something, and a vendor records it. */
export function note<Options extends readonly unknown[]>(
  stage: Stage,
  source: string,
  build: Build<Options>,
  who: Account,
  at: EpochMs,
  from: From,
  ...options: Options
): void {
  stage.emit(source, at, build(who, at, from, stage.random, ...options));
}
