/**
 * Reads CloudTrail's event history with LookupEvents, in every account and Region.
 *
 * Time is read in windows of at most a day, the oldest first, each beginning anew half an hour before where the last run
 * ended, for events that were listed late. Inside a window AWS lists the newest first: so the time until which all has
 * been read moves only when a window has been read to its end, and a run that ends before leaves what of the window is
 * unread.
 *
 * AWS takes two requests a second and gives 50 events to each. What an account does in a Region beyond that is not kept
 * up with; the trail is for that.
 */
import {
  CloudTrailClient,
  LookupEventsCommand,
  type Event,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { DAY_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../core/time.ts';
import { FIRST_RUN_MS, type Page } from '../reader.ts';
import { everyTarget, type Part } from './every-target.ts';
import { readStates, stateOf, WINDOW_MS, type HistoryState, type Window } from './history-state.ts';
import { paced } from './paced.ts';
import { REQUEST_HANDLER, sendInTime, TRIES, type Until } from './send.ts';
import type { Target } from './targets.ts';

/** The most LookupEvents gives at once. */
const PAGE_EVENTS = 50;
/** How many are handed over at once, some 3 MB. */
const PAGE_RECORDS = 1_000;
/** Two requests a second. */
const PACE_MS = SECOND_MS / 2;

const OVERLAP_MS = 30 * MINUTE_MS;
/** AWS keeps no more. */
const KEPT_MS = 90 * DAY_MS;

/**
 * Reads the event history of all targets, those first that are furthest behind.
 *
 * @param cursor - `{ "123456789012/eu-central-1": { until, window? } }`
 */
export async function* readEventHistory(
  cursor: unknown,
  targets: readonly Target[],
  until: Until,
  since?: EpochMs,
): AsyncGenerator<Page> {
  const states = readStates(cursor, targets);
  const readTo = ({ name }: Target): EpochMs => states.get(name)?.until ?? 0;
  yield* everyTarget<HistoryState>({
    targets: targets.toSorted((a, b) => readTo(a) - readTo(b)),
    states,
    read: (target, state) => readTarget(target, state ?? {}, until, since),
    pageRecords: PAGE_RECORDS,
  });
}

async function* readTarget(
  { region, credentials }: Target,
  state: HistoryState,
  until: Until,
  since: EpochMs | undefined,
): AsyncGenerator<Part<HistoryState>, 'read' | 'out-of-time'> {
  const client = new CloudTrailClient({
    region,
    maxAttempts: TRIES,
    requestHandler: REQUEST_HANDLER,
    ...(credentials === undefined ? {} : { credentials }),
  });
  const lookUp = lookUpWith(client, until);
  const now = wholeSecond(until.clock.now());
  let { until: readTo } = state;
  const windows = function* (): Generator<Window> {
    if (state.window !== undefined) yield state.window;
    // An earlier run's window was listed a while ago, and moved what is overlapped now.
    for (let from = startOf(readTo, now, since); from < now; from += WINDOW_MS) {
      const to = Math.min(from + WINDOW_MS, now);
      yield { from, to, downTo: to };
    }
  };
  try {
    for (const window of windows()) {
      if (!(yield* readWindow(window, readTo, lookUp))) return 'out-of-time';
      readTo = Math.max(window.to, readTo ?? window.to);
    }
    return 'read';
  } finally {
    client.destroy();
  }
}

/**
 * Reads a window to its end.
 *
 * @param readTo - what has been read before
 * @returns false when there was no time left
 */
async function* readWindow(
  window: Window,
  readTo: EpochMs | undefined,
  lookUp: LookUp,
): AsyncGenerator<Part<HistoryState>, boolean> {
  const { from, to } = window;
  let { downTo } = window;
  let token: string | undefined;
  do {
    const page = await lookUp(from, window.downTo, token);
    if (page === undefined) return false;
    const { Events: records = [], NextToken } = page;
    token = NextToken === '' ? undefined : NextToken;
    downTo = readDownTo(records, { from, to, downTo });
    const state =
      token === undefined
        ? stateOf(Math.max(to, readTo ?? to), undefined)
        : stateOf(readTo, { from, to, downTo });
    yield { records, state };
  } while (token !== undefined);
  return true;
}

/** Asks for a page; `undefined` when there was no time left. */
type LookUp = (
  from: EpochMs,
  to: EpochMs,
  token: string | undefined,
) => Promise<LookupEventsCommandOutput | undefined>;

function lookUpWith(client: CloudTrailClient, until: Until): LookUp {
  const pace = paced(PACE_MS, until);
  return async (from, to, token) => {
    const command = new LookupEventsCommand({
      StartTime: new Date(from),
      EndTime: new Date(to),
      MaxResults: PAGE_EVENTS,
      NextToken: token,
    });
    if (!(await pace())) return undefined;
    return sendInTime((abortSignal) => client.send(command, { abortSignal }), until, 'LookupEvents');
  };
}

function startOf(readTo: EpochMs | undefined, now: EpochMs, since: EpochMs | undefined): EpochMs {
  if (readTo === undefined) return Math.max(wholeSecond(since ?? now - FIRST_RUN_MS), now - KEPT_MS);
  return Math.max(wholeSecond(readTo) - OVERLAP_MS, now - KEPT_MS);
}

/**
 * Gives how far down a window has been read with a page that is not its last: to the newest event of it, so that events
 * may be out of order by a page. A page may also be empty.
 */
function readDownTo(page: readonly Event[], { from, downTo }: Window): EpochMs {
  const newest = page.reduce((time, { EventTime }) => Math.max(time, EventTime?.getTime() ?? from), from);
  return page.length === 0 ? downTo : Math.min(wholeSecond(newest), downTo);
}

function wholeSecond(time: EpochMs): EpochMs {
  return Math.floor(time / SECOND_MS) * SECOND_MS;
}
