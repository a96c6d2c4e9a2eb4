/**
 * Somebody is, day after day, not where they are said to work: the claim of the people file or a directory against where
 * their sign-ins come from. It learns nothing: what never matches is wrong from the first week.
 */
import type { AlertObject } from '../alerts/alert.ts';
import type { Authentication } from '../events/index.ts';
import { claimKey, claimLevel, claimText } from '../people/claimed-place.ts';
import type { ClaimedPlace } from '../people/person.ts';
import type { Detection, Verdict } from './contract.ts';
import { signInEvidence } from './sign-ins/signed-in.ts';
import { newDiary, note, SEEN, type Diary, type Witness } from './whereabouts/diary.ts';
import { findingOf } from './whereabouts/finding.ts';
import { isConverged, judge } from './whereabouts/judge.ts';
import { LOCATION_PARAMETERS, type LocationContext } from './whereabouts/parameters.ts';
import { readSignIn, type Reading } from './whereabouts/reading.ts';

export const unexpectedLocation: Detection<'authentication', Diary, typeof LOCATION_PARAMETERS> = {
  id: 'unexpected-location',
  title: 'Never where they are said to work',
  family: 'geolocation',
  severity: 'high',
  attack: ['T1078', 'T1656'],
  watches: ['authentication'],
  subjects: ['person'],
  alertPer: 'standing',
  contributes: {
    weight: 30,
    explainedBy: 'away',
    independent: true,
    clearedBy: 'The true workplace in the people file, or a location or travel approval for the person.',
  },
  parameters: LOCATION_PARAMETERS,
  state: { version: 1, empty: () => newDiary(''), keepDays: 400 },
  needs: ['roster', 'places'],
  blindSpots: [
    'Somebody whose laptop stands in a farm near the claimed place, and who works through it alone, is where they claim.',
    'Without a claimed place, or with only the claimed country, a farm in that country is not noticed here.',
    'Only the regions of the US, Canada and Australia are told apart by name; elsewhere a claim without a known city is compared by country.',
    'Sign-ins through VPNs, data centres, gateways and satellites do not say where somebody is.',
  ],
  falsePositives: [
    'They moved, or work from another home for a season, and nobody has told HR.',
    'The people file names the office they report to, or where the company is registered, instead of where they work.',
    'They live in one country and work in another, and only the country is claimed.',
    'Their provider’s lines all seem to be in a city far from theirs, or an address database is wrong.',
    'A new colleague spends the first weeks at headquarters before going home.',
  ],
  triage: [
    'Ask HR where the laptop was shipped, whether the address was changed after the offer, and what the contract names.',
    'Compare with the time zone of their work, of their calendar and of their commits.',
    'Look who else signs in from the same addresses, and whether the device is managed.',
    'Have the manager ask, on a video call, where they work from; correct the people file or record an approval if it is true.',
  ],
  references: [
    'https://www.ic3.gov/PSA/2025/PSA250123',
    'https://attack.mitre.org/techniques/T1656/',
    'https://attack.mitre.org/techniques/T1078/',
  ],
  expectedPerMonthPer1000People: 2,
  evaluate(event, state, context) {
    const claim = context.person?.workPlace;
    if (claim === undefined || claimLevel(claim) === undefined)
      return { outcome: 'cannot-tell', because: 'nobody says where the person works' };
    const reading = readSignIn(event, claim, context.parameters.nearKm);
    if (reading === undefined) return { outcome: 'not-applicable' };
    if ('missing' in reading) return { outcome: 'cannot-tell', because: reading.missing };
    return onSignIn(event, reading, claim, state, context);
  },
};

function onSignIn(
  event: Authentication,
  reading: Reading,
  claim: ClaimedPlace,
  state: Diary,
  context: LocationContext,
): Verdict<Diary> {
  const key = claimKey(claim);
  const isOther = state.claim !== key;
  // What was seen was compared with another claim: of that nothing can be said any more.
  const explains =
    isOther && state.raised === true
      ? [{ object: placeOf(state.claim), why: 'Another place is claimed by now.' }]
      : [];
  const diary = isOther ? newDiary(key) : state;
  const news = note(diary, event.time, reading.seen, () => witnessOf(event, reading));
  if (news === undefined) return { outcome: 'clear', state: diary, explains };

  if (isConverged(diary, event.time, context)) {
    diary.converged = true;
    if (diary.raised === true) explains.push({ object: placeOf(key), why: 'They are there by now.' });
    delete diary.raised;
  }
  const judgement = news === 'elsewhere' ? judge(diary, event.time, context) : undefined;
  if (judgement === undefined) return { outcome: 'clear', state: diary, explains };
  diary.raised = true;
  const object = { ...placeOf(key), name: claimText(claim) };
  return {
    outcome: 'finding',
    state: diary,
    findings: [{ ...findingOf(judgement, claim, event.time, context), object }],
    explains,
  };
}

function placeOf(key: string): AlertObject {
  return { kind: 'place', id: key };
}

function witnessOf(event: Authentication, { seen, from }: Reading): Witness | undefined {
  const evidence = signInEvidence(event);
  if ((seen & (SEEN.anonymized | SEEN.hosted)) !== 0) return { hidden: true, evidence };
  if ((seen & SEEN.away) === 0) return undefined;
  const { country, city } = from.place ?? {};
  return {
    evidence,
    ...(country === undefined ? {} : { country }),
    ...(city === undefined ? {} : { city }),
  };
}
