/**
 * MFA tampering: a second factor is taken off and none is put in its place; or factors are reset, a new one is enrolled and
 * somebody signs in from where the person never was, all within a day; or nobody is asked for a second factor any longer. A
 * phone that is replaced passes in silence.
 */
import type { Evidence } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import type { AccountChange, Authentication, SourceId, Tick } from '../events/index.ts';
import { HOUR_MS, startOfDay, type EpochMs } from '../time.ts';
import type { Detection, Finding, Verdict } from './contract.ts';
import { providerOf } from './credentials/provider.ts';
import { somebodyElse } from './credentials/somebody-else.ts';
import {
  gravity,
  notReplaced,
  recoveryMoved,
  switchedOff,
  takenOver,
  TAMPERING_PARAMETERS,
  type Off,
  type Step,
  type StrangeStep,
  type TamperingContext,
} from './credentials/tampering.ts';
import { noteWhereabouts, nowhere, type Whereabouts } from './credentials/strange-place.ts';
import { wasLetIn } from './sign-ins/signed-in.ts';

type Kinds = 'account-change' | 'authentication' | 'api-activity' | 'tick';

interface State {
  readonly whereabouts: Whereabouts;
  /** Factors taken off that none has replaced yet, oldest first. */
  off: Off[];
  readonly accounts: Partial<Record<SourceId, { enrolledTime?: EpochMs; closed?: true }>>;
  /** The steps of a takeover, the latest of each; of resets within a day the gravest. */
  reset?: Off & { told?: true };
  enrolled?: Step;
  recovery?: Step & { told?: true };
  strange?: StrangeStep;
}

/** More factors taken off within half a day than anybody has. */
const MOST_OFF = 10;

export const mfaTampering: Detection<Kinds, State, typeof TAMPERING_PARAMETERS> = {
  id: 'mfa-tampering',
  title: 'MFA tampering',
  family: 'negligence',
  severity: 'low',
  attack: ['T1556.006', 'T1098.005'],
  watches: ['account-change', 'authentication', 'api-activity', 'tick'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 10,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'A second factor enrolled again, and the help desk’s ticket for the change.',
  },
  parameters: TAMPERING_PARAMETERS,
  state: { version: 1, empty: () => ({ whereabouts: nowhere(), off: [], accounts: {} }), keepDays: 120 },
  needs: [],
  blindSpots: [
    'Somebody who enrols a second factor of their own beside the owner’s takes nothing off.',
    'A factor enrolled up to half a day before another is taken off counts as its replacement, whosoever it is.',
    'Okta and Entra do not say which factors are left, so that the last one looks like any other.',
    'Okta’s sign-on policies and Entra’s conditional access do not say in the log what a change to them does.',
    'Google records nothing of a phone that is replaced within an authenticator application.',
  ],
  falsePositives: [
    'A telephone lost on a journey: the help desk resets the factors, and the new one is enrolled abroad.',
    'Somebody who tidies up and takes off a factor they no longer use.',
    'A reset on a Friday evening for somebody who next signs in on Monday.',
    'Somebody who leaves, before their account is disabled.',
  ],
  triage: [
    'Look for the ticket: who asked for the change, and how did the help desk make sure it was them?',
    'Call the person on a number from the HR system, not one that was changed lately.',
    'List what is enrolled now, and compare model, address and time of enrolment with the earlier ones.',
    'If nobody can explain it, reset the factors in person or on video and revoke all sessions.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1556/006/',
    'https://attack.mitre.org/techniques/T1098/005/',
  ],
  expectedPerMonthPer1000People: 1,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'account-change':
        return onChange(event, state, context);
      case 'authentication':
        return onSignIn(event, state, context);
      case 'api-activity':
        return event.purpose === 'mfa-policy-off' && event.status === 'success'
          ? verdict([switchedOff(event)], state, context)
          : { outcome: 'not-applicable' };
      case 'tick':
        return onTick(event, state, context);
    }
  },
};

function onChange(event: AccountChange, state: State, context: TamperingContext): Verdict<State> {
  if (event.status !== 'success') return { outcome: 'not-applicable' };
  const by = somebodyElse(event, context.person);
  const step: Step = {
    time: event.time,
    provider: providerOf(event.source),
    evidence: evidenceOfChange(event, by),
  };
  switch (event.activity) {
    case 'disable':
    case 'delete':
      accountAt(step, state).closed = true;
      forgive(step, state);
      break;
    case 'create':
    case 'enable':
      delete accountAt(step, state).closed;
      break;
    case 'mfa-factor-enable':
      accountAt(step, state).enrolledTime = event.time;
      state.enrolled = step;
      forgive(step, state);
      break;
    case 'mfa-factor-disable':
    case 'mfa-factor-reset-all': {
      const everything = event.activity === 'mfa-factor-reset-all';
      takeOff({ ...step, everything, ...(by === undefined ? {} : { by }) }, state, context);
      break;
    }
    case 'recovery-change':
      state.recovery = step;
      break;
    default:
      return { outcome: 'not-applicable' };
  }
  if (event.actor?.type === 'user' && by === undefined) noteFrom(event, state, context);
  return verdict(takeovers(state, context), state, context);
}

function onSignIn(event: Authentication, state: State, context: TamperingContext): Verdict<State> {
  if (!event.interactive || event.activity === 'logoff' || !wasLetIn(event))
    return { outcome: 'not-applicable' };
  noteFrom(event, state, context);
  return verdict(takeovers(state, context), state, context);
}

function onTick({ time }: Tick, state: State, context: TamperingContext): Verdict<State> {
  const due = nextDue(state, context);
  if (due === undefined || time < due.time) return verdict([], state, context);
  state.off = state.off.slice(due.offs.length);
  const { endsTime } = context.person ?? {};
  const isGone = endsTime !== undefined && time >= startOfDay(endsTime);
  return verdict(isGone ? [] : [notReplaced(due.offs, context)], state, context);
}

/** One reset takes off factor after factor: what comes off within an hour is judged at once, by its last. */
function nextDue(
  { off }: State,
  { parameters }: TamperingContext,
): { readonly offs: readonly Off[]; readonly time: EpochMs } | undefined {
  const [first] = off;
  if (first === undefined) return undefined;
  const offs = off.filter(({ time }) => time - first.time <= HOUR_MS);
  return { offs, time: (offs.at(-1) ?? first).time + parameters.reenrollHours * HOUR_MS };
}

function verdict(findings: readonly Finding[], state: State, context: TamperingContext): Verdict<State> {
  const due = nextDue(state, context);
  const wake = due === undefined ? {} : { wakeAt: due.time };
  return findings.length === 0
    ? { outcome: 'clear', state, ...wake }
    : { outcome: 'finding', state, findings, ...wake };
}

function takeOff(off: Off, state: State, context: TamperingContext): void {
  const { closed, enrolledTime = -Infinity } = accountAt(off, state);
  if (closed === true) return;
  const { reset } = state;
  const isFresh = reset !== undefined && off.time - reset.time <= context.parameters.takeoverHours * HOUR_MS;
  if (!isFresh || gravity(off) > gravity(reset)) state.reset = off;
  const isReplaced = off.time - enrolledTime <= context.parameters.reenrollHours * HOUR_MS;
  if ((!isReplaced || off.everything) && state.off.length < MOST_OFF) state.off.push(off);
}

/** What is missing at a provider no longer matters: something was enrolled there, or the account is closed. */
function forgive({ provider }: Step, state: State): void {
  state.off = state.off.filter((off) => off.provider !== provider);
}

function accountAt({ provider }: Step, state: State): { enrolledTime?: EpochMs; closed?: true } {
  return (state.accounts[provider] ??= {});
}

function noteFrom(event: AccountChange | Authentication, state: State, context: TamperingContext): void {
  const strange = noteWhereabouts(event, state.whereabouts, context.person, context.parameters);
  if (strange === undefined) return;
  const evidence = evidenceOf(event, event.kind === 'authentication' ? 'sign-in' : event.activity);
  state.strange = { time: event.time, provider: providerOf(event.source), evidence, ...strange };
}

function takeovers(state: State, context: TamperingContext): Finding[] {
  const { reset, enrolled, recovery, strange } = state;
  if (strange === undefined) return [];
  const isWithin = (...steps: readonly Step[]): boolean => {
    const times = steps.map(({ time }) => time);
    return Math.max(...times) - Math.min(...times) <= context.parameters.takeoverHours * HOUR_MS;
  };
  const findings: Finding[] = [];
  if (
    reset !== undefined &&
    reset.told !== true &&
    enrolled?.provider === reset.provider &&
    (!reset.everything || enrolled.time >= reset.time) &&
    isWithin(reset, enrolled, strange)
  ) {
    reset.told = true;
    findings.push(takenOver(reset, enrolled, strange, context));
  }
  if (recovery !== undefined && recovery.told !== true && isWithin(recovery, strange)) {
    recovery.told = true;
    findings.push(recoveryMoved(recovery, strange));
  }
  return findings;
}

function evidenceOfChange(event: AccountChange, by: string | undefined): Evidence {
  const factor = event.factor === undefined ? '' : ` (${event.factor})`;
  return evidenceOf(event, `${event.activity}${factor}${by === undefined ? '' : ` by ${by}`}`);
}
