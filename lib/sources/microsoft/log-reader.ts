/**
 * Reads a log of Graph: windows of event time, oldest first; within a window the newest record comes first, so that the
 * cursor moves only when it is drained. Every run begins a while before the point it has reached, because records arrive
 * late.
 */
import { RingerError } from '../../core/errors.ts';
import { DAY_MS, HOUR_MS, isoTime, type EpochMs } from '../../core/time.ts';
import { FIRST_RUN_MS, type Page, type Reader } from '../reader.ts';
import type { Clock } from '../transport.ts';
import type { Graph, GraphQuery, OpenGraph } from './graph.ts';
import { FIRST_SPAN_MS, halved, isShortest, readProgress, spanAfter, type Progress } from './progress.ts';

export interface GraphLog extends Pick<GraphQuery, 'version' | 'path' | 'top'> {
  /** The field that windows are of. */
  readonly timeField: string;
  /** Further conditions; a window is listed once for each. */
  readonly only?: readonly string[];
  readonly overlapMs: number;
  readonly keepsMs: number;
}

interface Window {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What tenants without a licence keep. A window that begins earlier is refused there. */
const KEPT_UNLICENSED_MS = 7 * DAY_MS;
/** A window that begins when Microsoft is just deleting would be refused. */
const DELETION_MARGIN_MS = HOUR_MS;

export function logReader(log: GraphLog, open: OpenGraph, clock: Clock): Reader {
  return (cursor, { deadline, since }) => pages(cursor, log, open(deadline), clock, since);
}

async function* pages(
  cursor: unknown,
  log: GraphLog,
  graph: Graph,
  clock: Clock,
  since: EpochMs | undefined,
): AsyncGenerator<Page> {
  const until = clock.now();
  const saved = readProgress(cursor, until);
  let progress = saved ?? { through: since ?? until - FIRST_RUN_MS, spanMs: FIRST_SPAN_MS };
  let from = Math.max(
    progress.through - (saved === undefined ? 0 : log.overlapMs),
    until - log.keepsMs + DELETION_MARGIN_MS,
  );
  for (;;) {
    const to = Math.min(from + progress.spanMs, until);
    const end = yield* readWindow({ from, to }, to === until, progress, log, graph);
    if (end === 'out-of-time') return;
    if (end === 'refused') {
      from = laterStart(from, until, log);
    } else if (end === 'expired') {
      progress = { ...progress, spanMs: shorterSpan(progress.spanMs, log) };
    } else {
      if (to === until) return;
      progress = end;
      from = to;
    }
  }
}

/**
 * Reads one window.
 *
 * @returns the progress when it was drained; `expired` when a listing could not be followed to its end, `refused` when
 *   it could not even be begun
 */
async function* readWindow(
  window: Window,
  isNewest: boolean,
  progress: Progress,
  log: GraphLog,
  graph: Graph,
): AsyncGenerator<Page, Progress | 'out-of-time' | 'expired' | 'refused'> {
  // Where a run that dies on the way is followed by one that asks for less.
  const undone: Progress = { through: progress.through, spanMs: halved(progress.spanMs) };
  const queries = queriesOf(window, log);
  let pagesRead = 0;
  for (const [index, query] of queries.entries()) {
    let asked: GraphQuery | string | undefined = query;
    while (asked !== undefined) {
      const answer = await graph.page(asked);
      if (answer.outcome === 'out-of-time') return 'out-of-time';
      if (answer.outcome === 'gone') return typeof asked === 'string' ? 'expired' : 'refused';
      pagesRead++;
      const { records, next, foreign } = answer;
      const isDrained = next === undefined && foreign === undefined && index === queries.length - 1;
      const done = { through: window.to, spanMs: spanAfter(progress.spanMs, pagesRead / queries.length) };
      yield { records, cursor: isDrained ? done : undone, last: isDrained && isNewest };
      if (foreign !== undefined) throw foreign;
      if (isDrained) return done;
      asked = next;
    }
  }
  throw new RingerError('INVARIANT', `${log.path} has no query`);
}

/** Graph compares by `ge` and `le` alone; what stands on the border of two windows is read with both. */
function queriesOf({ from, to }: Window, { version, path, timeField, top, only }: GraphLog): GraphQuery[] {
  const inside = `${timeField} ge ${isoTime(from)} and ${timeField} le ${isoTime(to)}`;
  const filters = only === undefined ? [inside] : only.map((condition) => `${inside} and ${condition}`);
  return filters.map((filter) => ({ version, path, filter, ...(top !== undefined && { top }) }));
}

function laterStart(from: EpochMs, until: EpochMs, log: GraphLog): EpochMs {
  const start = until - KEPT_UNLICENSED_MS + DELETION_MARGIN_MS;
  if (from < start) return start;
  throw new RingerError('SOURCE_SHAPE_CHANGED', `Graph does not know the query for ${log.path}`);
}

function shorterSpan(spanMs: number, log: GraphLog): number {
  if (!isShortest(spanMs)) return halved(spanMs);
  throw new RingerError('SOURCE_SHAPE_CHANGED', `Graph ends every listing of ${log.path} early`);
}
