/** The page of a run: docs/quality.md. It depends on the results alone. */
import { barsOf } from '../bars.ts';
import type { Results, Worlds } from '../results.ts';
import { attacksPart } from './attacks.ts';
import { compositePart } from './composite.ts';
import { conditionsPart } from './conditions.ts';
import { falseAlertsPart } from './false-alerts.ts';
import { count, detectionLink, NOTHING, part, rate, rateText, shareText, table } from './format.ts';

const PURPOSE_TEXT: Readonly<Record<Worlds['purpose'], string>> = {
  company: 'attacks, false alerts, the composite, the plain rule',
  fortnight: 'the first fortnight',
  lists: 'lists, without and with',
  delivery: 'careless delivery',
};

export function qualityPage(results: Results): string {
  return `# How well it detects

<!-- Written by \`${results.run.command}\`. -->

${summary(results)}

${table(
  ['bar', '', 'measured', ''],
  barsOf(results).map(({ what, bar, value, isMet }) => [
    what,
    bar,
    barValue(bar, value),
    isMet ? 'met' : '**missed**',
  ]),
)}

${limits(results)}

${attacksPart(results)}

${falseAlertsPart(results)}

${baseRates(results)}

${compositePart(results)}

${conditionsPart(results)}

${repeating(results)}
`;
}

function barValue(bar: string, value: number | undefined): string {
  if (value === undefined) return NOTHING;
  if (bar.startsWith('≥')) return part(value);
  return bar.startsWith('≤') ? rate(value) : count(value);
}

function summary({ recall, falseAlerts }: Results): string {
  return `Of ${count(recall.found.of)} attacks played in invented companies, ${count(recall.found.count)} were found: ${shareText(recall.found)}. Honest people raised
${rateText(falseAlerts.mediumOrMore)} false alerts of medium or more and ${rateText(falseAlerts.highOrMore)} of high or more per 1,000 person-days.`;
}

function limits({ notEvaluated, recall, blind }: Results): string {
  const silent =
    notEvaluated.length === 0
      ? ''
      : `\n- Not evaluated, for want of what they need: ${notEvaluated.map(detectionLink).join(', ')}.`;
  return `## What these numbers are not

- **All of it is synthetic.** There is no public labelled data set of people placed under a false name. The companies are made by
  our simulator, whose benign doings we chose; what it lacks, nobody has been wrongly told of. Where phones and VPNs leave the
  Internet, a third of the latter abroad, and what long journeys cost was made more lifelike after a first look at alerts.
- **Most attacks were written beside the detections**; ${count(blind.found.of)} of the ${count(recall.found.of)} played were written from public reports by somebody who
  had not read them. An attack that nobody thought of is not among either. That one is found here says that the detections do
  what they say, in records shaped as the vendors’ are.
- **Your company is another.** Its false alerts depend on how its people travel, which networks they use and how its policy is
  kept. The causes below say where to look first.
- Records go through the real normalisers, places and engine, but no network: \`scan\` reads them as an archive of a deployment.${silent}`;
}

function baseRates({ baseRates: rows }: Results): string {
  return `## What an alert is worth

With one impostor among 1,000 people hired, which is a guess, and the share of honest people of whom something was wrongly
raised at least once in the weeks measured; _at the upper end_ of that share’s interval, because few are not none:

${table(
  ['', 'honest people told of', 'impostors told of', 'true, of 1,000 hired', 'false', 'an alarm is true'],
  rows.map(({ what, isMeasured, falseShare, recall, trueAlarms, falseAlarms, precision }) => [
    isMeasured ? `**${what}**, measured` : what,
    percent(falseShare),
    percent(recall),
    trueAlarms.toFixed(2),
    falseAlarms.toFixed(1),
    precision === undefined ? NOTHING : percent(precision),
  ]),
)}

Nobody is an impostor because an alert says so: it is a reason to look.`;
}

function repeating({ run, worlds }: Results): string {
  return `## To repeat it

\`${run.command}\` made this page with the ${run.seeds} seeds, in ${Math.ceil(run.minutes)} minutes, from version ${run.version} (${run.commit}).
The same version and seeds give the same numbers. Thresholds are tuned on other seeds (\`--seeds tune\`).

${table(
  ['worlds for', 'companies', 'people', 'days', 'seeds', 'records', 'rejected'],
  worlds.map((each) => [
    PURPOSE_TEXT[each.purpose],
    String(each.count),
    String(each.people),
    String(each.days),
    each.firstSeed === each.lastSeed ? String(each.firstSeed) : `${each.firstSeed}–${each.lastSeed}`,
    count(each.records),
    count(each.rejected),
  ]),
)}`;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 || value === 0 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2)} %`;
}
