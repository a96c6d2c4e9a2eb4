/**
 * Counts the distinct things somebody took over sliding windows, in little room: by the minute for a day, by the day
 * beyond. Plain JSON, so that it can be kept as a detection's state.
 */
import type { Evidence } from '../../alerts/alert.ts';
import { hash32 } from '../../hash.ts';
import { dayNumberOf, type EpochMs, MINUTE_MS } from '../../time.ts';
import type { ToldWindows } from './told.ts';

export const DAY_MINUTES = 1_440;
export const FORTNIGHT_MINUTES = 14 * DAY_MINUTES;

/** Most distinct things remembered for a day; more do not change any verdict. */
const OBJECT_LIMIT = 20_000;
const PAST_DAYS = 30;
const TRAIL_LIMIT = 45;
const TRAIL_PER_MINUTE = 3;
const PRUNE_MINUTES = 360;
const CONTAINER_LIMIT = 20;

export interface Hoard {
  /** Minute each thing was last taken, by the number of the thing. */
  objects: Record<string, number>;
  objectCount: number;
  /** Of each minute of the last day with something in it, oldest first: things last taken then, events, bytes. */
  minutes: (Tally & { readonly minute: number })[];
  /** Of each UTC day: the day's own tally, and its fullest 10 minutes and hour. */
  days: Record<string, DayTally>;
  /** The first event of each minute lately, oldest first. */
  trail: { readonly minute: number; readonly evidence: Evidence }[];
  containers: Record<string, number>;
  prunedMinute: number;
  /** Events since the last finding. */
  uncounted: number;
  told?: ToldWindows;
}

export interface Tally {
  objects: number;
  events: number;
  bytes: number;
}

interface DayTally extends Tally {
  objectsPer10: number;
  objectsPer60: number;
  bytesPer10: number;
}

export interface Taken {
  readonly time: EpochMs;
  readonly object: number;
  readonly bytes: number;
  readonly container: string | undefined;
  /** Made only for those that are kept. */
  readonly evidence: () => Evidence;
}

export function emptyHoard(): Hoard {
  return {
    objects: {},
    objectCount: 0,
    minutes: [],
    days: {},
    trail: [],
    containers: {},
    prunedMinute: 0,
    uncounted: 0,
  };
}

/** Numbers a thing by its id. */
export function objectNumber(uid: string): number {
  return hash32(uid);
}

/** Counts one thing taken. Times never go back. */
export function add(hoard: Hoard, taken: Taken): void {
  const minute = Math.floor(taken.time / MINUTE_MS);
  // A few times a day is often enough: what is old is never counted, only kept.
  if (minute - hoard.prunedMinute >= PRUNE_MINUTES) prune(hoard, minute);
  let bucket = hoard.minutes.at(-1);
  if (bucket?.minute !== minute) hoard.minutes.push((bucket = { minute, objects: 0, events: 0, bytes: 0 }));
  const today = dayAt(hoard, minute);
  bucket.events += 1;
  bucket.bytes += taken.bytes;
  today.events += 1;
  today.bytes += taken.bytes;
  hoard.uncounted += 1;
  if (bucket.events <= TRAIL_PER_MINUTE) {
    hoard.trail.push({ minute, evidence: taken.evidence() });
    if (hoard.trail.length > TRAIL_LIMIT) hoard.trail.shift();
  }
  addObject(hoard, taken.object, minute, bucket, today);
  addContainer(hoard, taken.container);

  const ten = tally(hoard, 10, taken.time);
  today.objectsPer10 = Math.max(today.objectsPer10, ten.objects);
  today.bytesPer10 = Math.max(today.bytesPer10, ten.bytes);
  today.objectsPer60 = Math.max(today.objectsPer60, tally(hoard, 60, taken.time).objects);
}

/** A thing counts in the minute it was last taken in, so that sums over minutes count it once. */
function addObject(hoard: Hoard, object: number, minute: number, bucket: Tally, today: DayTally): void {
  const last = hoard.objects[object];
  if (last === minute || (last === undefined && hoard.objectCount >= OBJECT_LIMIT)) return;
  if (last === undefined) hoard.objectCount += 1;
  else {
    const old = hoard.minutes.findLast((each) => each.minute <= last);
    if (old?.minute === last) old.objects -= 1;
  }
  if (last === undefined || dayNumber(last) !== dayNumber(minute)) today.objects += 1;
  hoard.objects[object] = minute;
  bucket.objects += 1;
}

function addContainer(hoard: Hoard, container: string | undefined): void {
  if (container === undefined) return;
  const name = container.slice(0, 120);
  const known = Object.hasOwn(hoard.containers, name) ? hoard.containers[name] : undefined;
  if (known !== undefined || Object.keys(hoard.containers).length < CONTAINER_LIMIT)
    hoard.containers[name] = (known ?? 0) + 1;
}

/** Tells whether the last day can have had so many distinct things, without adding it up. */
export function mayHaveTaken(hoard: Hoard, objects: number): boolean {
  return hoard.objectCount >= objects;
}

/**
 * Sums the window that ends with the minute of `time`: distinct things, events, bytes.
 *
 * Windows slide by the minute. Windows longer than a day add up each day's distinct things, so that something taken on
 * three days counts three times.
 */
export function tally(hoard: Hoard, minutes: number, time: EpochMs): Tally {
  const sum: Tally = { objects: 0, events: 0, bytes: 0 };
  const last = Math.floor(time / MINUTE_MS);
  if (minutes > DAY_MINUTES) {
    const today = dayNumber(last);
    for (let day = today - minutes / DAY_MINUTES + 1; day <= today; day++) accumulate(sum, hoard.days[day]);
    return sum;
  }
  for (let index = hoard.minutes.length - 1; index >= 0; index--) {
    const bucket = hoard.minutes[index];
    if (bucket === undefined || bucket.minute <= last - minutes) break;
    accumulate(sum, bucket);
  }
  return sum;
}

/**
 * Finds what the busiest ordinary days before today had in a window of this length, leaving out the busiest one in
 * twenty, so that a single earlier spree does not make the next one normal.
 *
 * @returns `undefined` when there are fewer active days than asked for
 */
export function busiestPast(
  hoard: Hoard,
  minutes: number,
  time: EpochMs,
  minActiveDays: number,
): { objects: number; bytes: number } | undefined {
  const today = dayNumberOf(time);
  // A fortnight is compared with the fortnight before it.
  const [from, to] = minutes > DAY_MINUTES ? [today - 28, today - 14] : [today - PAST_DAYS, today - 1];
  const past = Object.entries(hoard.days)
    .filter(([day]) => Number(day) >= from && Number(day) <= to)
    .map(([, day]) => day);
  if (past.length < minActiveDays) return undefined;
  if (minutes > DAY_MINUTES)
    return past.reduce((sum, day) => ({ objects: sum.objects + day.objects, bytes: sum.bytes + day.bytes }), {
      objects: 0,
      bytes: 0,
    });
  const objects = (day: DayTally): number =>
    minutes <= 10 ? day.objectsPer10 : minutes <= 60 ? day.objectsPer60 : day.objects;
  return {
    objects: percentile95(past.map(objects)),
    bytes: percentile95(past.map((day) => (minutes <= 10 ? day.bytesPer10 : day.bytes))),
  };
}

/**
 * Gives the evidence of a window that has tripped, the completing event last, and how many further events support it;
 * counts each only once.
 */
export function cite(
  hoard: Hoard,
  minutes: number,
  sum: Tally,
  completing: { readonly time: EpochMs; readonly evidence: Evidence },
): { evidence: readonly Evidence[]; uncited: number } {
  const since = Math.floor(completing.time / MINUTE_MS) - minutes;
  const fresh = Math.min(sum.events, hoard.uncounted);
  hoard.uncounted = 0;
  // The first events of each minute stand for the others; those an earlier finding has counted stay out.
  const trail =
    fresh === 1 ? [] : hoard.trail.filter((entry) => entry.minute > since).map((entry) => entry.evidence);
  const before = trail
    .filter((entry) => entry.eventId !== completing.evidence.eventId)
    .slice(-Math.max(0, fresh - 1));
  const evidence = [...before, completing.evidence];
  return { evidence, uncited: Math.max(0, fresh - evidence.length) };
}

/** Gives the three buckets, sites or drives most was taken from lately. */
export function topContainers(hoard: Hoard): readonly (readonly [string, number])[] {
  return Object.entries(hoard.containers)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3);
}

function prune(hoard: Hoard, minute: number): void {
  const oldest = minute - DAY_MINUTES;
  for (const [object, last] of Object.entries(hoard.objects)) {
    if (last > oldest) continue;
    delete hoard.objects[object];
    hoard.objectCount -= 1;
  }
  hoard.minutes = hoard.minutes.filter((each) => each.minute > oldest);
  for (const key of Object.keys(hoard.days))
    if (Number(key) < dayNumber(minute) - PAST_DAYS) delete hoard.days[key];
  if (dayNumber(minute) !== dayNumber(hoard.prunedMinute)) hoard.containers = {};
  hoard.prunedMinute = minute;
}

function dayAt(hoard: Hoard, minute: number): DayTally {
  return (hoard.days[dayNumber(minute)] ??= {
    objects: 0,
    events: 0,
    bytes: 0,
    objectsPer10: 0,
    objectsPer60: 0,
    bytesPer10: 0,
  });
}

function accumulate(sum: Tally, part: Tally | undefined): void {
  if (part === undefined) return;
  sum.objects += part.objects;
  sum.events += part.events;
  sum.bytes += part.bytes;
}

function dayNumber(minute: number): number {
  return Math.floor(minute / DAY_MINUTES);
}

/** Nearest rank. */
function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
}
