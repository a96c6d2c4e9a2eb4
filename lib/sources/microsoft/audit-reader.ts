/**
 * Reads the Microsoft 365 audit log: four kinds of content, each with its own progress, by the time they became
 * available. What arrives late arrives in a later window, so that windows do not overlap.
 */
import { RingerError } from '../../core/errors.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Page, Reader } from '../reader.ts';
import type { Clock } from '../transport.ts';
import {
  listedUntil,
  readAuditCursor,
  startOf,
  windowEnd,
  type AuditCursor,
  type ContentProgress,
} from './audit-progress.ts';
import { subscribe, type ContentType } from './audit-subscriptions.ts';
import { readWindow } from './audit-window.ts';
import type { Management } from './management.ts';
import { halved, isShortest, spanAfter } from './progress.ts';

export function auditReader(open: (deadline: EpochMs) => Promise<Management>, clock: Clock): Reader {
  return async function* (cursor, { deadline, since }) {
    yield* pages(readAuditCursor(cursor, clock.now()), await open(deadline), clock, since);
  };
}

async function* pages(
  cursor: AuditCursor,
  management: Management,
  clock: Clock,
  since: EpochMs | undefined,
): AsyncGenerator<Page> {
  const subscriptions = await subscribe(management);
  if (subscriptions === undefined) return;
  let failure: RingerError | undefined;
  let isComplete = true;
  for (const [type, subscribed] of subscriptions) {
    if (subscribed === 'not-yet') {
      isComplete = false;
      continue;
    }
    const now = clock.now();
    cursor[type] = startOf(cursor[type], subscribed === 'just-now', now, since);
    try {
      isComplete = (yield* readType(type, cursor, cursor[type], management, now)) && isComplete;
    } catch (thrown) {
      if (!(thrown instanceof RingerError)) throw thrown;
      // One kind that cannot be read does not keep the others from being read.
      failure ??= thrown;
    }
  }
  if (failure !== undefined) throw failure;
  if (isComplete) yield { records: [], cursor: { ...cursor }, last: true };
}

/**
 * Reads one kind of content on from its progress, which it writes into the cursor.
 *
 * @returns whether it was read to its end
 */
async function* readType(
  type: ContentType,
  cursor: AuditCursor,
  begun: ContentProgress,
  management: Management,
  now: EpochMs,
): AsyncGenerator<Page, boolean> {
  const until = listedUntil(now);
  let progress = begun;
  while (progress.through < until) {
    const { spanMs } = progress;
    const window = { from: progress.through, to: windowEnd(progress, until) };
    let reached: ContentProgress = { ...progress, spanMs: halved(spanMs) };
    let chunks = 0;
    for await (const { records, end } of readWindow(type, window, management, now)) {
      chunks++;
      if (end === 'drained')
        cursor[type] = reached = { ...progress, through: window.to, spanMs: spanAfter(spanMs, chunks) };
      if (end === 'drained' || records.length > 0)
        yield { records, cursor: { ...cursor, [type]: reached }, last: false };
      if (end === 'out-of-time') return false;
      if (end instanceof RingerError) throw end;
      // A listing that breaks off is asked for again, for less time.
      if (end === 'refused' || (end === 'expired' && isShortest(spanMs))) throw notListed(type);
    }
    progress = reached;
  }
  return true;
}

function notListed(type: ContentType): RingerError {
  return new RingerError('SOURCE_SHAPE_CHANGED', `the Management Activity API does not list ${type}`);
}
