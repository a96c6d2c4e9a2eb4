/**
 * Shared authenticator: one telephone or computer is the second factor of several people. Whoever works under two names
 * answers the prompts of both.
 *
 * People tell the device when it was enrolled for them and when that ended; the device judges, and tells each of them.
 */
import type { NotedEvent, Sighting, Tick } from '../events/index.ts';
import { DAY_MS, type EpochMs } from '../time.ts';
import type { Concluded, Detection, Verdict } from './contract.ts';
import { AUTHENTICATOR, SHARED_DEVICE, tellDevices, type Enrolments } from './credentials/enrolments.ts';
import {
  deviceObject,
  enrolmentOf,
  bySince,
  isHeld,
  ROLES,
  severityOf,
  SHARED_PARAMETERS,
  sharedFinding,
  summaryOf,
  takeIn,
  type Holding,
  type SharedContext,
} from './credentials/shared-device.ts';

type Kinds = 'account-change' | 'sighting' | 'tick';

/** A person's enrolments, or a device's holders. */
interface State extends Enrolments {
  holdings?: Holding[];
  name?: string;
}

const HOLDINGS_KEPT = 20;

export const sharedMfaDevice: Detection<Kinds, State, typeof SHARED_PARAMETERS> = {
  id: SHARED_DEVICE,
  title: 'Shared authenticator',
  family: 'identity',
  severity: 'high',
  attack: ['T1098.005', 'T1078'],
  watches: ['account-change', 'sighting', 'tick'],
  subjects: ['person', 'device'],
  alertPer: 'standing',
  contributes: {
    weight: 25,
    explainedBy: 'same-factor',
    independent: true,
    clearedBy:
      'An authenticator of their own for each of them, enrolled in front of a colleague who knows them.',
  },
  parameters: SHARED_PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 100 },
  needs: [],
  blindSpots: [
    'Somebody with a telephone for each name shares none; so does an emulator that is set up anew.',
    'Google does not say which telephone answers its prompts; AWS assigns a device to one user at a time.',
    'Entra names only telephones that get push messages, and telephone numbers; a code generator or a key has no name.',
    'A telephone enrolled before the first day that was read is known from its next enrolment.',
  ],
  falsePositives: [
    'A couple who work for the same company and gave one telephone number.',
    'The telephone of a team or a shift, which several people answer.',
    'An administrator’s second account under another name than their own.',
    'A telephone or computer handed on to a successor without being taken off the predecessor’s account.',
  ],
  triage: [
    'Ask each of the people, separately and on video, to show the telephone and to answer a prompt.',
    'Compare their addresses, working hours and devices: do they ever work at the same time?',
    'Ask IT whether they enrolled it, and HR whether two of them share a household.',
    'If nobody can explain it, treat the accounts as one case: keep the logs, and reset the factors on video.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1098/005/',
    'https://github.com/okta/customer-detections',
    'https://ofac.treasury.gov/media/923126/download?inline',
  ],
  expectedPerMonthPer1000People: 0.5,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'account-change':
        return context.subject.kind === 'person'
          ? tellDevices(event, state, context.person)
          : { outcome: 'not-applicable' };
      case 'sighting':
        return context.subject.kind === 'device'
          ? onSighting(event, state, context)
          : { outcome: 'not-applicable' };
      case 'tick':
        return judge(event, state, context);
    }
  },
};

function onSighting({ what, of, time }: Sighting, state: State, context: SharedContext): Verdict<State> {
  if (what.type !== 'noted' || what.detection !== SHARED_DEVICE) return { outcome: 'not-applicable' };
  const role = ROLES.find((each) => each === what.object);
  const holding = role === undefined ? undefined : holdingOf(of.id, time, state, context);
  if (role === undefined || holding === undefined) return { outcome: 'not-applicable' };
  const before = holding.enrolled?.since;
  takeIn(holding, role, what.evidence ?? notedHere(time));
  if (role !== 'ended') state.name = what.name;
  const since = holding.enrolled?.since;
  // Sightings carry the start of their day; what they tell of is judged at its own time, with all of that day known.
  return { outcome: 'clear', state, ...(since === undefined || since === before ? {} : { wakeAt: since }) };
}

function holdingOf(
  person: string,
  time: EpochMs,
  state: State,
  { parameters }: SharedContext,
): Holding | undefined {
  const since = time - parameters.withinDays * DAY_MS;
  const holdings = (state.holdings ?? []).filter(
    ({ enrolled, endedTime }) => Math.max(enrolled?.lastTime ?? 0, endedTime ?? 0) >= since,
  );
  state.holdings = holdings;
  const known = holdings.find((holding) => holding.person === person);
  if (known !== undefined || holdings.length >= HOLDINGS_KEPT) return known;
  const added: Holding = { person };
  holdings.push(added);
  return added;
}

function notedHere(time: EpochMs): NotedEvent {
  return { time, source: 'ringer', feed: 'sightings', uid: 'enrolment' };
}

function judge({ time }: Tick, state: State, context: SharedContext): Verdict<State> {
  const { holdings = [], name = AUTHENTICATOR } = state;
  const later = holdings.flatMap(({ enrolled }) =>
    enrolled !== undefined && enrolled.since > time ? [enrolled.since] : [],
  );
  const wake = later.length === 0 ? {} : { wakeAt: Math.min(...later) };
  const held = holdings.filter((holding) => isHeld(holding, time, context.parameters)).sort(bySince);
  if (held.length < 2) return { outcome: 'clear', state, ...wake };
  const severity = severityOf(held, context);
  const findings = [sharedFinding(held, name, severity, context)];
  const summary = summaryOf(held, name, context);
  if (severity === 'high') {
    const untold = held.filter(({ told }) => told !== true);
    for (const holding of untold) holding.told = true;
    const conclusions = untold.map((holding) => conclude(holding, true, summary, name, context));
    return { outcome: 'finding', state, findings, conclusions, ...wake };
  }
  // What looked like two people may have turned out to be a pool.
  const told = holdings.filter((holding) => holding.told === true);
  for (const holding of told) delete holding.told;
  const conclusions = told.map((holding) => conclude(holding, false, summary, name, context));
  const explains = told.length === 0 ? [] : [{ object: deviceObject(context.subject, name), why: summary }];
  return { outcome: 'finding', state, findings, conclusions, explains, ...wake };
}

function conclude(
  holding: Holding,
  holds: boolean,
  summary: string,
  name: string,
  { subject }: SharedContext,
): Concluded {
  const object = deviceObject(subject, name);
  const evidence = enrolmentOf(holding);
  return {
    to: { kind: 'person', id: holding.person },
    conclusion: `${SHARED_DEVICE}:${subject.id}`,
    holds,
    why: summary,
    ...(evidence === undefined ? {} : { implicates: { severity: 'high', object, summary, evidence } }),
  };
}
