/** The thresholds of the composite, each with its reason. */
import type { Context, Parameters } from '../contract.ts';

export const IMPOSTOR_PARAMETERS = {
  raisedFrom: {
    value: 50,
    why: 'Two strong signs with different innocent explanations, or one strong and several weak ones.',
  },
  criticalFrom: {
    value: 80,
    why: 'More than any two explanations can give together without something a person cannot write.',
  },
  mostPerExplanation: {
    value: 40,
    why: 'However often somebody is abroad behind a VPN, being abroad explains all of it: less than raises an alert.',
  },
  halfLifeDays: {
    value: 14,
    why: 'The signs of a placed worker gather over weeks; half of a month-old one is still worth a quarter.',
  },
  leastPoints: { value: 1, why: 'What weighs less is not worth a line in the explanation.' },
  newHireDays: {
    value: 30,
    why: 'The first month, in which equipment is delivered and remote access set up.',
  },
  newHireFactor: { value: 1.5, why: 'Of somebody that new nothing else is known that would speak for them.' },
  recentHireDays: { value: 90, why: 'After three months a person has a record with their colleagues.' },
  recentHireFactor: { value: 1.25, why: 'Between the first month and a settled colleague.' },
} as const satisfies Parameters;

export type ImpostorContext = Context<typeof IMPOSTOR_PARAMETERS>;
