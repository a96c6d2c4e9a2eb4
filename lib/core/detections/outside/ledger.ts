/**
 * Counts what somebody opens to others, day by day, and takes off again what they close: one ledger for each object that
 * an alert is about. Plain JSON, so that it can be kept as a detection's state.
 */
import type { AlertObject, Evidence } from '../../alerts/alert.ts';
import { worse, type Severity } from '../../alerts/severity.ts';
import { hash32 } from '../../hash.ts';
import { dayNumberOf, type EpochMs } from '../../time.ts';

/** By `kind:id` of the object. */
export type Ledgers = Record<string, Ledger>;

export interface Ledger {
  readonly object: AlertObject;
  /** UTC day the rest is of, in days since 1970. */
  day: number;
  /** Numbers of the distinct things that stand open. */
  things: number[];
  /** The first openings, kept so that the day can be told anew without one of them. */
  openings: Opened[];
  /** Openings beyond those, and the gravest of them. */
  unlisted: { count: number; severity: Severity };
  /** Names under which an approval would cover every opening of the day. */
  names: string[];
  /** Distinct things of each day before. */
  past: Record<string, number>;
}

/** One opening, as it is kept. */
export interface Opened {
  readonly thing: number;
  readonly name: string;
  readonly to: readonly string[];
  readonly severity: Severity;
  readonly time: EpochMs;
  readonly evidence: Evidence;
  closed?: Evidence;
}

/** Something was opened to others. */
export interface Opening {
  readonly object: AlertObject;
  /** The thing's id: two openings of one thing count once. */
  readonly thing: string;
  /** For people. */
  readonly name: string;
  /** To whom, as far as the record says. */
  readonly to: readonly string[];
  /** Names under which an approval would cover it, beside the object's own. */
  readonly names: readonly string[];
  /** What it is worth by itself. */
  readonly severity: Severity;
  readonly time: EpochMs;
  readonly evidence: Evidence;
}

/** Something is closed to somebody; to everybody, when it is not said to whom. */
export interface Closing {
  readonly thing: string;
  readonly to: readonly string[] | undefined;
  readonly time: EpochMs;
  readonly evidence: Evidence;
}

const LEDGERS_KEPT = 20;
/** More do not change what is said. */
export const THINGS_KEPT = 1_000;
const OPENINGS_KEPT = 20;
const TARGETS_KEPT = 3;
export const PAST_DAYS = 30;

/** Enters an opening, and gives the ledger it is in. Times never go back. */
export function enter(ledgers: Ledgers, opening: Opening): Ledger {
  const ledger = ledgerFor(ledgers, opening.object, dayNumberOf(opening.time));
  const thing = hash32(opening.thing);
  const isFirst = ledger.openings.length === 0;
  ledger.names = isFirst ? [...opening.names] : ledger.names.filter((name) => opening.names.includes(name));
  if (!ledger.things.includes(thing) && ledger.things.length < THINGS_KEPT) ledger.things.push(thing);
  const { name, severity, time, evidence } = opening;
  if (ledger.openings.length < OPENINGS_KEPT)
    ledger.openings.push({ thing, name, to: opening.to.slice(0, TARGETS_KEPT), severity, time, evidence });
  else
    ledger.unlisted = {
      count: ledger.unlisted.count + 1,
      severity: worse(ledger.unlisted.severity, severity),
    };
  return ledger;
}

/** Marks what a closing takes back of the same day's openings, none older than `withinMs`; gives the ledgers changed. */
export function takeBack(ledgers: Ledgers, closing: Closing, withinMs: number): readonly Ledger[] {
  const thing = hash32(closing.thing);
  return Object.values(ledgers).filter((ledger) => {
    if (ledger.day !== dayNumberOf(closing.time)) return false;
    const taken = ledger.openings.filter(
      (each) =>
        each.thing === thing &&
        each.closed === undefined &&
        closing.time - each.time <= withinMs &&
        (closing.to === undefined || each.to.some((target) => closing.to?.includes(target))),
    );
    for (const each of taken) each.closed = closing.evidence;
    if (taken.length > 0 && !standing(ledger).some((each) => each.thing === thing))
      ledger.things = ledger.things.filter((each) => each !== thing);
    return taken.length > 0;
  });
}

/** Gives the openings that were not taken back. */
export function standing(ledger: Ledger): readonly Opened[] {
  return ledger.openings.filter((each) => each.closed === undefined);
}

function ledgerFor(ledgers: Ledgers, object: AlertObject, day: number): Ledger {
  const key = `${object.kind}:${object.id}`;
  const known = ledgers[key];
  if (known !== undefined) {
    if (known.day !== day) turnTo(known, day);
    return known;
  }
  if (Object.keys(ledgers).length >= LEDGERS_KEPT) dropOldest(ledgers);
  const ledger: Ledger = {
    object,
    day,
    things: [],
    openings: [],
    unlisted: { count: 0, severity: 'informational' },
    names: [],
    past: {},
  };
  ledgers[key] = ledger;
  return ledger;
}

function turnTo(ledger: Ledger, day: number): void {
  if (ledger.things.length > 0) ledger.past[ledger.day] = ledger.things.length;
  for (const key of Object.keys(ledger.past)) if (Number(key) < day - PAST_DAYS) delete ledger.past[key];
  Object.assign(ledger, {
    day,
    things: [],
    openings: [],
    unlisted: { count: 0, severity: 'informational' },
    names: [],
  } satisfies Partial<Ledger>);
}

/** The longest untouched goes first; of several, the one with the least past. */
function dropOldest(ledgers: Ledgers): void {
  const rank = (ledger: Ledger): number => ledger.day * (PAST_DAYS + 2) + Object.keys(ledger.past).length;
  let oldest: string | undefined;
  for (const [key, ledger] of Object.entries(ledgers)) {
    const known = oldest === undefined ? undefined : ledgers[oldest];
    if (known === undefined || rank(ledger) < rank(known)) oldest = key;
  }
  if (oldest !== undefined) delete ledgers[oldest];
}
