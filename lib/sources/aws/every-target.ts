/**
 * Reads a feed in every account and Region. They share one cursor, which says of each how far it has been read; one that
 * fails does not stop the others.
 */
import { RingerError } from '../../core/errors.ts';
import type { Page } from '../reader.ts';
import { isDenied, failureName } from './failure.ts';
import { merge } from './merge.ts';
import type { Target } from './targets.ts';

/** What a target gave at once. */
export interface Part<State> {
  readonly records: readonly unknown[];
  /** How far the target has been read, once these records are safe; absent when no further than before. */
  readonly state?: State;
}

/** Reads on in one target; `out-of-time` when it ends before its end. */
export type ReadTarget<State> = (
  target: Target,
  state: State | undefined,
) => AsyncGenerator<Part<State>, 'read' | 'out-of-time'>;

export interface EveryTarget<State> {
  /** Begun in this order. */
  readonly targets: readonly Target[];
  /** What the cursor says, by the target's name. */
  readonly states: ReadonlyMap<string, State>;
  readonly read: ReadTarget<State>;
  /** Fewer records than this are not handed over alone: each page costs a write or two. */
  readonly pageRecords: number;
  /** Whether the next run begins anew when this one has read everything. */
  readonly beginsAnew?: boolean;
}

interface Failure {
  readonly name: string;
  readonly thrown: unknown;
}

/** Each is limited by itself, and mostly waits. */
const TARGETS_AT_ONCE = 8;
/** Failures that the error names. */
const FAILURES_NAMED = 5;

/**
 * Gives the records of all targets in pages.
 *
 * @throws SOURCE_DENIED or SOURCE_UNAVAILABLE naming the targets that failed, after everything of the others was given
 */
export async function* everyTarget<State>({
  targets,
  read,
  pageRecords,
  beginsAnew = false,
  ...before
}: EveryTarget<State>): AsyncGenerator<Page> {
  const states = new Map(before.states);
  const failures: Failure[] = [];
  let complete = true;

  async function* reading(target: Target): AsyncGenerator<readonly [Target, Part<State>]> {
    const parts = read(target, states.get(target.name));
    try {
      let next = await parts.next();
      for (; next.done !== true; next = await parts.next()) yield [target, next.value];
      if (next.value === 'out-of-time') complete = false;
    } catch (thrown) {
      failures.push({ name: target.name, thrown });
    } finally {
      await parts.return('out-of-time');
    }
  }

  let records: unknown[] = [];
  let moved = false;
  const sources = targets.map((target) => () => reading(target));
  for await (const [target, part] of merge(sources, TARGETS_AT_ONCE)) {
    records.push(...part.records);
    // Only now: the cursor may not be ahead of the records that have been given.
    if (part.state !== undefined) states.set(target.name, part.state);
    moved ||= part.state !== undefined;
    if (records.length < pageRecords) continue;
    yield { records, cursor: Object.fromEntries(states), last: false };
    records = [];
    moved = false;
  }
  // Where one failed, too: else it alone would be read from then on.
  const ends = complete && beginsAnew && states.size > 0;
  if (records.length > 0 || moved || ends || (complete && failures.length === 0)) {
    yield { records, cursor: ends ? {} : Object.fromEntries(states), last: complete };
  }
  if (failures.length > 0) throw failed(failures);
}

function failed(failures: readonly Failure[]): RingerError {
  const named = failures
    .slice(0, FAILURES_NAMED)
    .map(({ name, thrown }) => `${name}: ${failureName(thrown)}`);
  const others = failures.length - named.length;
  const denied = failures.find(({ thrown }) => isDenied(thrown));
  return new RingerError(
    denied === undefined ? 'SOURCE_UNAVAILABLE' : 'SOURCE_DENIED',
    [...named, ...(others === 0 ? [] : [`and ${others} more`])].join('; '),
    { cause: (denied ?? failures[0])?.thrown, retryable: denied === undefined },
  );
}
