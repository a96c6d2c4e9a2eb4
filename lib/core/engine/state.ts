/** What is kept of one subject between runs. Plain JSON throughout. */
import type { Draft } from '../alerts/draft.ts';
import type { Remembered } from '../alerts/remembered.ts';
import type { Implicated } from '../implicated.ts';
import { RingerError } from '../errors.ts';
import type { EpochMs } from '../time.ts';

/** The memory of one detection about one subject. */
export interface Slot {
  readonly version: number;
  state: unknown;
  /** Time of the last event folded in. */
  lastTime: EpochMs;
  /** Give a tick at this time, after all events up to it. */
  wakeAt?: EpochMs;
}

/** Detections' memories and the alerts they led to, all events up to some instant folded in. */
export interface Folded {
  /** By detection id. */
  readonly slots: Record<string, Slot>;
  /** By alert id. */
  readonly drafts: Record<string, Draft>;
  /** Alerts whose drafts are gone, for the composite; absent when there are none. */
  past?: readonly Remembered[];
}

/** Of `SubjectState`: raised with a step in `readState`, and a stored sample of the version before in the tests. */
export const STATE_VERSION = 2;

export interface SubjectState {
  readonly version: typeof STATE_VERSION;
  /** Every event before this instant is in `sealed`; `-Infinity` does not survive JSON, so a new subject has 0. */
  readonly sealedUntil: EpochMs;
  readonly sealed: Folded;
  /** How many events are in `sealed`. */
  readonly sealedCount: number;
  /** What addresses and the organization concluded, up to `sealedUntil`: the latest word of each. */
  readonly told: Readonly<Record<string, Told>>;
  /** Ids of alerts the last run gave, that a later run may have to withdraw. */
  readonly raised: readonly string[];
}

/** A conclusion as it was last told. */
export interface Told {
  readonly time: EpochMs;
  /** Of two words of the same instant the higher counts; absent in what the first version kept. */
  readonly revision?: number;
  readonly holds: boolean;
  readonly why: string;
  readonly implicates?: Implicated;
}

export function newSubject(): SubjectState {
  return {
    version: STATE_VERSION,
    sealedUntil: 0,
    sealed: emptyFold(),
    sealedCount: 0,
    told: {},
    raised: [],
  };
}

/**
 * Takes a state as it was stored, by this version of Ringer or an older one.
 *
 * Memories of a detection whose own state has changed since are begun anew by the fold.
 *
 * @throws INVARIANT for that of a newer one: it would be misread, and what is written over it lost
 */
export function readState(stored: { readonly version: number }): SubjectState {
  const { version } = stored;
  if (version === STATE_VERSION) return stored as SubjectState;
  // The first version did not count.
  if (version === 1) return { sealedCount: 0, ...stored, version: STATE_VERSION } as unknown as SubjectState;
  throw new RingerError(
    'INVARIANT',
    `a state of version ${version}, but this Ringer writes version ${STATE_VERSION}: deploy the newer one again`,
  );
}

export function emptyFold(): Folded {
  return { slots: {}, drafts: {} };
}
