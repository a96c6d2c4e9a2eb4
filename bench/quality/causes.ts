/** What would explain false alerts: honest doings of whomever they are about. Most people have several, some nearly all. */
import { atLeast, countsOf, type Counts } from './counts.ts';
import { falseIn } from './false-in.ts';
import { daysIn, honestSpans } from './person-days.ts';
import { rateOf, type Rate } from './statistics.ts';
import type { Observed, SeenAlert } from './trial.ts';

/** Of people in whose life there is nothing odd, and of addresses, accounts and the organization. */
export const NO_CAUSE = 'no known cause';

/** Alerts about somebody with two causes are in both. */
export interface CauseResult {
  readonly cause: string;
  /** Of honest people with that cause. */
  readonly personDays: number;
  readonly counts: Counts;
  readonly mediumOrMore: Rate;
}

/** A cause that those whom a detection names wrongly have more often than others. */
export interface Suspicion {
  readonly cause: string;
  /** So many of the alerts are about somebody with it. */
  readonly count: number;
  readonly of: number;
}

/** The logarithm by which a cause has to explain better than chance: a twentieth is not worth naming. */
const WORTH_NAMING = 3;

export class Causes {
  readonly #causes = new Map<SeenAlert, readonly string[]>();
  readonly #days = new Map<string, number>();
  #allDays = 0;

  constructor(observed: readonly Observed[]) {
    for (const trial of observed) {
      const causesOf = (id: string): readonly string[] => {
        const known = trial.causes[id] ?? [];
        return known.length > 0 ? known : [NO_CAUSE];
      };
      for (const alert of falseIn(trial)) this.#causes.set(alert, causesOf(alert.subject.id));
      for (const span of honestSpans(trial)) {
        const days = daysIn([span]);
        this.#allDays += days;
        for (const cause of causesOf(span.id)) this.#days.set(cause, (this.#days.get(cause) ?? 0) + days);
      }
    }
  }

  /** Every cause there was, the one with most alerts of medium or more a day first. */
  results(): readonly CauseResult[] {
    const alerts = [...this.#causes.keys()];
    const all = new Set([...this.#days.keys(), ...[...this.#causes.values()].flat()]);
    return [...all]
      .map((cause) => {
        const found = alerts.filter((alert) => this.#causes.get(alert)?.includes(cause));
        const personDays = this.#days.get(cause) ?? 0;
        const mediumOrMore = rateOf(atLeast(found, 'medium').length, personDays);
        return { cause, personDays, counts: countsOf(found), mediumOrMore };
      })
      .sort(
        (a, b) =>
          (b.mediumOrMore.per1000 ?? 0) - (a.mediumOrMore.per1000 ?? 0) || (a.cause < b.cause ? -1 : 1),
      );
  }

  /** Gives what explains false alerts about people best, if anything does better than chance. */
  likeliest(all: readonly SeenAlert[]): Suspicion | undefined {
    const alerts = all.filter(({ subject }) => subject.kind === 'person');
    let best: { readonly suspicion: Suspicion; readonly worth: number } | undefined;
    for (const [cause, days] of this.#days) {
      if (cause === NO_CAUSE) continue;
      const count = alerts.filter((alert) => this.#causes.get(alert)?.includes(cause)).length;
      const times = count / alerts.length / (days / this.#allDays);
      const worth = times > 1 ? count * Math.log(times) : 0;
      if (worth >= Math.max(WORTH_NAMING, best?.worth ?? 0))
        best = { suspicion: { cause, count, of: alerts.length }, worth };
    }
    return best?.suspicion;
  }
}
