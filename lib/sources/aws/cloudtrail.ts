/** The CloudTrail feed: a record as trails write it, or wrapped as text in an element of a LookupEvents page. */
import { expected } from '../damage.ts';
import { asObject, has, idAt, objectAt, textAt, valueAt } from '../fields.ts';
import { derivedId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { parseTime } from '../times.ts';
import { actorOf } from './actor.ts';
import { apiEvent } from './api-event.ts';
import { openCall } from './call.ts';
import { isByService, isFromAws } from './identity.ts';
import { isRead, readerOf } from './rules.ts';

export const cloudtrail: Feed = {
  source: 'aws',
  id: 'cloudtrail',
  recognizes: (record) => isRecord(record) || isLookupElement(record),
  normalize: (record) =>
    isRecord(record) ? normalizeRecord(record, () => derivedId(record)) : normalizeElement(record),
};

/** DynamoDB streams and S3 notifications borrow CloudTrail's names, with `aws:s3` for an event source. */
function isRecord(record: RawRecord): boolean {
  const source = valueAt(record, 'eventSource');
  if (typeof source === 'string' && source !== '') {
    return source.includes('.amazonaws.com') && (has(record, 'eventName') || has(record, 'eventTime'));
  }
  // Insights have no event source; a damaged record may have lost it.
  return (
    has(record, 'awsRegion') &&
    has(record, 'eventTime') &&
    (has(record, 'eventName') || has(record, 'insightDetails'))
  );
}

function isLookupElement(record: RawRecord): boolean {
  return (
    has(record, 'CloudTrailEvent') &&
    (has(record, 'EventId') || has(record, 'EventName') || has(record, 'EventTime'))
  );
}

function normalizeElement(element: RawRecord): Normalized {
  const inner = element['CloudTrailEvent'];
  const name = element['EventName'];
  // Only root's calls matter whatever their name, and the text says so if it is root's.
  if (
    typeof name === 'string' &&
    name !== '' &&
    !isRead(name) &&
    !(typeof inner === 'string' && inner.includes('"Root"'))
  ) {
    return IRRELEVANT;
  }
  const record = parsed(inner);
  if (record === undefined) return expected('CloudTrailEvent', 'a CloudTrail record as JSON text', inner);
  // Nothing bounds how deep the record inside nests; the element itself is flat.
  return normalizeRecord(record, () => idAt(element, 'EventId') ?? derivedId(element));
}

function normalizeRecord(record: RawRecord, otherUid: () => string): Normalized {
  const name = valueAt(record, 'eventName');
  if (typeof name !== 'string' || name === '') {
    return has(record, 'insightDetails') ? IRRELEVANT : expected('eventName', 'a text', name);
  }
  const read = readerOf(name, valueAt(record, 'eventSource'));
  const byRoot = isRootUse(record);
  if (read === undefined && !byRoot) return IRRELEVANT;

  const actor = actorOf(record);
  if (actor === undefined) return IRRELEVANT;
  const eventTime = valueAt(record, 'eventTime');
  const time = parseTime(eventTime);
  const call = openCall(name, record, time ?? 0, actor, otherUid);
  const meant = read?.(call);
  if (meant === undefined && !byRoot) return IRRELEVANT;
  if (time === undefined) return expected('eventTime', 'a time', eventTime);
  const made = meant === undefined ? [] : [meant];
  if (byRoot) made.push({ ...apiEvent(call, 'root-use'), ...(meant === undefined ? {} : { part: 1 }) });
  return events(made);
}

/** Tells whether the root user did this, rather than a service for the account; sign-ins are told by themselves. */
function isRootUse(record: RawRecord): boolean {
  const identity = objectAt(record, 'userIdentity');
  if (identity === undefined || identity['type'] !== 'Root') return false;
  const eventType = textAt(record, 'eventType');
  if (
    eventType === 'AwsServiceEvent' ||
    eventType === 'AwsConsoleSignIn' ||
    textAt(record, 'eventName') === 'ConsoleLogin'
  )
    return false;
  return !isByService(identity) && !isFromAws(record);
}

function parsed(text: unknown): RawRecord | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
