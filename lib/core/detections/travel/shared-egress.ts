/** Addresses that many colleagues share: an exit, where a place says little. */
import type { Sighting } from '../../events/index.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Verdict } from '../contract.ts';
import type { TravelContext } from './parameters.ts';

/** Of an address: who was seen there and when, and who has been told. */
export interface Crowd {
  people?: Record<string, EpochMs>;
  concluded?: string[];
}

/** Names what an address concludes. */
export function sharedEgress(household: string): string {
  return `shared-egress:${household}`;
}

/** Folds who was at an address: enough colleagues make it a shared exit, and each of them is told. */
export function foldCrowd<S extends Crowd>(event: Sighting, state: S, context: TravelContext): Verdict<S> {
  if (event.what.type !== 'sign-in') return { outcome: 'not-applicable' };
  const people = (state.people ??= {});
  const since = event.time - 30 * DAY_MS;
  for (const [id, time] of Object.entries(people)) if (time < since) delete people[id];
  people[event.of.id] = event.time;
  const ids = Object.keys(people);
  const enough = Math.max(
    context.parameters.sharedEgressPeople,
    Math.ceil(context.parameters.sharedEgressShare * context.organization.peopleCount),
  );
  if (ids.length < enough) return { outcome: 'clear', state };
  const told = new Set(state.concluded);
  const untold = ids.filter((id) => !told.has(id));
  state.concluded = [...told, ...untold];
  const conclusions = untold.map((id) => ({
    to: { kind: 'person' as const, id },
    conclusion: sharedEgress(context.subject.id),
    holds: true,
    why: `${ids.length} people sign in from ${context.subject.id}: it looks like a shared exit. If it is yours, list it under policy.egress.`,
  }));
  return { outcome: 'clear', state, conclusions };
}
