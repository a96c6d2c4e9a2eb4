/** Somebody's first fortnight, in which nothing is known of them but what is claimed. */
import { DAY_MS } from '../../lib/core/time.ts';
import { atLeast } from './counts.ts';
import { falseIn } from './false-in.ts';
import { isExpected } from './matching.ts';
import { daysIn, firstDays } from './person-days.ts';
import { rateOf, shareOf, type Rate, type Share } from './statistics.ts';
import type { Observed } from './trial.ts';

export const FIRST_DAYS = 14;

export interface NewHires {
  /** Attacks of people in their first days, found before these were over. */
  readonly found: Share;
  readonly personDays: number;
  /** Medium or more, about honest people in their first days. */
  readonly falseAlerts: Rate;
}

export function newHires(observed: readonly Observed[]): NewHires {
  let [found, played, wrong] = [0, 0, 0];
  const spans = observed.flatMap((each) => firstDays(each, FIRST_DAYS));
  for (const each of observed) {
    const hired = new Map(each.people.map(({ id, hiredTime }) => [id, hiredTime]));
    for (const label of each.labels) {
      const days = label.subjects.map((id) => (hired.get(id) ?? -Infinity) + FIRST_DAYS * DAY_MS);
      const until = Math.max(...days);
      if (label.expects.length === 0 || !(label.begin < until)) continue;
      played += 1;
      if (each.alerts.some((alert) => isExpected(alert, label) && alert.time < until)) found += 1;
    }
    const own = new Map(firstDays(each, FIRST_DAYS).map((span) => [span.id, span]));
    wrong += atLeast(falseIn(each), 'medium').filter(({ subject, time }) => {
      const span = own.get(subject.id);
      return span !== undefined && time >= span.from && time < span.until;
    }).length;
  }
  const personDays = daysIn(spans);
  return { found: shareOf(found, played), personDays, falseAlerts: rateOf(wrong, personDays) };
}
