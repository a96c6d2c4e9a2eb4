/**
 * A company over some weeks, in its vendors' own records, and what is true of it: the ground against which detections are
 * measured. Everything follows from the seed.
 */
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

/** What a world is made from. */
export interface WorldOptions {
  readonly seed: number;
  readonly people: number;
  readonly days: number;
  /** The first instant of the first day, UTC. */
  readonly start: EpochMs;
  /** Attacks to play, by name; none gives a company in which everybody is honest. */
  readonly attacks?: readonly string[];
}

export interface World {
  /** A people file. */
  readonly people: string;
  /** A ringer.yaml of this company. */
  readonly config: string;
  readonly records: readonly Delivered[];
  /** What is known to be an attack. Whatever else is raised is a false alert. */
  readonly labels: readonly Label[];
  /** Which benign doings could explain a false alert about somebody: by subject id, such as `consumer-vpn`. */
  readonly causes: ReadonlyMap<string, readonly string[]>;
  readonly end: EpochMs;
}

/** A record and when the vendor lets it be read: late, out of order, some twice. */
export interface Delivered {
  /** Of `lib/sources`: `okta`, `entra`, `intune`, `m365`, `google`, `aws`, `ssm`. */
  readonly source: string;
  readonly at: EpochMs;
  readonly deliveredAt: EpochMs;
  /** Made anew each time it is read. */
  readonly record: RawRecord;
}

/** One attack as it was played. */
export interface Label {
  readonly attack: string;
  /** Whose alerts may tell of it: primary addresses, and addresses or devices that alerts are about. */
  readonly subjects: readonly string[];
  /** When its first record happened. */
  readonly begin: EpochMs;
  /** Detections of which at least one is to be raised about one of the subjects; empty for what is known to be missed. */
  readonly expects: readonly string[];
  /** The impostor is to be suspected too. */
  readonly expectsComposite: boolean;
}
