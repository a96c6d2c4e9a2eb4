/** The part of the page about what was found. */
import { SEVERITIES, type Severity } from '../../../lib/core/alerts/severity.ts';
import type { Delay, Recall } from '../recall.ts';
import type { Results } from '../results.ts';
import { delayText, shareText, table } from './format.ts';

export function attacksPart(results: Results): string {
  return `## Attacks

An attack is found when an alert of one of the detections that are to find it stands about one of those who attack, and
happened no earlier than the attack. _Worst_ is the most severe alert of these and the composite: somebody is told of medium
and more. _Impostor_ is the share whose person \`suspected-impostor\` names, where it should. Shares with Wilson’s 95 % interval.
Delays run from the attack’s first record to the alert, by the times of events; the way through a deployment adds its poll
interval and some seconds, a vendor its own lateness.

${overall(results)}

_Written blind_ are attacks from public reports by somebody who had not read the detections.

${each(results)}

${missedText(results)}`;
}

function overall({ recall, blind }: Results): string {
  const both = (of: (recall: Recall) => string): readonly string[] => [recall, blind].map(of);
  return table(
    ['', 'all attacks', 'written blind'],
    [
      ['played', ...both(({ found }) => String(found.of))],
      ['found', ...both(({ found }) => shareText(found))],
      ['told of: medium or more', ...both(({ told }) => shareText(told))],
      ['impostor suspected, where it should be', ...both(({ composite }) => shareText(composite))],
      ['until found: median, 90 %', ...both(({ delay }) => delays(delay))],
      [
        'until the impostor is suspected: median, 90 %',
        ...both(({ compositeDelay }) => delays(compositeDelay)),
      ],
    ],
  );
}

function each({ attacks }: Results): string {
  return table(
    ['attack', 'played', 'found', 'worst', 'until found', 'impostor', 'until suspected'],
    attacks.map(({ attack, found, worst, composite, delay, compositeDelay }) => [
      attack,
      String(found.of),
      shareText(found),
      severities(worst),
      delays(delay),
      composite.of === 0 ? '' : shareText(composite),
      composite.of === 0 ? '' : delays(compositeDelay),
    ]),
  );
}

function missedText({ missed }: Results): string {
  if (missed.length === 0) return 'No attack is played of which it is known that it is missed.';
  return `Known to be missed, and no part of recall:

${table(
  ['attack', 'played', 'something was raised all the same'],
  missed.map(({ attack, played, noticed }) => [attack, String(played), String(noticed)]),
)}`;
}

function severities(worst: Readonly<Record<Severity, number>>): string {
  const raised = [...SEVERITIES].reverse().filter((severity) => worst[severity] > 0);
  return raised.map((severity) => `${severity} ${worst[severity]}`).join(', ');
}

function delays({ medianMs, p90Ms }: Delay): string {
  return medianMs === undefined ? delayText(undefined) : `${delayText(medianMs)}, ${delayText(p90Ms)}`;
}
