/** What the fake Management Activity API keeps: subscriptions, and blobs of records by when they became available. */
import { DAY_MS, isoTime, MINUTE_MS, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

export interface AddedContent {
  readonly contentType: string;
  readonly records: readonly RawRecord[];
  /** From when on it is listed; now, unless said otherwise. */
  readonly availableTime?: EpochMs;
  /** The time of availability that it bears, where that is another. */
  readonly createdTime?: EpochMs;
  /** Seven days after that, unless said otherwise. */
  readonly expiresTime?: EpochMs;
}

interface Blob extends Required<AddedContent> {
  readonly id: string;
}

/** Microsoft's code for a fault. */
interface ActivityFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const START_COOL_DOWN_MS = 15 * MINUTE_MS;

export class ActivityFeed {
  readonly #blobs: Blob[] = [];
  readonly #subscribed = new Set<string>();
  readonly #startedTimes = new Map<string, EpochMs>();

  add(content: AddedContent, now: EpochMs): void {
    const {
      availableTime = now,
      createdTime = availableTime,
      expiresTime = createdTime + 7 * DAY_MS,
    } = content;
    const id = `${createdTime}$${this.#blobs.length}$invented`;
    this.#blobs.push({ ...content, availableTime, createdTime, expiresTime, id });
  }

  /** Ends a subscription, as an administrator may. */
  unsubscribe(contentType: string): void {
    this.#subscribed.delete(contentType);
  }

  /**
   * Answers an operation.
   *
   * @param call - method and path below the feed, `GET subscriptions/list`
   * @param root - URL of the feed
   */
  answer(call: string, parameters: URLSearchParams, root: string, now: EpochMs): object | ActivityFault {
    if (call === 'GET subscriptions/list') return this.#list();
    if (call === 'POST subscriptions/start') return this.#start(parameters.get('contentType') ?? '', now);
    if (call === 'GET subscriptions/content') return this.#listContent(parameters, root, now);
    return this.#fetch(decodeURIComponent(call.replace('GET audit/', '')), now);
  }

  #list(): readonly object[] {
    return [...this.#subscribed].map((contentType) => ({ contentType, status: 'enabled', webhook: null }));
  }

  #start(contentType: string, now: EpochMs): object | ActivityFault {
    if (this.#subscribed.has(contentType))
      return fault(400, 'AF20024', 'The subscription is already enabled. No property change.');
    const before = this.#startedTimes.get(contentType);
    if (before !== undefined && now - before < START_COOL_DOWN_MS)
      return fault(429, 'AF429', 'Too many frequent subscription start requests.');
    this.#startedTimes.set(contentType, now);
    this.#subscribed.add(contentType);
    return { contentType, status: 'enabled', webhook: null };
  }

  /** Lists the blobs of a window, in the order they became available. */
  #listContent(parameters: URLSearchParams, root: string, now: EpochMs): readonly object[] | ActivityFault {
    const contentType = parameters.get('contentType') ?? '';
    if (!this.#subscribed.has(contentType))
      return fault(400, 'AF20022', 'No subscription found for the specified content type.');
    const from = Date.parse(`${parameters.get('startTime')}Z`);
    const to = Date.parse(`${parameters.get('endTime')}Z`);
    if (!(to - from <= DAY_MS && from < to && from >= now - 7 * DAY_MS))
      return fault(400, 'AF20055', 'Start time and end time must be less than or equal to 24 hours apart.');
    return this.#blobs
      .filter((blob) => blob.contentType === contentType && blob.availableTime <= now)
      .filter(({ createdTime }) => createdTime >= from && createdTime < to)
      .sort((a, b) => a.createdTime - b.createdTime)
      .map(({ id, createdTime, expiresTime }) => ({
        contentType,
        contentId: id,
        contentUri: `${root}audit/${id}`,
        contentCreated: isoTime(createdTime),
        contentExpiration: isoTime(expiresTime),
      }));
  }

  #fetch(id: string, now: EpochMs): readonly RawRecord[] | ActivityFault {
    const blob = this.#blobs.find((each) => each.id === id);
    if (blob === undefined) return fault(400, 'AF20050', 'The specified content does not exist.');
    if (blob.expiresTime <= now) return fault(400, 'AF20051', 'Content requested has already expired.');
    return blob.records;
  }
}

export function isFault(answer: object): answer is ActivityFault {
  return 'status' in answer && 'code' in answer;
}

function fault(status: number, code: string, message: string): ActivityFault {
  return { status, code, message };
}
