/** What the measured numbers have to reach. */
import type { Results } from './results.ts';
import type { Rate } from './statistics.ts';

export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly value: number | undefined;
  /** What was not measured reaches nothing. */
  readonly isMet: boolean;
  /** It is missed by more than chance: not even the better end of the interval reaches it. */
  readonly isClearlyMissed: boolean;
}

const LEAST_RECALL = 0.98;
/** False alerts per 1,000 person-days. */
const MOST_MEDIUM = 1;
const MOST_HIGH = 0.1;

export function barsOf({ recall, falseAlerts, delivery }: Results): readonly Bar[] {
  const differences = delivery.map(({ missing, more, otherwise }) => missing + more + otherwise);
  const differing = differences.length === 0 ? undefined : differences.reduce((a, b) => a + b, 0);
  return [
    {
      what: 'recall: attacks found by a detection that is to find them',
      bar: `≥ ${LEAST_RECALL}`,
      value: recall.found.share,
      isMet: (recall.found.share ?? 0) >= LEAST_RECALL,
      isClearlyMissed: (recall.found.interval?.high ?? 0) < LEAST_RECALL,
    },
    atMost('false alerts of medium or more per 1,000 person-days', falseAlerts.mediumOrMore, MOST_MEDIUM),
    atMost('false alerts of high or more per 1,000 person-days', falseAlerts.highOrMore, MOST_HIGH),
    {
      what: 'alerts that differ when the same records come in another order, twice or late',
      bar: '0',
      value: differing,
      isMet: differing === 0,
      isClearlyMissed: differing !== 0,
    },
  ];
}

function atMost(what: string, { per1000, interval }: Rate, most: number): Bar {
  return {
    ...{ what, bar: `≤ ${most}`, value: per1000 },
    isMet: (per1000 ?? Infinity) <= most,
    isClearlyMissed: (interval?.low ?? Infinity) > most,
  };
}
