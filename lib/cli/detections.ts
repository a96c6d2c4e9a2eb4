/** `ringer detections`: the catalogue, from the code. */
import { ATTACK_VERSION, CATALOGUE, DETECTIONS } from '../core/detections/index.ts';
import { columns } from './columns.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';

/** Prints id, family, usual severity and title of each. */
export function listDetections(): number {
  const rows = CATALOGUE.map(({ id, family, severity, title }) => [id, family, severity, title]);
  process.stdout.write(columns([['ID', 'FAMILY', 'SEVERITY', 'TITLE'], ...rows]));
  return EXIT.done;
}

/** Prints one detection: what it needs, cannot see and mistakes, its parameters and what to check. */
export function showDetection(id: string): number {
  const detection = CATALOGUE.find((each) => each.id === id);
  if (detection === undefined) {
    notice(`ringer: there is no detection ${JSON.stringify(id)}; \`ringer detections list\` names them`);
    return EXIT.usage;
  }
  const list = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  - ${line}\n`).join('')}`;
  const parameters = Object.entries(detection.parameters).map(
    ([name, { value, why }]) => `${name} = ${String(value)}: ${why}`,
  );
  process.stdout.write(
    `${detection.title} (${detection.id})\n` +
      `family ${detection.family}, usually ${detection.severity}, ATT&CK ${ATTACK_VERSION} ${detection.attack.join(' ')}\n` +
      `watches ${watchedBy(id)}; needs ${detection.needs.length === 0 ? 'nothing more' : detection.needs.join(', ')}\n` +
      list('Cannot see', detection.blindSpots) +
      list('Innocent explanations', detection.falsePositives) +
      list('What to check', detection.triage) +
      list('Parameters', parameters) +
      list('References', detection.references),
  );
  return EXIT.done;
}

function watchedBy(id: string): string {
  return DETECTIONS.find((each) => each.id === id)?.watches.join(', ') ?? 'the alerts of all others';
}
