/** The part of the page about what was raised wrongly. */
import { SEVERITIES } from '../../../lib/core/alerts/severity.ts';
import type { Counts } from '../counts.ts';
import type { FalseAlerts } from '../false-alerts.ts';
import type { Results } from '../results.ts';
import { count, detectionLink, rateText, table } from './format.ts';

const WORST_FIRST = [...SEVERITIES].reverse();

export function falseAlertsPart({ falseAlerts }: Results): string {
  return `## False alerts

Over ${count(Math.round(falseAlerts.personDays))} days of honest people, Sundays among them: everything that is about no attack, whatever its subject. An
alert that an approval covers is none. Rates per 1,000 person-days with the exact Poisson interval of 95 % (Garwood); alerts
of one person are not independent, so that the truth may lie a little further out.

${severities(falseAlerts)}

By detection. _Explained best by_ is the honest doing that those who are named wrongly (at medium or more, where there are any)
have more often than others, if chance would not do it.

${detections(falseAlerts)}

By honest doings. Most people have several, so that an alert is in several rows; what nearly everybody has explains nothing. _No
known cause_ are addresses, accounts, the organization, and people in whose life there is nothing odd.

${causes(falseAlerts)}`;
}

function severities({ bySeverity, mediumOrMore, highOrMore }: FalseAlerts): string {
  return table(
    ['severity', 'alerts', 'per 1,000 person-days'],
    [
      ...WORST_FIRST.map((severity) => [
        severity,
        count(bySeverity[severity].count),
        rateText(bySeverity[severity]),
      ]),
      ['**medium or more**', count(mediumOrMore.count), `**${rateText(mediumOrMore)}**`],
      ['**high or more**', count(highOrMore.count), `**${rateText(highOrMore)}**`],
    ],
  );
}

function detections({ byDetection }: FalseAlerts): string {
  return table(
    ['detection', ...WORST_FIRST, 'explained best by'],
    byDetection.map(({ detection, counts, likeliest }) => [
      detectionLink(detection),
      ...cells(counts),
      likeliest === undefined ? '' : `${likeliest.cause}: ${likeliest.count} of ${likeliest.of}`,
    ]),
  );
}

function causes({ byCause }: FalseAlerts): string {
  return table(
    ['honest doing', 'person-days', ...WORST_FIRST, 'medium or more per 1,000'],
    byCause.map(({ cause, personDays, counts, mediumOrMore }) => [
      cause,
      count(Math.round(personDays)),
      ...cells(counts),
      rateText(mediumOrMore),
    ]),
  );
}

function cells(counts: Counts): readonly string[] {
  return WORST_FIRST.map((severity) => (counts[severity] === 0 ? '' : String(counts[severity])));
}
