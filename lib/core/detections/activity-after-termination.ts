/**
 * Activity after termination: somebody whose last day is over still gets in, reads, downloads or calls. Either an account,
 * a session or a key outlived them, or somebody else has it now.
 */
import type { Evidence } from '../alerts/alert.ts';
import type { Severity } from '../alerts/severity.ts';
import type { ApiActivity, Authentication } from '../events/index.ts';
import type { Person } from '../people/person.ts';
import { endOfLocalDay } from '../places/local-time.ts';
import { DAY_MS, dayNumberOf, dayOf, durationText, type EpochMs, HOUR_MS, startOfDay } from '../time.ts';
import type { Context, Detection, Finding, Verdict } from './contract.ts';
import { isWork, workEvidence, workText, type WorkEvent } from './hours/work.ts';

const PARAMETERS = {
  graceHours: {
    value: 24,
    why: 'Accounts are closed the morning after, and people say good-bye on the evening before.',
  },
  failures: {
    value: 3,
    why: 'A telephone tries once or twice after the account is closed; more is somebody who wants in.',
  },
  failuresSilentDays: {
    value: 7,
    why: 'Passwords are sprayed at every known address, closed accounts among them: once a week is enough to know.',
  },
};

type Kinds = 'authentication' | 'file-hosting-activity' | 'api-activity';
type TerminationContext = Context<typeof PARAMETERS>;

interface State {
  /** Refused on the latest UTC day. */
  refused?: Refused;
  /** The UTC day on which refusals were last told of, and whether the password was right. */
  told?: { readonly day: number; readonly isPasswordRight: boolean };
}

interface Refused {
  readonly day: number;
  readonly count: number;
  /** The latest. */
  readonly evidence: readonly Evidence[];
  readonly isPasswordRight: boolean;
}

const REFUSED_KEPT = 10;

export const activityAfterTermination: Detection<Kinds, State, typeof PARAMETERS> = {
  id: 'activity-after-termination',
  title: 'Activity after termination',
  family: 'identity',
  severity: 'high',
  attack: ['T1078'],
  watches: ['authentication', 'file-hosting-activity', 'api-activity'],
  subjects: ['person'],
  alertPer: 'day',
  contributes: {
    weight: 20,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'The right last day in the people file, or a leave approval until the day it moved to.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 30 },
  needs: [],
  blindSpots: [
    'Whoever has no last day in the people file or in Entra is taken to be employed.',
    'Tokens that renew themselves are passed over: they show that a session was not revoked, not that anybody uses it.',
    'IAM users whose name is no address of the person are accounts of their own.',
    'What is done in accounts that the person had of somebody else counts as that person’s.',
  ],
  falsePositives: [
    'A last day that was moved, and not yet in the people file.',
    'Somebody on garden leave or a consultancy who keeps access by agreement: record it as leave.',
    'A successor or manager who signs in to the account, which should be handed over by delegation instead.',
    'A telephone that tries the old password for days, or strangers who try passwords at every address they know.',
  ],
  triage: [
    'Ask HR for the true last day. If it is right, disable the account, revoke sessions and delete access keys first.',
    'Compare address and device with those of the last months: is it the person, or somebody who has their password?',
    'List what was downloaded or shared since the last day, and since notice was given.',
    'Find out why the account was open: which system is missing in the leaver’s checklist?',
  ],
  references: ['https://attack.mitre.org/techniques/T1078/', 'https://insiderthreatmatrix.org/'],
  expectedPerMonthPer1000People: 15,
  evaluate(event, state, context) {
    const { person } = context;
    if (person?.endsTime === undefined)
      return person?.onRoster === true
        ? { outcome: 'not-applicable' }
        : {
            outcome: 'cannot-tell',
            because: 'neither people file nor directory knows the person’s last day',
          };
    const endedTime = lastDayOver(person.endsTime, person);
    const isGone = event.time >= endedTime + context.parameters.graceHours * HOUR_MS;
    if (!isGone || isRehired(person, event.time) || event.actor?.type === 'service')
      return { outcome: 'not-applicable' };
    if (event.kind !== 'file-hosting-activity' && event.status === 'failure')
      return onRefusal(event, endedTime, state, context);
    const severity = severityOf(event);
    if (severity === undefined) return { outcome: 'not-applicable' };
    return { outcome: 'finding', state, findings: [stillActive(event, severity, endedTime, context)] };
  },
};

/** The last day is over by the clock of the person's place; where that is not known, when it is over everywhere. */
function lastDayOver(endsTime: EpochMs, { timeZone }: Person): EpochMs {
  const local = timeZone === undefined ? undefined : endOfLocalDay(endsTime, timeZone);
  // The last place to end a day is at UTC−12.
  return local ?? startOfDay(endsTime) + DAY_MS + 12 * HOUR_MS;
}

function isRehired({ hiredTime, endsTime }: Person, time: EpochMs): boolean {
  return hiredTime !== undefined && endsTime !== undefined && hiredTime > endsTime && time >= hiredTime;
}

/** How bad it is that this came off; `undefined` for what happens without anybody. */
function severityOf(event: WorkEvent): Severity | undefined {
  // A computer of theirs still fetches what changes; nobody need sit at it.
  if (event.kind === 'file-hosting-activity' && event.activity === 'sync') return 'low';
  if (!isWork(event)) return undefined;
  return isTaking(event) ? 'critical' : 'high';
}

function isTaking(event: WorkEvent): boolean {
  if (event.kind === 'api-activity') return event.purpose === 'bulk-export';
  return (
    event.kind === 'file-hosting-activity' && (event.activity === 'download' || event.activity === 'copy')
  );
}

function onRefusal(
  event: Authentication | ApiActivity,
  endedTime: EpochMs,
  state: State,
  context: TerminationContext,
): Verdict<State> {
  const isSignIn = event.kind === 'authentication';
  if (isSignIn && (!event.interactive || event.activity === 'logoff')) return { outcome: 'not-applicable' };
  const day = dayNumberOf(event.time);
  const known = state.refused?.day === day ? state.refused : undefined;
  const evidence = [...(known?.evidence ?? []), workEvidence(event)].slice(-REFUSED_KEPT);
  const isPasswordRight = known?.isPasswordRight === true || (isSignIn && event.firstFactorPassed === true);
  const count = (known?.count ?? 0) + 1;
  state.refused = { day, count, evidence, isPasswordRight };
  const { told } = state;
  const isNews =
    told === undefined ||
    day - told.day >= context.parameters.failuresSilentDays ||
    (isPasswordRight && !told.isPasswordRight);
  if (count < context.parameters.failures || !(isNews || told.day === day))
    return { outcome: 'clear', state };
  if (isNews) state.told = { day, isPasswordRight };
  return { outcome: 'finding', state, findings: [stillTrying(state.refused, event.time, endedTime)] };
}

function stillActive(
  event: WorkEvent,
  severity: Severity,
  endedTime: EpochMs,
  { person }: TerminationContext,
): Finding {
  return {
    severity,
    confidence: severity === 'low' ? 'low' : 'high',
    summary: `${workText(event)} ${durationText(event.time - endedTime)} after their last day.`,
    why: [
      `Their last day was ${dayOf(person?.endsTime ?? endedTime)}; it was over at ${new Date(endedTime).toISOString().slice(0, 16)} UTC.`,
      ...(severity === 'critical'
        ? ['What is taken now is taken by somebody who has no work to do with it.']
        : []),
      ...(severity === 'low'
        ? ['A device of theirs still synchronises: it was neither wiped nor signed out.']
        : []),
    ],
    evidence: [workEvidence(event)],
    approvable: { kind: 'leave' },
  };
}

function stillTrying(
  { count, evidence, isPasswordRight }: Refused,
  time: EpochMs,
  endedTime: EpochMs,
): Finding {
  return {
    severity: isPasswordRight ? 'medium' : 'low',
    confidence: 'medium',
    summary: `Tried to get in ${count} times in a day, ${durationText(time - endedTime)} after their last day.`,
    why: [
      isPasswordRight
        ? 'The password was right: only a policy or the second factor stood in the way.'
        : 'All of it was refused, as it should be; somebody wants in all the same.',
    ],
    evidence,
    restates: true,
    approvable: { kind: 'leave' },
  };
}
