/** How far each kind of content of the Microsoft 365 audit log has been read, and where reading it goes on. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../core/time.ts';
import { asObject, numberAt, valueAt } from '../fields.ts';
import { CONTENT_TYPES, type ContentType } from './audit-subscriptions.ts';
import { FIRST_SPAN_MS, readProgress, type Progress } from './progress.ts';

/** `through` is a time of availability, in whole seconds: the API takes no finer ones. */
export interface ContentProgress extends Progress {
  /** When we subscribed, as long as what Microsoft gathers in arrears may still be coming. */
  readonly subscribedTime?: EpochMs;
}

export type AuditCursor = Partial<Record<ContentType, ContentProgress>>;

/** A window that begins when the seven days are just over is refused. */
const KEPT_MS = 7 * DAY_MS - 5 * MINUTE_MS;
/** The API takes no more than a day, and has refused exactly one. */
const LONGEST_WINDOW_MS = DAY_MS - HOUR_MS;
/** The listing shows a blob a moment after the time that it bears. */
const SETTLING_MS = 2 * MINUTE_MS;
/**
 * After we subscribe, the first blobs come within twelve hours, some of them under times of the day before. They would
 * stand behind what was read meanwhile, so that once the twelve hours are over all of it is read once more.
 */
const ARREARS_ARRIVE_MS = 12 * HOUR_MS;
const ARREARS_REACH_MS = DAY_MS;

/** Reads what an earlier run saved; a kind that no run wrote begins anew. */
export function readAuditCursor(written: unknown, now: EpochMs): AuditCursor {
  const cursor: AuditCursor = {};
  for (const type of CONTENT_TYPES) {
    const value = asObject(valueAt(asObject(written), type));
    const progress = readProgress(value, now);
    if (progress === undefined) continue;
    const subscribedTime = numberAt(value, 'subscribedTime');
    cursor[type] = { ...progress, ...(subscribedTime !== undefined && { subscribedTime }) };
  }
  return cursor;
}

/** Gives where reading a kind of content goes on. Nothing is kept longer than a week. */
export function startOf(
  begun: ContentProgress | undefined,
  isJustSubscribed: boolean,
  now: EpochMs,
  since?: EpochMs,
): ContentProgress {
  const oldest = wholeSecond(now - KEPT_MS);
  const { through = Math.max(oldest, since ?? oldest), spanMs = FIRST_SPAN_MS } = begun ?? {};
  const subscribedTime = isJustSubscribed ? now : begun?.subscribedTime;
  if (subscribedTime === undefined) return { through: wholeSecond(Math.max(oldest, through)), spanMs };
  if (listedUntil(now) < subscribedTime + ARREARS_ARRIVE_MS)
    return { through: wholeSecond(Math.max(oldest, through)), spanMs, subscribedTime };
  const arrears = Math.min(through, subscribedTime - ARREARS_REACH_MS);
  return { through: wholeSecond(Math.max(oldest, arrears)), spanMs };
}

/** Gives the end of the next window. */
export function windowEnd({ through, spanMs }: ContentProgress, until: EpochMs): EpochMs {
  return wholeSecond(Math.min(through + Math.min(spanMs, LONGEST_WINDOW_MS), until));
}

/** Gives how far availability can be trusted to be complete. */
export function listedUntil(now: EpochMs): EpochMs {
  return wholeSecond(now - SETTLING_MS);
}

function wholeSecond(time: EpochMs): EpochMs {
  return Math.floor(time / SECOND_MS) * SECOND_MS;
}
