/** From something opened or closed to what is said of the day: the two verdicts that the detections of openness share. */
import type { AlertObject } from '../../alerts/alert.ts';
import { severityRank } from '../../alerts/severity.ts';
import { dayOf, MINUTE_MS } from '../../time.ts';
import type { Finding, Parameters, Verdict } from '../contract.ts';
import { enter, takeBack, type Closing, type Ledger, type Ledgers, type Opening } from './ledger.ts';
import { dayEvidence, sum, type Limits, type Sum } from './sum.ts';

export const TAKEN_BACK_PARAMETERS = {
  takenBackMinutes: {
    value: 60,
    why: 'What is closed again within the hour of the same day was mostly a slip, noticed; it may have been read all the same.',
  },
} as const satisfies Parameters;

/** How a detection measures a day, and its words for it. */
export interface Telling {
  readonly limitsOf: (object: AlertObject) => Limits;
  readonly takenBackMinutes: number;
  readonly say: Saying;
}

export type Saying = (
  day: Sum,
) => Pick<Finding, 'confidence' | 'summary' | 'why' | 'benign' | 'next' | 'related'>;

/** Counts what was opened and says what the day comes to. */
export function onOpened(ledgers: Ledgers, openings: readonly Opening[], telling: Telling): Verdict<Ledgers> {
  return {
    outcome: 'finding',
    state: ledgers,
    findings: openings.map((opening) => ({
      ...findingOf(enter(ledgers, opening), telling),
      evidence: [opening.evidence],
    })),
  };
}

/** Takes an opening of the same day back: the day is told anew without it. What was opened longer ago stays said. */
export function onClosed(ledgers: Ledgers, closing: Closing, telling: Telling): Verdict<Ledgers> {
  const changed = takeBack(ledgers, closing, telling.takenBackMinutes * MINUTE_MS);
  if (changed.length === 0) return { outcome: 'clear', state: ledgers };
  const day = dayOf(closing.time);
  return {
    outcome: 'finding',
    state: ledgers,
    explains: changed.map(({ object }) => ({ object, why: 'It was taken back.', day })),
    findings: changed.map((ledger) => ({ ...findingOf(ledger, telling), ...dayEvidence(ledger) })),
  };
}

function findingOf(ledger: Ledger, { limitsOf, say }: Telling): Omit<Finding, 'evidence'> {
  const { object } = ledger;
  const day = sum(ledger, limitsOf(object));
  return {
    ...say(day),
    severity: day.severity,
    object,
    restates: true,
    approvable: {
      kind: 'sharing',
      names: [object.id, ...(object.name === undefined ? [] : [object.name]), ...day.names],
    },
  };
}

/** Says how the day compares with the limit and the person's own days; nothing below it. */
export function measureText({ count, limit, busiest, severity }: Sum): readonly string[] {
  if (count < limit || severityRank(severity) < severityRank('medium')) return [];
  return [
    busiest === undefined
      ? `From ${limit} distinct ones a day it is more than a habit; there are too few earlier days of theirs to compare with.`
      : `Their own busiest day of the last 30 had ${busiest}; from ${limit} it is no longer their own work.`,
  ];
}

/** Says what of the day was taken back again. */
export function takenBackText({ closed, allClosed }: Sum): readonly string[] {
  if (closed === 0) return [];
  return [
    allClosed
      ? 'All of it was taken back soon; it may have been read all the same.'
      : `${closed} of them ${closed === 1 ? 'was' : 'were'} taken back soon.`,
  ];
}

/** Lists texts for people, the last joined by “and”. */
export function listed(texts: readonly string[], all: number = texts.length): string {
  const more = all > texts.length ? [`${all - texts.length} more`] : [];
  const parts = [...texts, ...more];
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
