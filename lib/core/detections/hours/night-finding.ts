/** What an alert on somebody who works by night says. */
import type { Evidence } from '../../alerts/alert.ts';
import { utcOffsetMinutes } from '../../places/local-time.ts';
import { covers } from '../../policy.ts';
import { tenureDays } from '../../people/tenure.ts';
import { type EpochMs } from '../../time.ts';
import type { Approvable, Finding } from '../contract.ts';
import type { Block } from './busiest-block.ts';
import type { HoursContext } from './parameters.ts';

/** What was judged, and when. */
export interface Nights {
  readonly time: EpochMs;
  readonly timeZone: string;
  readonly block: Block;
  readonly workdays: number;
  readonly evidence: readonly Evidence[];
}

export function workingByNight(
  { time, timeZone, block, workdays, evidence }: Nights,
  context: HoursContext,
): Finding {
  const { person, parameters } = context;
  const days = tenureDays(person, time) ?? Infinity;
  const isNewHire = days >= 0 && days <= parameters.newHireDays;
  const percent = Math.floor(block.share * 100);
  const offset = (utcOffsetMinutes(timeZone, time) ?? 0) / 60;
  return {
    severity: isNewHire && block.share >= parameters.newHireShare ? 'medium' : 'low',
    confidence: 'medium',
    summary: `Works by night: ${percent} % of the active hours of ${workdays} working days lie between ${clock(block.start)} and ${clock(block.start + block.hours)} in ${timeZone}.`,
    why: [
      `${timeZone} is where this person is said to work; most people’s hours there lie between 7:00 and 19:00.`,
      `The same hours are 9:00 to 17:00 at UTC${offsetText(offset + 9 - block.start)}.`,
      ...(isNewHire ? [`Hired ${Math.floor(days)} days ago.`] : []),
    ],
    evidence,
    restates: true,
    approvable: beingElsewhere(context),
  };
}

/** To work elsewhere explains other hours, wherever that is. */
function beingElsewhere({ person, policy }: HoursContext): Approvable {
  const own = policy.approvals.filter((approval) => covers(approval.for, { person }));
  return {
    kind: ['travel', 'location'],
    countries: own.flatMap(({ country }) => (country === undefined ? [] : [country])),
    cities: own.flatMap(({ city }) => (city === undefined ? [] : [city])),
  };
}

function clock(hour: number): string {
  return `${hour % 24}:00`;
}

function offsetText(hours: number): string {
  const offset = ((((hours + 12) % 24) + 24) % 24) - 12;
  const whole = Math.trunc(Math.abs(offset));
  const minutes = Math.round((Math.abs(offset) - whole) * 60);
  return `${offset < 0 ? '−' : '+'}${whole}${minutes === 0 ? '' : `:${minutes}`}`;
}
