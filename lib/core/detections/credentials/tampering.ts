/** What alerts on tampered factors are made of, and what they say. */
import type { Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import { compareText, type ApiActivity, type SourceId } from '../../events/index.ts';
import { isoTime, type EpochMs } from '../../time.ts';
import type { Approvable, Context, Finding } from '../contract.ts';
import { providerName, providerOf, whereToLook } from './provider.ts';

export const TAMPERING_PARAMETERS = {
  reenrollHours: {
    value: 12,
    why: 'Who replaces a phone enrols the new one the same day; a factor still missing half a day later was given up.',
  },
  takeoverHours: {
    value: 24,
    why: 'Whoever talks a help desk into a reset has to use it before the owner next fails to sign in.',
  },
  learnDays: {
    value: 14,
    why: 'Before that nobody’s usual countries and networks are known; a claimed country is, from the first day.',
  },
  forgetDays: { value: 90, why: 'A country not signed in from for a quarter is no longer usual.' },
};

export type TamperingContext = Context<typeof TAMPERING_PARAMETERS>;

/** One step of a change, and the record that shows it. Plain JSON, as all of these. */
export interface Step {
  readonly time: EpochMs;
  readonly provider: SourceId;
  readonly evidence: Evidence;
}

export interface Off extends Step {
  /** Nothing is left, not just one factor gone. */
  readonly everything: boolean;
  /** Who did it, when that was another person. */
  readonly by?: string;
}

/** A sign-in, or a change by the owner, from where the owner never was. */
export interface StrangeStep extends Step {
  readonly text: string;
  readonly country?: string;
}

/** Tells the more of two: everything gone, then somebody else's doing. */
export function gravity({ everything, by }: Off): number {
  return (everything ? 2 : 0) + (by === undefined ? 0 : 1);
}

/** Factors came off, another was enrolled, and somebody signed in from where the owner never was. */
export function takenOver(
  off: Off,
  enrolled: Step,
  strange: StrangeStep,
  { parameters }: TamperingContext,
): Finding {
  const isReset = off.everything || off.by !== undefined;
  return {
    severity: isReset ? 'high' : 'medium',
    confidence: 'medium',
    summary: `${cameOff(off)}, another was enrolled, and somebody signed in ${strange.text}.`,
    why: [
      `All of it within ${parameters.takeoverHours} h: off at ${clock(off)}, on at ${clock(enrolled)}, sign-in at ${clock(strange)} UTC.`,
      isReset
        ? 'Whoever talks a help desk into a reset enrols their own telephone next, and signs in from where they are.'
        : 'Whoever has taken over a session exchanges the owner’s factor for their own.',
    ],
    next: [whereToLook(off.provider)],
    evidence: inOrder([off.evidence, enrolled.evidence, strange.evidence]),
    approvable: travelTo(strange),
  };
}

/** The way around password and second factor was changed while somebody was where the owner never was. */
export function recoveryMoved(recovery: Step, strange: StrangeStep): Finding {
  return {
    severity: 'low',
    confidence: 'low',
    summary: `Recovery details at ${providerName(recovery.provider)} were changed within a day of a sign-in ${strange.text}.`,
    why: ['A recovery address or telephone opens the account without its password and second factor.'],
    next: [whereToLook(recovery.provider)],
    evidence: inOrder([recovery.evidence, strange.evidence]),
    approvable: travelTo(strange),
  };
}

/**
 * Factors came off and nothing was enrolled since.
 *
 * @param due - at least one
 */
export function notReplaced(due: readonly Off[], { parameters, subject }: TamperingContext): Finding {
  const worst = due.reduce((a, b) => (gravity(b) > gravity(a) ? b : a));
  const { everything, by, provider } = worst;
  const isRoot = subject.id.endsWith(':root');
  return {
    severity: (everything && by !== undefined) || isRoot ? 'medium' : 'low',
    confidence: everything ? 'high' : 'medium',
    summary: `${cameOff(worst)}, and none was enrolled within ${parameters.reenrollHours} h.`,
    why: [
      `It came off on ${isoTime(worst.time).slice(0, 10)} at ${clock(worst)} UTC. Who replaces a telephone enrols the new one the same day.`,
      ...(isRoot ? ['This is the root user, whom no permission restrains.'] : []),
    ],
    next: [whereToLook(provider)],
    evidence: inOrder(due.map(({ evidence }) => evidence)),
  };
}

/** A policy no longer asks for second factors, or for one kind of them. */
export function switchedOff(event: ApiActivity): Finding {
  const provider = providerOf(event.source);
  const what = event.resource?.name === undefined ? '' : ` (${event.resource.name})`;
  return {
    severity: 'medium',
    confidence: 'high',
    summary: `Switched second factors off at ${providerName(provider)} by ${event.operation}${what}.`,
    why: ['It is not one person’s factor: whoever the policy is about now needs a password and no more.'],
    next: ['Ask for the change ticket, and look which sign-ins since then had a password alone.'],
    evidence: [evidenceOf(event, event.operation)],
  };
}

function cameOff({ everything, by, provider }: Off): string {
  const what = everything ? 'All second factors' : 'A second factor';
  const who = by === undefined ? (everything ? 'reset' : 'taken off') : `taken off by ${by}`;
  return `${what} at ${providerName(provider)} ${everything ? 'were' : 'was'} ${who}`;
}

function travelTo({ country }: StrangeStep): Approvable {
  return { kind: 'travel', ...(country === undefined ? {} : { countries: [country] }) };
}

function clock({ time }: Step): string {
  return isoTime(time).slice(11, 16);
}

function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...evidence].sort((a, b) => compareText(a.time, b.time));
}
