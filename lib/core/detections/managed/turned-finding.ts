/** What an alert on a device that turned bad says. */
import type { SubjectRef } from '../../people/subject.ts';
import { dayOf } from '../../time.ts';
import type { Finding } from '../contract.ts';
import { flipConclusion } from './fleet-flips.ts';
import { ASPECTS, type Aspect } from './posture.ts';
import { nameOf, objectOf, type Posture, type Turned } from './turned.ts';

interface Said {
  readonly subject: SubjectRef;
  readonly parameters: {
    readonly lastsHours: number;
    readonly silentDays: number;
    readonly silentSignInDaysAtLeast: number;
  };
}

export function findingOf(
  posture: Posture,
  aspect: Aspect,
  { since, shown, evidence, next }: Turned,
  { subject, parameters }: Said,
): Finding {
  const name = nameOf(posture);
  return {
    severity: ASPECTS[aspect].severity,
    confidence: 'high',
    object: objectOf(posture),
    summary: `${name} ${ASPECTS[aspect].bad}, since ${dayOf(since)}.`,
    why: [
      aspect === 'reporting'
        ? `It reported by itself before; since ${dayOf(since)} it has not, and on ${parameters.silentSignInDaysAtLeast} days or more of the last ${parameters.silentDays} somebody signed in from it.`
        : `The inventory listed it as in order before ${dayOf(since)}; it has not been put right within ${parameters.lastsHours} hours.`,
      'Few other devices turned the same way at that time: it is not a new policy.',
    ],
    next: [next],
    evidence: [evidence],
    related: subject.kind === 'device' ? [] : [{ kind: 'device', id: posture.device.id }],
    conditions: [{ conclusion: flipConclusion(aspect, shown), then: 'withdrawn', awaited: true }],
  };
}
