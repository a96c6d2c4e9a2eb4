import type { EventBase } from '../events/index.ts';
import { networkText } from '../places/network.ts';
import { placeText } from '../places/place.ts';
import { isoTime } from '../time.ts';
import type { Evidence } from './alert.ts';

/** What evidence needs of an event. */
export type Cited = Pick<EventBase, 'time' | 'source' | 'feed' | 'uid' | 'srcEndpoint'>;

/**
 * Writes an event down as evidence: enough to find it again at the vendor, and what it shows.
 *
 * @param what - a few words, `Okta sign-in`, `AnyDesk 8.0.10 on LT-0412`
 */
export function evidenceOf(event: Cited, what?: string): Evidence {
  const endpoint = event.srcEndpoint;
  return {
    source: event.source,
    feed: event.feed,
    eventId: event.uid,
    time: isoTime(event.time),
    ...(what === undefined ? {} : { what }),
    ...(endpoint === undefined ? {} : { ip: endpoint.ip }),
    ...(endpoint?.place === undefined ? {} : { place: placeText(endpoint.place) }),
    ...(endpoint?.network === undefined || endpoint.network.kind === 'unknown'
      ? {}
      : { network: networkText(endpoint.network) }),
  };
}
