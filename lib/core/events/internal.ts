import type { SubjectRef } from '../people/subject.ts';
import type { EventBase } from './event.ts';
import type { Implicated } from '../implicated.ts';
import type { EpochMs } from '../time.ts';
import type { Network } from '../places/network.ts';
import type { Place } from '../places/place.ts';
import type { ClaimedPlace } from '../people/person.ts';

/**
 * What one subject's engine tells another, at most once a UTC day a pair: this person was at this address or device,
 * or this device has this tool. `time` is the start of that day, so that it does not depend on which event came first.
 */
export interface Sighting extends EventBase {
  readonly kind: 'sighting';
  readonly to: SubjectRef;
  readonly of: SubjectRef;
  readonly what: SightingOf;
}

export type SightingOf =
  | {
      readonly type: 'sign-in';
      /** The first sign-in of the day, which stands for the others; what follows is as it was then. */
      readonly evidence?: NotedEvent;
      readonly network?: Network;
      readonly place?: Place;
      /** What is claimed of the person, for what the address makes of them. */
      readonly claim?: SightedClaim;
      /** The vendor knows the device as managed. */
      readonly managedDevice?: boolean;
    }
  | { readonly type: 'device' }
  /** Something a detection counts across subjects. */
  | {
      readonly type: 'noted';
      readonly detection: string;
      /** What is counted. */
      readonly object: string;
      /** For people. */
      readonly name: string;
      /** The vendor's record it tells of: a sighting itself has no record to look up. */
      readonly evidence?: NotedEvent;
    }
  | {
      readonly type: 'software';
      readonly detection: string;
      readonly object: string;
      readonly name: string;
      readonly device: string;
    };

/** As much of an event as finds its record at the vendor, and says when in the day it was. */
export type NotedEvent = Pick<EventBase, 'source' | 'feed' | 'uid' | 'time'>;

/** What the organization says of a person. */
export interface SightedClaim {
  readonly place?: ClaimedPlace;
  readonly hiredTime?: EpochMs;
  readonly onRoster: boolean;
}

/** What an address, a device or the organization tells each person it concerns: this is shared, this is common here. */
export interface Conclusion extends EventBase {
  readonly kind: 'conclusion';
  readonly to: SubjectRef;
  readonly about: SubjectRef;
  /** What is concluded: `shared-egress`, `common-software:<detection>:<object>`. */
  readonly conclusion: string;
  readonly holds: boolean;
  /** How many events it was concluded from: of two words of the same instant, that of more counts. */
  readonly revision: number;
  readonly why: string;
  /** An alert about the subject that concluded, and a part of what it says, for those it is about. */
  readonly implicates?: Implicated;
}

/** Time has passed: delivered when a detection asked to be woken. */
export interface Tick extends EventBase {
  readonly kind: 'tick';
  /** In the queue: whom to look at again. The engine's own ticks are about the subject in hand. */
  readonly to?: SubjectRef;
}
