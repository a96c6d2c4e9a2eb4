/** What an alert on an unexpected location says. */
import { compareText } from '../../events/index.ts';
import { claimLevel, claimText } from '../../people/claimed-place.ts';
import type { ClaimedPlace } from '../../people/person.ts';
import { dayOf, type EpochMs } from '../../time.ts';
import type { Approvable, Finding } from '../contract.ts';
import { tenureDays } from '../../people/tenure.ts';
import { countryText } from '../sign-ins/country.ts';
import type { Witness } from './diary.ts';
import type { Judgement } from './judge.ts';
import type { LocationContext } from './parameters.ts';

const PLACES_SHOWN = 3;

export function findingOf(
  judgement: Judgement,
  claim: ClaimedPlace,
  time: EpochMs,
  context: LocationContext,
): Omit<Finding, 'object'> {
  const { mismatch, severity, tally, because } = judgement;
  const isWithheld = mismatch === 'withheld';
  const witnesses = tally.witnesses.filter(({ hidden }) => (hidden === true) === isWithheld);
  const words = isWithheld
    ? withheldWords(judgement, claim, witnesses)
    : elsewhereWords(judgement, claim, witnesses, context);
  return {
    severity,
    confidence: isWithheld || because !== undefined ? 'medium' : 'high',
    ...words,
    why: [...words.why, ...(because === undefined ? [] : [because]), ...hiredText(time, context)],
    evidence: witnesses.map(({ evidence }) => evidence),
    restates: true,
  };
}

type Words = Pick<Finding, 'summary' | 'why' | 'benign' | 'next' | 'approvable'> & { why: readonly string[] };

function elsewhereWords(
  { mismatch, tally, windowDays }: Judgement,
  claim: ClaimedPlace,
  witnesses: readonly Witness[],
  { parameters }: LocationContext,
): Words {
  const { located, near, abroad, inCountry } = tally;
  const days = mismatch === 'abroad' ? abroad : located;
  const at = mismatch === 'abroad' ? inCountryText(claim) : claimedText(claim, parameters.nearKm);
  const there = mismatch === 'abroad' ? inCountry : near;
  return {
    summary: `Signed in on ${days} of the last ${windowDays} days, on ${there === 0 ? 'none' : `only ${there}`} of them ${at}.`,
    why: [
      `They are said to work in ${claimText(claim)}; ${placesText(witnesses)}.`,
      'Phone networks count by their country alone; VPNs, relays, data centres and the organization’s own exits do not count.',
    ],
    approvable: whereOf(witnesses),
  };
}

function withheldWords(
  { tally, windowDays }: Judgement,
  claim: ClaimedPlace,
  witnesses: readonly Witness[],
): Words {
  const { days, hidden, anonymized, near } = tally;
  const behind =
    anonymized === hidden
      ? 'VPNs, proxies or Tor'
      : anonymized === 0
        ? 'data centres'
        : 'VPNs, proxies, Tor or data centres';
  return {
    summary: `Signed in on ${days} of the last ${windowDays} days, on ${hidden} of them only through ${behind}: nobody can tell where they are.`,
    why: [
      `They are said to work in ${claimText(claim)}, and were seen there on ${near === 0 ? 'none' : near} of these days.`,
      `Through ${networksText(witnesses)}.`,
    ],
    benign: ['They value their privacy, and the VPN on their computer connects by itself.'],
    next: [
      'Ask what the VPN is for and have them sign in once without it; if it may be used, list it under policy.vpnOperators.',
    ],
    approvable: { kind: ['location', 'egress'] },
  };
}

/** Names the places, the most frequent first, and on how many days each was it. */
function placesText(witnesses: readonly Witness[]): string {
  return `seen instead in ${ranked(witnesses, ({ evidence }) => evidence.place ?? 'a place without a name')}`;
}

function networksText(witnesses: readonly Witness[]): string {
  return ranked(witnesses, ({ evidence }) => evidence.network ?? 'a network without a name');
}

function ranked(witnesses: readonly Witness[], nameOf: (witness: Witness) => string): string {
  const shown = byDays(witnesses, nameOf).slice(0, PLACES_SHOWN);
  return shown.map(([name, days]) => `${name} on ${days} day${days === 1 ? '' : 's'}`).join(', ');
}

function byDays<T extends string | undefined>(
  witnesses: readonly Witness[],
  nameOf: (witness: Witness) => T,
): readonly (readonly [T, number])[] {
  const days = new Map<T, number>();
  for (const witness of witnesses) days.set(nameOf(witness), (days.get(nameOf(witness)) ?? 0) + 1);
  return [...days].sort(([a, x], [b, y]) => y - x || compareText(a ?? '', b ?? ''));
}

/** What an approval has to name: where they were most, not every place they passed through. */
function whereOf(witnesses: readonly Witness[]): Approvable {
  const [country] = byDays(witnesses, (witness) => witness.country)[0] ?? [];
  const cities = witnesses.flatMap((each) =>
    each.country === country && each.city !== undefined ? [each.city] : [],
  );
  return {
    kind: ['location', 'travel'],
    countries: country === undefined ? [] : [country],
    cities: [...new Set(cities)],
  };
}

function claimedText(claim: ClaimedPlace, nearKm: number): string {
  switch (claimLevel(claim)) {
    case 'city':
      return `within ${nearKm} km of ${claimText(claim)}`;
    case 'region':
      return `in or near ${claim.region ?? ''}`;
    default:
      return inCountryText(claim);
  }
}

function inCountryText({ country }: ClaimedPlace): string {
  return `in ${country === undefined ? 'the claimed country' : countryText(country)}`;
}

function hiredText(time: EpochMs, { person, parameters }: LocationContext): readonly string[] {
  const days = tenureDays(person, time);
  if (person?.hiredTime === undefined || days === undefined || days > parameters.newHireDays) return [];
  return [`Hired on ${dayOf(person.hiredTime)}: impostors are found in their first months.`];
}
