/** Turns arrivals into placed events, and says who is who: what `scan` does with files, for what is evaluated over time. */
import type { SourceEvent, UserInventoryInfo } from '../../lib/core/events/index.ts';
import { buildDirectory, type Directory } from '../../lib/core/people/directory.ts';
import type { RosterRow } from '../../lib/core/people/roster.ts';
import type { EpochMs } from '../../lib/core/time.ts';
import type { Atlas } from '../../lib/geo/atlas.ts';
import { feedOf } from '../../lib/sources/index.ts';
import { outcomeOf } from '../../lib/sources/outcome.ts';
import type { Arrival } from './delivery.ts';
import type { Coming } from './over-time.ts';

/** Gives the events of each record in the order of arrival. */
export function eventsOf(arrivals: readonly Arrival[], atlas: Atlas, clock: EpochMs): readonly Coming[] {
  return arrivals.flatMap(({ delivered, arrivedAt }) => {
    const feed = feedOf(delivered.record);
    if (feed === undefined) return [];
    const outcome = outcomeOf(delivered.record, feed, delivered.deliveredAt, clock);
    if (outcome.outcome !== 'events') return [];
    return outcome.events.map((event) => ({ event: placed(event, atlas), arrivedAt }));
  });
}

function placed(event: SourceEvent, atlas: Atlas): SourceEvent {
  if (event.srcEndpoint === undefined) return event;
  const { vendorPlace: _, ...srcEndpoint } = atlas.place(event.srcEndpoint);
  return { ...event, srcEndpoint };
}

/** Everything known of people, as it is when all has come. */
export function directoryOf(
  coming: readonly Coming[],
  roster: readonly RosterRow[],
  domains: readonly string[],
  atlas: Atlas,
): { readonly directory: Directory; readonly peopleCount: number } {
  const users: UserInventoryInfo[] = [];
  const links: (readonly string[])[] = [];
  const signedIn = new Set<string>();
  for (const { event } of coming) {
    if (event.kind === 'user-inventory-info') users.push(event);
    const { address, otherAddresses } = event.actor ?? {};
    if (address === undefined) continue;
    if (event.kind === 'authentication' && event.status === 'success') signedIn.add(address);
    if (otherAddresses !== undefined) links.push([address, ...otherAddresses]);
  }
  const directory = buildDirectory({ roster, users, links, domains, locate: atlas.locate });
  return { directory, peopleCount: Math.max(directory.people.length, signedIn.size) };
}
