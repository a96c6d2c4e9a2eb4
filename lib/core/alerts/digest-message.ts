/** Many alerts as one message: counted by detection, the worst first. */
import { compareText } from '../events/event.ts';
import type { Alert } from './alert.ts';
import { LONGEST_LINE, whoText, type Detail, type Message, type Section } from './message.ts';
import { asSubject, quoted, shortId } from './quoted.ts';
import { SEVERITIES, severityRank, worse, type Severity } from './severity.ts';
import { forReading } from './text.ts';

/** Why alerts come together: a first look back over what was there already, or too many at once. */
export type DigestOf = 'backlog' | 'flood';

const TITLES: Readonly<Record<DigestOf, string>> = {
  backlog: 'What the last 14 days show',
  flood: 'Many alerts at once',
};
const LISTED = 20;

/**
 * Says what many alerts say.
 *
 * @param alerts - at least one, in any order
 * @example digestMessage('backlog', alerts, 'full').subject // => 'Ringer: what the last 14 days show: 31 alerts, worst high'
 */
export function digestMessage(of: DigestOf, alerts: readonly Alert[], detail: Detail): Message {
  const inOrder = forReading(alerts);
  const worst = alerts.reduce<Severity>((most, { severity }) => worse(most, severity), 'informational');
  const count = alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`;
  const title = `${TITLES[of]}: ${count}, worst ${worst}`;
  return {
    kind: 'digest',
    // The same alerts give the same name, whatever they were read in.
    id: shortId(inOrder[0]?.id ?? ''),
    subject: asSubject(`Ringer: ${title.charAt(0).toLowerCase()}${title.slice(1)}`),
    title,
    sections: [
      { heading: 'By detection', lines: byDetection(alerts) },
      listed(inOrder, detail),
      { lines: ['All of them: ringer alerts list'] },
    ],
    severities: SEVERITIES.filter((severity) => alerts.some((alert) => alert.severity === severity)),
  };
}

function listed(inOrder: readonly Alert[], detail: Detail): Section {
  const lines = inOrder.slice(0, LISTED).map((alert) => lineOf(alert, detail));
  const more = inOrder.length - lines.length;
  return { heading: 'Worst first', lines: more === 0 ? lines : [...lines, `and ${more} more`] };
}

function lineOf(alert: Alert, detail: Detail): string {
  const head = `${alert.severity}: ${quoted(alert.title, 100)}`;
  const id = shortId(alert.id);
  if (detail === 'minimal') return `${head} (${id})`;
  return quoted(`${head}: ${quoted(whoText(alert), 120)}, ${alert.time.slice(0, 10)} (${id})`, LONGEST_LINE);
}

function byDetection(alerts: readonly Alert[]): readonly string[] {
  const counts = new Map<string, { title: string; count: number; worst: Severity }>();
  for (const { detection, title, severity } of alerts) {
    const known = counts.get(detection) ?? { title: quoted(title, 100), count: 0, worst: severity };
    counts.set(detection, { ...known, count: known.count + 1, worst: worse(known.worst, severity) });
  }
  return [...counts.values()]
    .sort(
      (a, b) =>
        severityRank(b.worst) - severityRank(a.worst) || b.count - a.count || compareText(a.title, b.title),
    )
    .map(({ title, count, worst }) => `${count} × ${title}, worst ${worst}`);
}
