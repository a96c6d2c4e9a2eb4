/** An address so many people use that it must be the organization's own: it is asked to list it. */
import type { NotedEvent, Sighting, SightingOf } from '../../events/index.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import { placeText } from '../../places/place.ts';
import type { Verdict } from '../contract.ts';
import { addressObject } from './finding.ts';
import type { House, Resident } from './house.ts';

/** What an address tells the organization. */
export function askToList(
  detection: string,
  address: string,
  { place }: House,
  people: readonly Resident[],
): SightingOf {
  const evidence = newestOf(people);
  const at = place === undefined ? '' : ` in ${placeText(place)}`;
  return {
    type: 'noted',
    detection,
    object: address,
    name: `${address}${at}`,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

/** Raises one informational alert for each such address. */
export function listingAsked<S>({ what, ...event }: Sighting, state: S, detection: string): Verdict<S> {
  if (what.type !== 'noted' || what.detection !== detection) return { outcome: 'not-applicable' };
  const address = what.object;
  return {
    outcome: 'finding',
    state,
    findings: [
      {
        severity: 'informational',
        confidence: 'medium',
        object: { ...addressObject(address), name: what.name },
        summary: `Many people sign in from ${what.name}. If it is yours, list it under policy.egress.`,
        why: [
          'So many people at one address are an office or a gateway, not a home; nobody is said to belong elsewhere.',
          'Until it is listed, it is not known that somebody at it is at work, and it is looked at again every day.',
        ],
        benign: ['A branch office, a VPN or a web gateway that was set up after the policy was written.'],
        next: ['Ask the network team whose address it is; list it under policy.egress in ringer.yaml.'],
        evidence: [evidenceOf({ ...event, ...what.evidence }, `a sign-in from ${address}`)],
        restates: true,
        approvable: { kind: 'egress', names: [address] },
      },
    ],
  };
}

function newestOf(people: readonly Resident[]): NotedEvent | undefined {
  return people
    .flatMap(({ signIns }) => signIns)
    .reduce<NotedEvent | undefined>(
      (newest, each) => (newest === undefined || each.time > newest.time ? each : newest),
      undefined,
    );
}
