/** Renders docs/detections.md from the catalogue. */
import type { Contributes, Described, Detection } from '../lib/core/detections/contract.ts';
import { ATTACK_VERSION, CATALOGUE, DETECTIONS } from '../lib/core/detections/index.ts';
import { suspectedImpostor } from '../lib/core/detections/suspected-impostor.ts';
import { MANIFESTS } from '../lib/sources/manifests.ts';

/** @param note - says that the page is generated */
export function detectionsPage(note: string): string {
  const rows = CATALOGUE.map(
    ({ id, title, family, severity, attack }) =>
      `| [${id}](#${id}) | ${title} | ${family} | ${severity} | ${attack.join(', ')} |`,
  );
  return `# Detections

${note}
A detection compares what happened with what people claim and with their own past; none looks at where somebody is from,
at a name or at a language ([fairness.md](fairness.md)). How well they do is measured in [quality.md](quality.md).
Technique ids are those of MITRE ATT&CK ${ATTACK_VERSION}.

| id | finds | family | usually | ATT&CK |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

${DETECTIONS.map(detectionSection).join('\n')}
${compositeSection()}`;
}

function detectionSection(detection: Detection): string {
  return `${heading(detection)} Fed by ${sourcesOf(detection)}; needs ${needs(detection)}. One alert per ${
    detection.alertPer === 'day'
      ? 'subject, object and UTC day'
      : 'subject and object, as long as the condition lasts'
  }. Expected: about ${detection.expectedPerMonthPer1000People} a month per 1,000 people, of
any severity.

${contribution(detection.contributes)}

${texts(detection)}`;
}

function compositeSection(): string {
  const weights = DETECTIONS.flatMap(({ id, severity, contributes }) =>
    contributes === undefined
      ? []
      : [
          `| [${id}](#${id}) | ${contributes.weight} at ${severity} | ${contributes.explainedBy} | ${contributes.independent ? 'yes' : ''} |`,
        ],
  );
  return `${heading(suspectedImpostor)} Weighs the alerts of all others about one person, and grows with them: one alert
a person. Expected: about ${suspectedImpostor.expectedPerMonthPer1000People} a month per 1,000 people.

Findings that one innocent explanation covers count together up to a cap. High takes something that the person cannot write
(roster, other people's devices, installed software), or three explanations; critical both. What is approved or withdrawn
weighs nothing, and what was not seen for a while less and less. It is judged at the time of its evidence.

| detection | points | explained by | cannot be written by the person |
| --- | --- | --- | --- |
${weights.join('\n')}

${texts(suspectedImpostor)}`;
}

function heading({ id, title }: Described): string {
  return `## ${id}\n\n**${title}.**`;
}

/** Every feed that gives a kind of event the detection watches, by the source its records are counted under. */
function sourcesOf({ watches, subjects }: Detection): string {
  // An address hears of every sign-in from it.
  const heard = subjects.includes('address') ? ['authentication'] : [];
  const kinds: ReadonlySet<string> = new Set([...watches, ...heard]);
  const bySource = new Map<string, string[]>();
  for (const { source, id, gives } of MANIFESTS.flatMap(({ feeds }) => feeds))
    if (gives.some((kind) => kinds.has(kind))) bySource.set(source, [...(bySource.get(source) ?? []), id]);
  return [...bySource].map(([source, feeds]) => `${source} (${feeds.join(', ')})`).join(', ');
}

function needs({ needs: all }: Described): string {
  return all.length === 0 ? 'nothing beyond its events' : all.join(', ');
}

function contribution(contributes: Contributes | undefined): string {
  if (contributes === undefined) return 'It weighs nothing in the composite.';
  const { weight, explainedBy, independent, clearedBy } = contributes;
  return `In the composite: ${weight} points, explained by _${explainedBy}_${independent ? ', and cannot be written by the person' : ''}. Cleared by: ${clearedBy}`;
}

function texts(entry: Described): string {
  const parameters = Object.entries(entry.parameters).map(
    ([name, { value, why }]) => `| \`${name}\` | ${cell(String(value))} | ${cell(why)} |`,
  );
  return `What it cannot see:

${bullets(entry.blindSpots)}
Innocent explanations:

${bullets(entry.falsePositives)}
What to check:

${bullets(entry.triage)}
${
  parameters.length === 0
    ? ''
    : `| parameter | default | why |
| --- | --- | --- |
${parameters.join('\n')}

`
}References: ${entry.references.map((url) => `<${url}>`).join(', ')}
`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}\n`).join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
