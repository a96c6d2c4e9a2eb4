/** What a feed's cursor keeps of the last week beside the cursor: how much was read, and when nothing was. */
import { DAY_MS, dayOf, HOUR_MS, type Day, type EpochMs } from '../core/time.ts';

export interface FeedHistory {
  /** When a run last got further, or found that there was nothing more. */
  readonly lastRead?: EpochMs;
  /** When a page last had something new. */
  readonly lastArrived?: EpochMs;
  /** Records that were new, by UTC day, for eight days. */
  readonly recordsByDay: Readonly<Record<Day, number>>;
  /** The longest times of the last eight days in which no run did, oldest first. */
  readonly gaps: readonly Gap[];
}

/** From one reading to the next. */
export interface Gap {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const KEEP_MS = 8 * DAY_MS;
/** No feed counts as blind sooner. */
const SHORTEST_GAP_MS = HOUR_MS;
/** A listing that is read every six hours has four a day, of which none is news: a real one is longer. */
const GAPS_KEPT = 10;

/**
 * Gives the history after some records.
 *
 * @param records - how many were new
 * @param gotOn - false for a run that brought something and must begin again where it began
 */
export function historyAfter(
  history: FeedHistory,
  records: number,
  gotOn: boolean,
  now: EpochMs,
): FeedHistory {
  const arrived = records === 0 ? history : withRecords(history, records, now);
  if (!gotOn) return arrived;
  const gap = { from: history.lastRead ?? now, to: now };
  const gaps = [...history.gaps, gap].filter(
    ({ from, to }) => to - from >= SHORTEST_GAP_MS && to > now - KEEP_MS,
  );
  return { ...arrived, lastRead: now, gaps: longest(gaps).sort((a, b) => a.from - b.from) };
}

function withRecords(history: FeedHistory, records: number, now: EpochMs): FeedHistory {
  const days = Object.entries(history.recordsByDay).filter(([day]) => day > dayOf(now - KEEP_MS));
  const recordsByDay = Object.fromEntries(days);
  const today = dayOf(now);
  recordsByDay[today] = (recordsByDay[today] ?? 0) + records;
  return { ...history, lastArrived: now, recordsByDay };
}

function longest(gaps: readonly Gap[]): Gap[] {
  return [...gaps].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, GAPS_KEPT);
}

/** Reads the attributes of a cursor's item. */
export function historyIn(item: Readonly<Record<string, unknown>> | undefined): FeedHistory {
  const { savedAt, arrivedAt, recordsByDay, gaps } = item ?? {};
  return {
    ...(savedAt === undefined ? {} : { lastRead: savedAt as EpochMs }),
    ...(arrivedAt === undefined ? {} : { lastArrived: arrivedAt as EpochMs }),
    recordsByDay: (recordsByDay ?? {}) as FeedHistory['recordsByDay'],
    gaps: ((gaps ?? []) as readonly [EpochMs, EpochMs][]).map(([from, to]) => ({ from, to })),
  };
}

/** Gives the attributes to write; all fit into a write unit together with the cursor. */
export function attributesOf({ lastRead, lastArrived, recordsByDay, gaps }: FeedHistory): object {
  return {
    savedAt: lastRead,
    arrivedAt: lastArrived,
    recordsByDay,
    gaps: gaps.map(({ from, to }) => [from, to]),
  };
}
