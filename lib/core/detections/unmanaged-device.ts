/** Somebody who has a managed computer signs in from another: whoever works as them may not sit where the laptop stands. */
import type { AlertObject, Evidence } from '../alerts/alert.ts';
import type { Authentication, DeviceInventoryInfo } from '../events/index.ts';
import { DAY_MS, type EpochMs } from '../time.ts';
import type { Context, Detection, Finding, Parameters, Verdict } from './contract.ts';
import { isRegistered, signInSystem, SYSTEM_NAME, systemOf, type System } from './managed/computer.ts';
import { markHour, sumOf, type DayHours, type Sum } from './managed/sign-in-hours.ts';
import { dropOld, isAnother, noteOwned, noteTold, wasTold, type Theirs } from './managed/theirs.ts';
import { signInEvidence, wasLetIn } from './sign-ins/signed-in.ts';

const PARAMETERS = {
  windowDays: { value: 7, why: 'A working week, so that one day at a private computer is one of five.' },
  unmanagedPercent: {
    value: 30,
    why: 'A private computer once in a while is below it; somebody who works at another computer is far above.',
  },
  unmanagedHoursAtLeast: {
    value: 5,
    why: 'Of a handful of sign-ins a share means little; a sign-in counts once an hour, however many events it gives.',
  },
  unmanagedDaysAtLeast: {
    value: 3,
    why: 'A weekend, or a laptop under repair for a day or two, is not how somebody works.',
  },
  unmanagedDaysWithin: {
    value: 14,
    why: 'Two days a week are how somebody works once the second week begins.',
  },
  managedSeenDays: {
    value: 30,
    why: 'Only if the managed computer itself signs in, and is told as managed, does it mean anything that another is not.',
  },
} as const satisfies Parameters;

const EVIDENCE_KEPT = 6;

interface State {
  readonly theirs: Theirs;
  days: DayHours[];
  /** The latest sign-ins from other computers. */
  others: { readonly system: System; readonly time: EpochMs; readonly evidence: Evidence }[];
}

type Own = Context<typeof PARAMETERS>;

export const unmanagedDevice: Detection<
  'authentication' | 'device-inventory-info',
  State,
  typeof PARAMETERS
> = {
  id: 'unmanaged-device',
  title: 'Work from an unmanaged computer',
  family: 'remote-access',
  severity: 'medium',
  attack: ['T1078.004', 'T1539'],
  watches: ['authentication', 'device-inventory-info'],
  subjects: ['person'],
  alertPer: 'standing',
  contributes: {
    weight: 10,
    explainedBy: 'remote-access',
    independent: false,
    clearedBy: 'The computer enrolled as a managed one, or the managed computer used for work again.',
  },
  parameters: PARAMETERS,
  state: {
    version: 1,
    empty: () => ({ theirs: { owned: {}, toldAs: {} }, days: [], others: [] }),
    keepDays: 120,
  },
  needs: [],
  blindSpots: [
    'Whoever has no managed computer, or one whose sign-ins never say that it is managed, is not judged.',
    'A browser on a managed computer passes for unmanaged where it lacks the vendor’s extension: one in which the computer never showed itself as managed does not count.',
    'A Mac cannot be told from an iPad in Safari; neither counts unless the device itself is registered.',
    'Google tells neither system nor management of a sign-in.',
    'Somebody who works through the managed computer itself, by a remote tool or hardware, signs in from it.',
  ],
  falsePositives: [
    'A managed laptop under repair, and work on a private one meanwhile.',
    'A virtual desktop that is not enrolled, of another system than the laptop.',
    'Private windows of a browser, in which its extension does not run.',
    'A second computer that IT knows and has not enrolled yet.',
  ],
  triage: [
    'Ask the person which computer they work at and where the managed one is; have it shown on a video call.',
    'Compare the addresses and places of the unmanaged sign-ins with those of the managed computer on the same days.',
    'If nobody knows the computer, revoke its sessions and require a managed device in conditional access.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1078/004/',
    'https://www.ic3.gov/PSA/2025/PSA250123',
    'https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-conditions',
  ],
  expectedPerMonthPer1000People: 1,
  evaluate: (event, state, context) =>
    event.kind === 'authentication' ? onSignIn(event, state, context) : onListed(event, state),
};

function onListed({ device, state: listed, time }: DeviceInventoryInfo, state: State): Verdict<State> {
  const system = systemOf(device?.os);
  const isGone = listed.status === 'removed' || listed.status === 'deactivated';
  if (device?.managed !== true || isGone || system === undefined || system === 'phone')
    return { outcome: 'not-applicable' };
  return { outcome: 'clear', state, ...ownedNow(state, system, time) };
}

function onSignIn(event: Authentication, state: State, context: Own): Verdict<State> {
  if (!wasLetIn(event) || !event.interactive || event.activity === 'logoff')
    return { outcome: 'not-applicable' };
  const { parameters } = context;
  const { theirs } = state;
  const keepDays = Math.max(parameters.windowDays, parameters.unmanagedDaysWithin);
  const system = signInSystem(event);
  if (system === 'phone') return { outcome: 'not-applicable' };
  if (system !== undefined && event.device?.managed === true) {
    const explained = ownedNow(state, system, event.time);
    noteTold(theirs, event, system);
    state.days = markHour(state.days, event.time, false, keepDays);
    return { outcome: 'clear', state, ...explained };
  }
  dropOld(theirs, event.time);
  if (Object.keys(theirs.owned).length === 0) return { outcome: 'not-applicable' };
  if (system === undefined)
    return { outcome: 'cannot-tell', because: 'the sign-in does not say from what computer it came' };

  const since = event.time - parameters.managedSeenDays * DAY_MS;
  const isOther = isAnother(theirs, event, system, since);
  state.days = markHour(state.days, event.time, isOther, keepDays);
  if (!isOther) return { outcome: 'clear', state };
  const seen = { system, time: event.time, evidence: signInEvidence(event) };
  state.others = [...state.others, seen].slice(-EVIDENCE_KEPT);
  const sum = sumOf(state.days, parameters.windowDays);
  return wasTold(theirs, since) && isHowTheyWork(sum, context)
    ? { outcome: 'finding', state, findings: [findingOf(event, system, sum, state, context)] }
    : { outcome: 'clear', state };
}

/** Notes a managed computer; what was found of others of its system is explained when it is the first of it. */
function ownedNow({ theirs }: State, system: System, time: EpochMs): Pick<Verdict<State>, 'explains'> {
  if (!noteOwned(theirs, system, time)) return {};
  const why = `A managed ${SYSTEM_NAME[system]} computer of theirs is known now.`;
  return { explains: [{ object: objectOf(system), why }] };
}

function isHowTheyWork({ hours, unmanagedHours, unmanagedDays }: Sum, { parameters }: Own): boolean {
  return (
    unmanagedHours * 100 >= hours * parameters.unmanagedPercent &&
    unmanagedHours >= parameters.unmanagedHoursAtLeast &&
    unmanagedDays >= parameters.unmanagedDaysAtLeast
  );
}

function findingOf(
  { device, time }: Authentication,
  system: System,
  { hours, unmanagedHours, unmanagedDays }: Sum,
  { theirs, others }: State,
  { parameters }: Own,
): Finding {
  const name = SYSTEM_NAME[system];
  const own = Object.keys(theirs.owned).map((each) => SYSTEM_NAME[each as System]);
  const hasOne = theirs.owned[system] !== undefined;
  const from = time - parameters.windowDays * DAY_MS;
  const percent = Math.floor((unmanagedHours / hours) * 100);
  return {
    severity: 'medium',
    confidence: isRegistered(device) || !hasOne ? 'medium' : 'low',
    object: objectOf(system),
    summary: `${percent} % of the sign-ins of ${parameters.windowDays} days came from unmanaged computers, the last of them ${name}.`,
    why: [
      `In ${unmanagedHours} of the ${hours} hours with a sign-in from a computer, it was not a managed one; so it was on ${unmanagedDays} days of ${parameters.unmanagedDaysWithin}${device?.name === undefined ? '' : `; the last calls itself ${device.name}`}.`,
      hasOne
        ? `Their managed ${name} computer signs in too, and is told as managed.`
        : `The managed computers of this person run ${own.join(' and ')}, none ${name}.`,
    ],
    evidence: others.flatMap((each) => (each.system === system && each.time > from ? [each.evidence] : [])),
    restates: true,
  };
}

function objectOf(system: System): AlertObject {
  return { kind: 'device', id: system, name: `unmanaged ${SYSTEM_NAME[system]} computer` };
}
