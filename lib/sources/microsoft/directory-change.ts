/** A change in the directory, in one shape for both audit logs that tell of it. */
import type { Actor, Endpoint, SourceId } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';

/** What both logs say, in one shape. Values of properties are as written, with JSON's quotes taken off. */
export interface DirectoryChange {
  readonly time: EpochMs;
  readonly source: SourceId;
  readonly feed: string;
  readonly uid: string;
  readonly operation: string;
  readonly success: boolean;
  readonly actor?: Actor;
  readonly srcEndpoint?: Endpoint;
  readonly userAgent?: string;
  readonly targets: readonly DirectoryTarget[];
  readonly properties: ReadonlyMap<string, Property>;
  readonly details: ReadonlyMap<string, string>;
  /** Which factor was registered or deleted, when the record says. */
  readonly factor?: string;
}

export interface DirectoryTarget {
  readonly is: 'user' | 'service' | 'device' | 'role' | 'other';
  readonly uid?: string;
  readonly name?: string;
  /** Of a user: the record of the person changed. */
  readonly user?: Actor;
}

export interface Property {
  readonly before: string;
  readonly after: string;
}

/** Gives what every event of a change starts with. */
export function baseOf(
  change: DirectoryChange,
): Pick<DirectoryChange, 'time' | 'source' | 'feed' | 'uid' | 'actor' | 'srcEndpoint'> {
  return {
    time: change.time,
    source: change.source,
    feed: change.feed,
    uid: change.uid,
    ...(change.actor !== undefined && { actor: change.actor }),
    ...(change.srcEndpoint !== undefined && { srcEndpoint: change.srcEndpoint }),
  };
}
