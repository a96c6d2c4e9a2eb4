/** A CloudTrail record that matters, opened: what every reader of it needs, found once. */
import type { Actor, Endpoint, SourceEvent } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';
import { endpointOf } from '../endpoints.ts';
import { idAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { accountOf } from './identity.ts';

export interface Call {
  /** `eventName`. */
  readonly name: string;
  readonly record: RawRecord;
  readonly base: Base;
  readonly actor: Actor;
  /** `requestParameters`. */
  readonly parameters: RawRecord | undefined;
  /** The account the record was written for, 12 digits. */
  readonly account: string | undefined;
  readonly status: 'success' | 'failure';
  readonly userAgent: string | undefined;
}

/** What every event of the record carries. */
interface Base {
  readonly time: EpochMs;
  readonly source: 'aws';
  readonly feed: 'cloudtrail';
  readonly uid: string;
  readonly actor: Actor;
  readonly srcEndpoint?: Endpoint;
}

/** Turns an opened record into what it means, or `undefined` when it turns out to mean nothing. */
export type Read = (call: Call) => SourceEvent | undefined;

/** Opens a record; `otherUid` names it when it has no id of its own. */
export function openCall(
  name: string,
  record: RawRecord,
  time: EpochMs,
  actor: Actor,
  otherUid: () => string,
): Call {
  const srcEndpoint = endpointOf(textAt(record, 'sourceIPAddress'));
  const base = {
    time,
    source: 'aws' as const,
    feed: 'cloudtrail' as const,
    uid: idAt(record, 'eventID') ?? otherUid(),
    actor,
  };
  return {
    name,
    record,
    base: srcEndpoint === undefined ? base : { ...base, srcEndpoint },
    actor,
    parameters: objectAt(record, 'requestParameters'),
    account: accountOf(record),
    status: textAt(record, 'errorCode') === undefined ? 'success' : 'failure',
    userAgent: textAt(record, 'userAgent'),
  };
}
