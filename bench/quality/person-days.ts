/** How long honest people were watched: what false alerts are counted against. Calendar days, Sundays among them. */
import { DAY_MS, type EpochMs } from '../../lib/core/time.ts';
import type { Hired, Observed } from './trial.ts';

/** A stretch of somebody's time. */
export interface Span {
  readonly id: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** Gives the honest time of everybody on the people file: employed, inside the window, and before they attack. */
export function honestSpans({ start, end, people, labels }: Observed): readonly Span[] {
  return people.flatMap((person) => {
    const attacks = labels.filter(({ subjects }) => subjects.includes(person.id));
    const from = Math.max(start, person.hiredTime ?? start);
    const until = Math.min(end, person.endsTime ?? end, ...attacks.map(({ begin }) => begin));
    return until > from ? [{ id: person.id, from, until }] : [];
  });
}

/** Gives the part of it that lies in people's first days of work. */
export function firstDays(observed: Observed, days: number): readonly Span[] {
  const hired = new Map(observed.people.map((person) => [person.id, person]));
  return honestSpans(observed).flatMap(({ id, from, until }) => {
    const { hiredTime } = hired.get(id) as Hired;
    if (hiredTime === undefined) return [];
    const last = Math.min(until, hiredTime + days * DAY_MS);
    return last > from ? [{ id, from, until: last }] : [];
  });
}

export function daysIn(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, until }) => sum + (until - from) / DAY_MS, 0);
}
