/**
 * Several people who work, day after day, from one home: their laptops stand in a farm, or they live together. An address
 * hears who signs in from it; what nobody at it can write is where each of them is said to be.
 */
import { ORGANIZATION } from '../people/subject.ts';
import { severityRank } from '../alerts/severity.ts';
import type { Sighting, Tick } from '../events/index.ts';
import type { EpochMs } from '../time.ts';
import type { Detection, Verdict } from './contract.ts';
import { addressObject, conclusionsFor, findingOf, retractions } from './farm/finding.ts';
import { takeIn, type House } from './farm/house.ts';
import { judge, type Judgement } from './farm/judge.ts';
import { FARM_PARAMETERS, type FarmContext } from './farm/parameters.ts';
import { listingAsked, askToList } from './farm/unlisted.ts';

const ID = 'laptop-farm';

type Kinds = 'sighting' | 'tick';

export const laptopFarm: Detection<Kinds, House, typeof FARM_PARAMETERS> = {
  id: ID,
  title: 'Several people at one home address',
  family: 'geolocation',
  severity: 'high',
  attack: ['T1078', 'T1199'],
  watches: ['sighting', 'tick'],
  subjects: ['address', 'organization'],
  alertPer: 'standing',
  contributes: {
    weight: 35,
    explainedBy: 'sharing',
    independent: true,
    clearedBy:
      'An egress approval that names the address, for everybody at it, once HR confirms that they share a home.',
  },
  parameters: FARM_PARAMETERS,
  state: { version: 1, empty: () => ({ residents: [] }), keepDays: 60 },
  needs: ['places'],
  blindSpots: [
    'A farm whose laptops leave through different lines, phones or VPNs shows as as many addresses.',
    'A farm in which only one of this company’s laptops stands has nobody to be compared with.',
    'Somebody who signs in on fewer than three days of a fortnight is a guest.',
    'Without a people file or a directory that says who works where, a couple and a farm look alike.',
  ],
  falsePositives: [
    'Couples, relatives and flatmates who work for the same company.',
    'A team that spends a week in a rented house, or colleagues who share a hotel at a fair.',
    'An office, a coworking space or a gateway that is not listed under policy.egress.',
    'A provider that puts several homes behind one address, and is not known for it.',
    'Colleagues who moved in together before HR heard of it.',
  ],
  triage: [
    'Ask HR whether the people know each other, who referred whom, and to which addresses their laptops were shipped.',
    'Compare their hours, devices and factors: one hand behind several accounts shows in all of them.',
    'Ask the provider’s region of the address, not the people, before anybody is told.',
    'Look for remote-access tools and hardware on the laptops that are there.',
  ],
  references: [
    'https://www.ic3.gov/PSA/2025/PSA250123',
    'https://ofac.treasury.gov/media/923126/download?inline',
    'https://attack.mitre.org/techniques/T1199/',
  ],
  expectedPerMonthPer1000People: 3.5,
  evaluate(event, state, context) {
    if (context.subject.kind === 'organization')
      return event.kind === 'sighting' ? listingAsked(event, state, ID) : { outcome: 'not-applicable' };
    return event.kind === 'sighting' ? onSighting(event, state, context) : onTick(event, state, context);
  },
};

/** What follows waits until every sign-in of the instant is in. */
function onSighting(event: Sighting, state: House, context: FarmContext): Verdict<House> {
  const begun = takeIn(state, event, context);
  return begun === undefined ? { outcome: 'not-applicable' } : { outcome: 'clear', state, wakeAt: begun };
}

function onTick({ time }: Tick, state: House, context: FarmContext): Verdict<House> {
  // Judged once, at the newest sign-in: that is the one which completes it.
  if (state.newestTime !== undefined && time < state.newestTime)
    return { outcome: 'clear', state, wakeAt: state.newestTime };
  const judgement = judge(state, time, context);
  switch (judgement.is) {
    case 'nothing':
      return { outcome: 'clear', state };
    case 'office':
    case 'crowd':
      return noFarm(judgement, state, context);
    case 'shared':
      return farm(judgement, time, state, context);
  }
}

function farm(
  judgement: Extract<Judgement, { is: 'shared' }>,
  time: EpochMs,
  state: House,
  { subject }: FarmContext,
): Verdict<House> {
  const { severity, people } = judgement;
  const before = state.taken === 'office' ? undefined : state.taken;
  state.taken = { severity, people: people.length };
  state.sharedSince ??= time;
  // Where all are still there, somebody's claim was corrected; that one of them left takes nothing back.
  const isCorrected =
    before !== undefined &&
    people.length >= before.people &&
    severityRank(severity) < severityRank(before.severity);
  return {
    outcome: 'finding',
    state,
    findings: [findingOf(subject.id, state, judgement)],
    conclusions: conclusionsFor(subject.id, state, judgement, time),
    ...(isCorrected
      ? { explains: [{ object: addressObject(subject.id), why: 'What is claimed of them was corrected.' }] }
      : {}),
  };
}

function noFarm(
  judgement: Extract<Judgement, { is: 'office' | 'crowd' }>,
  state: House,
  { subject }: FarmContext,
): Verdict<House> {
  const why = `${subject.id} is an office or a gateway.`;
  const isKnown = state.taken === 'office';
  state.taken = 'office';
  delete state.sharedSince;
  return {
    outcome: 'clear',
    state,
    explains: [{ object: addressObject(subject.id), why }],
    // Once: an earlier look at fewer of the same day's sign-ins may have concluded otherwise.
    conclusions: isKnown ? [] : retractions(subject.id, state.residents),
    ...(judgement.is === 'crowd'
      ? { sightings: [{ to: ORGANIZATION, what: askToList(ID, subject.id, state, judgement.people) }] }
      : {}),
  };
}
