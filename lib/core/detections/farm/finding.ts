/** What an alert on a shared address says, and what those who share it are told. */
import type { AlertObject, Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import { SEVERITIES, type Severity } from '../../alerts/severity.ts';
import { networkText } from '../../places/network.ts';
import { placeText, type Place } from '../../places/place.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Concluded, Finding } from '../contract.ts';
import type { Claimed, House, Resident } from './house.ts';
import type { Judgement } from './judge.ts';

type Shared = Extract<Judgement, { is: 'shared' }>;

const PEOPLE_SHOWN = 8;
const PEOPLE_TOLD = 50;
/** By then whichever sign-in was the first of its day has come. */
const SETTLED_MS = 2 * DAY_MS;

const CLAIMED_TEXT: Readonly<Record<Claimed, string>> = {
  here: 'said to work there',
  country: 'said to work in that country, and nobody says where',
  elsewhere: 'said to work elsewhere',
  unknown: 'nobody says where they should be',
};

export function addressObject(address: string): AlertObject {
  return { kind: 'address', id: address };
}

export function findingOf(
  address: string,
  house: House,
  { people, severity, newHires, isJourney }: Shared,
): Finding {
  const managed = people.filter(({ managedDevice }) => managedDevice === true).length;
  const { network } = house;
  return {
    severity,
    confidence: managed >= 2 || severity === 'critical' ? 'high' : 'medium',
    object: addressObject(address),
    summary: summaryOf(address, house, people),
    why: [
      ...people.slice(0, PEOPLE_SHOWN).map(residentText),
      ...(people.length > PEOPLE_SHOWN ? [`And ${people.length - PEOPLE_SHOWN} more people.`] : []),
      severityText(people),
      network === undefined || network.kind === 'unknown'
        ? 'Nobody says what kind of network it is: it counts as a home.'
        : `The network is ${networkText(network)}.`,
      ...(managed > 0 ? [`${managed} of them used devices that the company manages.`] : []),
      ...(isJourney
        ? [
            'They are said to live in one other place and have not been here for long: they may be on a journey together.',
          ]
        : []),
      ...newHires.slice(0, 1).map(({ id }) => `${id} was hired lately: it counts a step higher.`),
    ],
    benign: [
      severity === 'low' && !isJourney
        ? 'They live together: a couple, relatives or flatmates who work for the same company.'
        : 'They met there for some days: a team in a rented house, a hotel, a fair.',
    ],
    next: [
      `If they share a home, record it: \`ringer approve egress --name ${address} --for …\` for all of them.`,
      'If it is an office, a coworking space or a gateway, list it under policy.egress.',
    ],
    evidence: evidenceFor(address, house, people),
    restates: true,
    related: people.map(({ id }) => ({ kind: 'person', id })),
    approvable: { kind: 'egress', names: [address], people: people.map(({ id }) => id) },
  };
}

/**
 * Says of each severity whether it holds: what an earlier look at the same days concluded may be another. What else is said
 * with it is what a sign-in that comes late no longer changes, for of two words of one instant only the first is told.
 */
export function conclusionsFor(
  address: string,
  house: House,
  { people, severity }: Shared,
  time: EpochMs,
): readonly Concluded[] {
  const { sharedSince, place } = house;
  const summary = `Signs in from the same home as colleagues, ${addressText(address, place)}, day after day.`;
  return people.slice(0, PEOPLE_TOLD).flatMap((resident) => {
    const settled = resident.signIns.findLast((each) => each.time <= time - SETTLED_MS);
    const cited = settled ?? resident.signIns[0];
    if (cited === undefined) return [];
    const [evidence] = evidenceFor(address, house, [{ ...resident, signIns: [cited] }]);
    const implicates =
      evidence === undefined
        ? {}
        : {
            implicates: {
              ...{ severity, object: addressObject(address), summary, evidence },
              ...(sharedSince === undefined ? {} : { since: sharedSince }),
            },
          };
    return farmConclusions(address, resident.id, severity, summary).map((concluded) =>
      concluded.holds ? { ...concluded, ...implicates } : concluded,
    );
  });
}

/** Takes back whatever was concluded of an address. */
export function retractions(address: string, people: readonly Resident[]): readonly Concluded[] {
  const why = `${address} is an office or a gateway, not a home.`;
  return people.slice(0, PEOPLE_TOLD).flatMap(({ id }) => farmConclusions(address, id, undefined, why));
}

function farmConclusions(
  address: string,
  person: string,
  severity: Severity | undefined,
  why: string,
): readonly Concluded[] {
  return SEVERITIES.filter((each) => each !== 'informational').map((each) => ({
    to: { kind: 'person', id: person },
    conclusion: `laptop-farm:${each}:${address}`,
    holds: each === severity,
    why,
  }));
}

function summaryOf(address: string, { place }: House, people: readonly Resident[]): string {
  return `${people.length} people sign in from one home, ${addressText(address, place)}, day after day.`;
}

function addressText(address: string, place: Place | undefined): string {
  return place === undefined ? address : `${address} (${placeText(place)})`;
}

function residentText({ id, days, claimed, claim }: Resident): string {
  const claims =
    claim === undefined || claimed === 'unknown'
      ? CLAIMED_TEXT[claimed]
      : `${CLAIMED_TEXT[claimed]}: ${claim}`;
  return `${id} on ${days.length} days lately; ${claims}.`;
}

function severityText(people: readonly Resident[]): string {
  const elsewhere = people.filter(({ claimed }) => claimed === 'elsewhere').length;
  if (elsewhere > 0) return `The claims of ${elsewhere} of ${people.length} contradict the address.`;
  return people.every(({ claimed }) => claimed === 'here')
    ? 'All of them are said to work in this area: most likely they live together.'
    : 'Nobody says where all of them should be: whether they live together cannot be told.';
}

function evidenceFor(address: string, { place }: House, people: readonly Resident[]): readonly Evidence[] {
  // Each vendor calls the network otherwise: of an address there is one word, among the reasons.
  const srcEndpoint = { ip: address, ...(place === undefined ? {} : { place }) };
  return people
    .flatMap(({ id, signIns }) => signIns.map((event) => ({ id, event })))
    .sort((a, b) => a.event.time - b.event.time)
    .map(({ id, event }) => evidenceOf({ ...event, srcEndpoint }, `sign-in of ${id}`));
}
