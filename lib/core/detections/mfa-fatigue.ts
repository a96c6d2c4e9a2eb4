/**
 * MFA fatigue: somebody who has a password asks for the second factor again and again, in the hope that its owner gives in.
 * Worst is what comes after: a sign-in, from where the owner never was.
 */
import { evidenceOf } from '../alerts/evidence.ts';
import type { AccountChange, Authentication, Endpoint, SourceId } from '../events/index.ts';
import { householdOf } from '../places/address.ts';
import { isOwnEgress } from '../places/network.ts';
import { placeText } from '../places/place.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../time.ts';
import type { Detection, Verdict } from './contract.ts';
import {
  FATIGUE_PARAMETERS,
  gaveIn,
  refused,
  type FatigueContext,
  type Prompt,
} from './credentials/prompts.ts';
import { isKnown, meet, nothingSeen, watch, type Seen } from './sign-ins/first-seen.ts';
import { atKeyboardFrom, wasLetIn } from './sign-ins/signed-in.ts';

type Kinds = 'account-change' | 'authentication';

interface State {
  /** Addresses and networks signed in from. */
  readonly seen: Seen;
  /** Refused lately, oldest first. */
  prompts: Prompt[];
}

const MOST_PROMPTS = 40;

/** One refusal is one or two records of one vendor, written together. */
const SAME_PROMPT_MS = 2 * SECOND_MS;

export const mfaFatigue: Detection<Kinds, State, typeof FATIGUE_PARAMETERS> = {
  id: 'mfa-fatigue',
  title: 'MFA fatigue',
  family: 'negligence',
  severity: 'medium',
  attack: ['T1621', 'T1078.004'],
  watches: ['account-change', 'authentication'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 5,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'The person’s word that the prompts were their own, and a new password if they were not.',
  },
  parameters: FATIGUE_PARAMETERS,
  state: { version: 1, empty: () => ({ seen: nothingSeen(), prompts: [] }), keepDays: 90 },
  needs: [],
  blindSpots: [
    'A single prompt that is accepted looks like any sign-in.',
    'Prompts that nobody answers leave no record in Okta until they are refused.',
    'Codes and security keys ask nobody anything; guessing codes is not counted here.',
    'Microsoft 365’s audit log does not tell a refused prompt from a mistyped code.',
  ],
  falsePositives: [
    'A telephone that is off or out of reach while its owner tries to sign in.',
    'A mail program or a script with a saved password that keeps asking by itself.',
    'Somebody who tests the second factor, or sets up a new telephone.',
  ],
  triage: [
    'Call the person: did they try to sign in at that time, and did they accept a prompt in the end?',
    'Whatever they say of the prompts, if the addresses are not theirs somebody else has the password: change it.',
    'Read every event of the session that began after the prompts: factors, rules, downloads.',
    'Turn on number matching, or a factor that cannot be pushed.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1621/',
    'https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-number-match',
  ],
  expectedPerMonthPer1000People: 1,
  evaluate(event, state, context) {
    return event.kind === 'authentication'
      ? onSignIn(event, state, context)
      : onRefusal(event, state, context);
  },
};

function onRefusal(event: AccountChange, state: State, context: FatigueContext): Verdict<State> {
  if (event.activity !== 'mfa-challenge-denied') return { outcome: 'not-applicable' };
  const { time, source } = event;
  const { parameters } = context;
  const keptMs = (parameters.slowWithinMinutes + parameters.giveInMinutes) * MINUTE_MS;
  state.prompts = state.prompts.filter((prompt) => time - prompt.time <= keptMs).slice(-MOST_PROMPTS);
  const repeats = state.prompts.some(
    (prompt) => prompt.source === source && time - prompt.time < SAME_PROMPT_MS,
  );
  if (repeats) return { outcome: 'clear', state };
  state.prompts.push(promptOf(event, state, context));
  const burst = burstEndingAt(time, source, state, context);
  if (burst.length === 0) return { outcome: 'clear', state };
  return { outcome: 'finding', state, findings: [refused(burst)] };
}

function onSignIn(event: Authentication, state: State, context: FatigueContext): Verdict<State> {
  const from = atKeyboardFrom(event);
  if (from === undefined) {
    if (!event.interactive || !wasLetIn(event)) return { outcome: 'not-applicable' };
    // Days at the office count towards knowing somebody, though nobody's habits are known from there.
    watch(state.seen, event.time, context.parameters);
    return { outcome: 'clear', state };
  }
  const isStrange = signedInFromNowhere(from, event.time, state.seen, context);
  const burst = isStrange ? burstBefore(event.time, state, context) : [];
  if (burst.length === 0) return { outcome: 'clear', state };
  state.prompts = [];
  return { outcome: 'finding', state, findings: [gaveIn(burst, event, context)] };
}

/** Notes an address and its network; tells whether neither was ever seen on an earlier day. */
function signedInFromNowhere(
  { ip, network, asn = network?.asn }: Endpoint,
  time: EpochMs,
  seen: Seen,
  { parameters }: FatigueContext,
): boolean {
  watch(seen, time, parameters);
  const things = [`address ${householdOf(ip) ?? ip}`, ...(asn === undefined ? [] : [`AS${asn}`])];
  return things.map((thing) => meet(seen, thing, time, parameters)).every((known) => known === 'first-day');
}

function promptOf(event: AccountChange, { seen }: State, { parameters }: FatigueContext): Prompt {
  const { time, source, srcEndpoint } = event;
  const isFamiliar =
    srcEndpoint !== undefined &&
    (isOwnEgress(srcEndpoint.network) ||
      isKnown(seen, `address ${householdOf(srcEndpoint.ip) ?? srcEndpoint.ip}`, time, parameters));
  return {
    time,
    source,
    ...(srcEndpoint === undefined ? {} : { ip: srcEndpoint.ip }),
    ...(srcEndpoint?.place === undefined ? {} : { place: placeText(srcEndpoint.place) }),
    isFamiliar,
    evidence: evidenceOf(event, 'prompt refused or not answered'),
  };
}

/**
 * Gives enough prompts in a short time, or more in a longer one; nothing when they are fewer. Of each vendor by itself:
 * Entra and Microsoft 365 both tell of the same prompts.
 */
function burstEndingAt(
  time: EpochMs,
  source: SourceId,
  { prompts }: State,
  { parameters }: FatigueContext,
): readonly Prompt[] {
  const { refusedPrompts, withinMinutes, slowPrompts, slowWithinMinutes } = parameters;
  const within = (minutes: number): readonly Prompt[] =>
    prompts.filter(
      (prompt) =>
        prompt.source === source && prompt.time <= time && time - prompt.time <= minutes * MINUTE_MS,
    );
  const slow = within(slowWithinMinutes);
  if (slow.length >= slowPrompts) return slow;
  const fast = within(withinMinutes);
  return fast.length >= refusedPrompts ? fast : [];
}

function burstBefore(time: EpochMs, state: State, context: FatigueContext): readonly Prompt[] {
  const { giveInMinutes } = context.parameters;
  for (const last of [...state.prompts].reverse()) {
    if (time - last.time > giveInMinutes * MINUTE_MS) break;
    const burst = burstEndingAt(last.time, last.source, state, context);
    if (burst.length > 0) return burst;
  }
  return [];
}
