/**
 * Key hygiene in AWS and wherever long-lived keys are made: the root user at work, the console without a second factor, one
 * long-term access key in two networks at once, a new key. Each is said once a week, not every day.
 */
import { severityRank } from '../alerts/severity.ts';
import type { AccountChange, ApiActivity, Authentication, FileHostingActivity } from '../events/index.ts';
import { DAY_MS, startOfDay, type EpochMs } from '../time.ts';
import type { Context, Detection, Finding, Verdict } from './contract.ts';
import { newKey, otherOwner, rootCall, rootSignIn, withoutSecondFactor } from './credentials/key-remarks.ts';
import { followKey, isLongTermKey, KEY_PARAMETERS, type KeyUse } from './credentials/key-use.ts';

const PARAMETERS = {
  ...KEY_PARAMETERS,
  silentDays: {
    value: 7,
    why: 'A habit takes longer than a day to change; the same sentence every day is not read.',
  },
};

type Kinds = 'authentication' | 'api-activity' | 'file-hosting-activity' | 'account-change';
type KeyContext = Context<typeof PARAMETERS>;

interface State {
  /** What was said, when, and how gravely. */
  said: Record<string, { readonly time: EpochMs; readonly rank: number }>;
  /** Where long-term keys were used lately, by key. */
  readonly keys: Record<string, KeyUse[]>;
  isAdministrator?: true;
}

const MOST_SAID = 20;

export const keyHygiene: Detection<Kinds, State, typeof PARAMETERS> = {
  id: 'key-hygiene',
  title: 'Key hygiene',
  family: 'negligence',
  severity: 'low',
  attack: ['T1078.004', 'T1552', 'T1098.001'],
  watches: ['authentication', 'api-activity', 'file-hosting-activity', 'account-change'],
  subjects: ['account', 'person'],
  alertPer: 'day',
  contributes: {
    weight: 5,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'The key replaced by a role, or a second factor set up for the user.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({ said: {}, keys: {} }), keepDays: 30 },
  needs: [],
  blindSpots: [
    'A key is followed through the calls that Ringer reads: a copied key that only lists and describes is not seen.',
    'S3 reads show a key only where the trail records data events for the bucket.',
    'A session made from the root user or a key by another account looks like that account.',
    'Who signs in through an identity provider shows it the second factor, of which AWS knows nothing.',
  ],
  falsePositives: [
    'A task that only the root user can do: closing an account, changing its support plan or its e-mail address.',
    'A build system that runs in two clouds with one key, which is a habit to change all the same.',
    'An engineer whose computer moves from one network to another within the half hour.',
    'A user whose password was just made and who sets up the second factor at the first sign-in.',
  ],
  triage: [
    'For the root user: find the change ticket, and who holds the password and the device of the second factor.',
    'For a key in two networks: compare address and user agent of the calls; if nobody knows one of them, deactivate the key first.',
    'For the console without a second factor: add a policy that denies everything while `aws:MultiFactorAuthPresent` is false.',
    'For a new key: ask whether a role or IAM Identity Center would do, and note when the key is to be replaced.',
  ],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://attack.mitre.org/techniques/T1552/',
  ],
  expectedPerMonthPer1000People: 2,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'authentication':
        return onSignIn(event, state, context);
      case 'api-activity':
        return onCall(event, state, context);
      case 'file-hosting-activity':
        return onKey(event, [], state, context);
      case 'account-change':
        return onGrant(event, state);
    }
  },
};

/** What may be said, and under which name it is said only once a week. */
interface Remark {
  readonly topic: string;
  readonly finding: Finding;
}

/** An administrator without a second factor is worse. */
function onGrant(event: AccountChange, state: State): Verdict<State> {
  if (event.activity !== 'privilege-grant' || event.status !== 'success' || event.source !== 'aws')
    return { outcome: 'not-applicable' };
  state.isAdministrator = true;
  return { outcome: 'clear', state };
}

function onSignIn(event: Authentication, state: State, context: KeyContext): Verdict<State> {
  const isConsole = event.source === 'aws' && event.status === 'success' && event.activity === 'logon';
  if (!isConsole || event.actor?.type === 'service') return { outcome: 'not-applicable' };
  if (isRoot(context)) return say([{ topic: 'root', finding: rootSignIn(event) }], event, state, context);
  if (event.isMfa !== false) return { outcome: 'not-applicable' };
  const isAdministrator = context.person?.privileged === true || state.isAdministrator === true;
  const finding = withoutSecondFactor(event, isAdministrator);
  return say([{ topic: 'console', finding }], event, state, context);
}

function onCall(event: ApiActivity, state: State, context: KeyContext): Verdict<State> {
  const remarks: Remark[] = [];
  if (event.status === 'success' && event.purpose === 'root-use')
    remarks.push({ topic: 'root', finding: rootCall(event) });
  if (event.status === 'success' && event.purpose === 'access-key-create') {
    const owner = otherOwner(event, context.subject);
    remarks.push({
      topic: owner === undefined ? 'own-key' : 'key-for-another',
      finding: newKey(event, owner),
    });
  }
  return onKey(event, remarks, state, context);
}

function onKey(
  event: ApiActivity | FileHostingActivity,
  remarks: readonly Remark[],
  state: State,
  context: KeyContext,
): Verdict<State> {
  const key = event.accessKeyUid;
  if (key === undefined || !isLongTermKey(key) || event.srcEndpoint === undefined)
    return remarks.length === 0 ? { outcome: 'not-applicable' } : say(remarks, event, state, context);
  const finding = followKey(key, event, state.keys, context);
  return say(
    finding === undefined ? remarks : [...remarks, { topic: `networks ${key}`, finding }],
    event,
    state,
    context,
  );
}

/**
 * Leaves out what was said within the week, unless it is graver now. What more there is on the day on which it was said
 * belongs to that day's alert.
 */
function say(
  remarks: readonly Remark[],
  { time }: { readonly time: EpochMs },
  state: State,
  { parameters }: KeyContext,
): Verdict<State> {
  const isOver = (said: EpochMs): boolean => time - said >= parameters.silentDays * DAY_MS;
  const findings: Finding[] = [];
  for (const { topic, finding } of remarks) {
    const rank = severityRank(finding.severity);
    const said = Object.hasOwn(state.said, topic) ? state.said[topic] : undefined;
    const isNews = said === undefined || isOver(said.time) || rank > said.rank;
    if (isNews) state.said[topic] = { time, rank };
    if (isNews || startOfDay(said.time) === startOfDay(time)) findings.push(finding);
  }
  const kept = Object.entries(state.said).filter(([, { time: at }]) => !isOver(at));
  state.said = Object.fromEntries(kept.sort(([, a], [, b]) => a.time - b.time).slice(-MOST_SAID));
  return findings.length === 0 ? { outcome: 'clear', state } : { outcome: 'finding', state, findings };
}

function isRoot({ subject }: KeyContext): boolean {
  return subject.id.startsWith('arn:') && subject.id.endsWith(':root');
}
