/** Okta's System Log: one feed, and for each type of event that a detection can use, who reads it. */
import type { SourceEvent } from '../../core/events/index.ts';
import { expected } from '../damage.ts';
import { has, textAt } from '../fields.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { parseTime } from '../times.ts';
import { ACCOUNT_CHANGES, readAccountChange } from './account-change.ts';
import { ADMIN_CHANGES, CONSENTS, readAdminChange, readConsent } from './admin-change.ts';
import { readLogEvent, SYSTEM_LOG, type LogEvent } from './log-event.ts';
import { FINDINGS, readFinding } from './risk.ts';
import { readSignIn, SIGN_INS } from './sign-in.ts';

type Reader = (log: LogEvent) => readonly SourceEvent[];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...[...SIGN_INS.keys()].map((type): [string, Reader] => [type, readSignIn]),
  ...[...ACCOUNT_CHANGES.keys()].map((type): [string, Reader] => [type, readAccountChange]),
  ...[...ADMIN_CHANGES.keys()].map((type): [string, Reader] => [type, readAdminChange]),
  ...[...CONSENTS.keys()].map((type): [string, Reader] => [type, readConsent]),
  ...[...FINDINGS.keys()].map((type): [string, Reader] => [type, readFinding]),
]);

/** The System Log: `GET /api/v1/logs`, and every export that keeps its shape. */
export const systemLog: Feed = { source: 'okta', id: SYSTEM_LOG, recognizes, normalize };

/** CloudTrail has an `eventType` too, but none of the rest. */
function recognizes(record: RawRecord): boolean {
  if (has(record, 'eventVersion') || has(record, 'eventSource')) return false;
  if (has(record, 'legacyEventType') || has(record, 'debugContext')) return true;
  if (has(record, 'eventType')) {
    return (
      has(record, 'published') ||
      has(record, 'securityContext') ||
      (has(record, 'actor') && has(record, 'outcome'))
    );
  }
  return has(record, 'published') && has(record, 'actor') && has(record, 'outcome');
}

function normalize(record: RawRecord): Normalized {
  const type = textAt(record, 'eventType');
  if (type === undefined) return expected('eventType', 'a text', record['eventType']);
  const read = READERS.get(type);
  if (read === undefined) return IRRELEVANT;
  const time = parseTime(record['published']);
  const list = read(readLogEvent(record, type, time ?? 0));
  if (list.length > 0 && time === undefined) return expected('published', 'a time', record['published']);
  return events(list);
}
