/** CloudTrail's event history of one account and Region. */
import { createHash } from 'node:crypto';
import { DAY_MS, SECOND_MS, type EpochMs } from '../../core/time.ts';
import { objectAt, textAt } from '../../sources/fields.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Answer } from './answer.ts';

interface Stored {
  readonly number: number;
  readonly time: EpochMs;
  /** Since when it is listed. */
  readonly listedTime: EpochMs;
  readonly element: RawRecord;
}

const MOST_EVENTS = 50;
const KEPT_MS = 90 * DAY_MS;
/** What AWS takes. */
export const LOOKUPS_A_SECOND = 2;

export class FakeEventHistory {
  readonly #now: () => EpochMs;
  readonly #mostASecond: number;
  /** Newest first; of those of one second, the last added first. */
  readonly #events: Stored[] = [];
  #requestTimes: EpochMs[] = [];

  constructor(now: () => EpochMs, mostASecond: number) {
    this.#now = now;
    this.#mostASecond = mostASecond;
  }

  /** Stores a record as a trail would write it. The same record twice is listed twice. */
  add(record: RawRecord, listedTime: EpochMs): void {
    const time = Date.parse(textAt(record, 'eventTime') ?? '');
    const at = this.#events.findIndex((stored) => stored.time <= time);
    const number = this.#events.length;
    const stored = { number, time, listedTime, element: elementOf(record, time) };
    this.#events.splice(at < 0 ? this.#events.length : at, 0, stored);
  }

  /** Answers LookupEvents: two requests a second, newest first, tokens for the same parameters alone. */
  lookUp(input: RawRecord): Answer {
    const now = this.#now();
    this.#requestTimes = this.#requestTimes.filter((time) => time > now - SECOND_MS);
    if (this.#requestTimes.length >= this.#mostASecond)
      return { fault: 'ThrottlingException', message: 'Rate exceeded' };
    this.#requestTimes.push(now);

    const { NextToken: token, ...parameters } = input;
    const most = Number(input['MaxResults'] ?? MOST_EVENTS);
    if (most < 1 || most > MOST_EVENTS)
      return { fault: 'InvalidMaxResultsException', message: 'A max results value of 1 to 50 is required' };
    const from = Number(input['StartTime'] ?? 0) * SECOND_MS;
    const to = Number(input['EndTime'] ?? now / SECOND_MS) * SECOND_MS;
    if (from > to) return { fault: 'InvalidTimeRangeException', message: 'The start time is after the end' };
    const signature = createHash('sha256').update(JSON.stringify(parameters)).digest('base64url');
    const start = typeof token === 'string' ? this.#positionOf(token, signature) : 0;
    if (start === undefined) return { fault: 'InvalidNextTokenException', message: 'Invalid token' };

    const listed: Stored[] = [];
    for (const stored of this.#events.slice(start)) {
      if (listed.length > most) break;
      if (stored.time < Math.max(from, now - KEPT_MS)) break;
      if (stored.time <= to && stored.listedTime <= now) listed.push(stored);
    }
    const next = listed.length > most ? listed[most] : undefined;
    const Events = listed.slice(0, most).map(({ element }) => element);
    return {
      body: {
        Events,
        ...(next === undefined ? {} : { NextToken: `${signature}.${next.number}` }),
      },
    };
  }

  /** The event a token names, wherever it is by now. */
  #positionOf(token: string, signature: string): number | undefined {
    const [signed, number] = token.split('.');
    const at = this.#events.findIndex((stored) => stored.number === Number(number));
    return signed === signature && at >= 0 ? at : undefined;
  }
}

/** LookupEvents gives a few fields, and the record itself as text. Times are seconds. */
function elementOf(record: RawRecord, time: EpochMs): RawRecord {
  const identity = objectAt(record, 'userIdentity');
  return {
    EventId: record['eventID'],
    EventName: record['eventName'],
    ReadOnly: record['readOnly'] === true ? 'true' : 'false',
    AccessKeyId: textAt(identity, 'accessKeyId'),
    EventTime: time / SECOND_MS,
    EventSource: record['eventSource'],
    Username: textAt(identity, 'userName'),
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}
