/** The part of the page about other conditions: a plain rule, careless delivery, lists, and the first fortnight. */
import type { Delivery } from '../delivery.ts';
import { FIRST_DAYS } from '../new-hires.ts';
import type { Part, Results } from '../results.ts';
import { count, detectionLink, rateText, shareText, table } from './format.ts';

const DELIVERY_TEXT: Readonly<Record<Delivery, string>> = {
  'as-delivered': 'as their vendors deliver them',
  shuffled: 'in any order',
  twice: 'all of it twice',
  late: 'each up to 24 h late',
  'over-time': 'up to 24 h late, some twice, evaluated every 6 h with a sealed state, as a deployment does',
};

export function conditionsPart({ plain, delivery, lists, fortnight, newHires }: Results): string {
  return `## Beside a plain rule

The rule that everybody writes first: the straight line between two successive sign-ins, and nobody is faster than 900 km/h;
for every provider by itself, and for all of them together. Same companies, same places; attacks that ${detectionLink('impossible-travel')} is to
find.

${table(
  ['rule', 'played', 'found', 'false alerts', 'per 1,000 person-days'],
  plain.map(({ rule, found, falseAlerts }) => [
    rule,
    String(found.of),
    shareText(found),
    String(falseAlerts.count),
    rateText(falseAlerts),
  ]),
)}

## Careless delivery

One company’s records in other ways, against the way its vendors deliver them: late, and some twice, as it is.

${table(
  ['records come', 'alerts', 'missing', 'more', 'say something else', 'of'],
  delivery.map((each) => [
    DELIVERY_TEXT[each.delivery],
    count(each.alerts),
    ...[each.missing, each.more, each.otherwise].map(String),
    each.detections.map(detectionLink).join(', '),
  ]),
)}

## Lists

All other numbers on this page are of an installation without any refreshed list of VPN exits: what is known of an address is
what records and the built-in tables say. The same companies with lists that name every exit that any record of theirs names
differ as follows. A list 180 days old lies in between, as far as it finds less; what it wrongly says of addresses that have
changed hands since is not measured.

${partsTable([
  ['without lists', lists.none],
  ['with lists as fresh as can be', lists.fresh],
])}

## The first fortnight

A company of which Ringer has seen nothing before, for its first ${FIRST_DAYS} days: what compares with somebody’s own past is
silent until it has one.

${partsTable([['first fortnight of a company', fortnight]])}

Of people who were hired in the companies above: ${shareText(newHires.found)} of ${newHires.found.of} attacks that began in somebody’s first ${FIRST_DAYS} days were
found within them; the honest raised ${rateText(newHires.falseAlerts)} false alerts of medium or more per 1,000 of their first days
(${count(Math.round(newHires.personDays))} days).`;
}

function partsTable(parts: readonly (readonly [string, Part])[]): string {
  if (parts.every(([, { falseAlerts }]) => falseAlerts.personDays === 0))
    return '_Not measured in this run._';
  return table(
    ['', 'attacks', 'found', 'told of', 'impostor suspected', 'false: low', 'medium or more', 'high or more'],
    parts.map(([name, { recall, falseAlerts }]) => [
      name,
      String(recall.found.of),
      shareText(recall.found),
      shareText(recall.told),
      shareText(recall.composite),
      rateText(falseAlerts.bySeverity.low),
      rateText(falseAlerts.mediumOrMore),
      rateText(falseAlerts.highOrMore),
    ]),
  );
}
