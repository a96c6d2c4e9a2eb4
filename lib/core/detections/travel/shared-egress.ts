/** Addresses that many colleagues share: an exit, where a place says little. */
import type { Sighting } from '../../events/index.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Verdict } from '../contract.ts';
import type { TravelContext } from './parameters.ts';

/** Of an address: who was seen there lately and when. */
export interface Crowd {
  people?: Record<string, EpochMs>;
  peopleCount?: number;
  prunedTime?: EpochMs;
  /** It is a shared exit, and those seen so far have been told. */
  shared?: boolean;
}

/** Names what an address concludes. */
export function sharedEgress(household: string): string {
  return `shared-egress:${household}`;
}

/** Folds who was at an address: enough colleagues make it a shared exit, and each of them is told. */
export function foldCrowd<S extends Crowd>(event: Sighting, state: S, context: TravelContext): Verdict<S> {
  if (event.what.type !== 'sign-in') return { outcome: 'not-applicable' };
  const people = (state.people ??= {});
  const { id } = event.of;
  // Sightings of one day have one time: the crowd is gone through once a day, not once for each of its members.
  if (event.time > (state.prunedTime ?? -Infinity)) prune(people, state, event.time);
  const isNew = !Object.hasOwn(people, id);
  people[id] = event.time;
  const count = (state.peopleCount ?? 0) + (isNew ? 1 : 0);
  state.peopleCount = count;
  const enough = Math.max(
    context.parameters.sharedEgressPeople,
    Math.ceil(context.parameters.sharedEgressShare * context.organization.peopleCount),
  );
  if (count < enough || (state.shared === true && !isNew)) return { outcome: 'clear', state };
  const untold = state.shared === true ? [id] : Object.keys(people);
  state.shared = true;
  const conclusions = untold.map((person) => ({
    to: { kind: 'person' as const, id: person },
    conclusion: sharedEgress(context.subject.id),
    holds: true,
    why: `${enough} people or more sign in from ${context.subject.id}: it looks like a shared exit. If it is yours, list it under policy.egress.`,
  }));
  return { outcome: 'clear', state, conclusions };
}

function prune(people: Record<string, EpochMs>, state: Crowd, time: EpochMs): void {
  const since = time - 30 * DAY_MS;
  for (const [id, seen] of Object.entries(people)) if (seen < since) delete people[id];
  state.peopleCount = Object.keys(people).length;
  state.prunedTime = time;
}
