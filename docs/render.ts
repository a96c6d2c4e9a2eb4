/** Renders the pages of docs/ that are made from the code. `npm run docs` writes them; a test fails when they are old. */
import { ATTACK_VERSION, DETECTIONS } from '../lib/core/detections/index.ts';
import type { Detection } from '../lib/core/detections/contract.ts';
import { ERROR_CODES } from '../lib/core/errors.ts';
import type { Manifest } from '../lib/sources/manifest.ts';
import { MANIFESTS } from '../lib/sources/manifests.ts';
import { costPage } from './cost/page.ts';

/** Every generated page: file name below docs/, and its text. */
export function generatedPages(): readonly (readonly [string, string])[] {
  return [
    ['detections.md', detectionsPage()],
    ['sources.md', sourcesPage()],
    ['errors.md', errorsPage()],
    ['cost.md', costPage(NOTE)],
  ];
}

const NOTE = '<!-- Made from the code by `npm run docs`. -->\n';

function detectionsPage(): string {
  const rows = DETECTIONS.map(
    ({ id, title, family, severity, attack }) =>
      `| [${id}](#${id}) | ${title} | ${family} | ${severity} | ${attack.join(', ')} |`,
  );
  return `# Detections\n\n${NOTE}
Technique ids are those of MITRE ATT&CK ${ATTACK_VERSION}. A detection compares what happened with what people claim and
with their own past; none looks at where somebody is from, at a name or at a language.

| id | finds | family | usually | ATT&CK |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

${DETECTIONS.map(detectionSection).join('\n')}`;
}

function detectionSection(detection: Detection): string {
  const parameters = Object.entries(detection.parameters).map(
    ([name, { value, why }]) => `| \`${name}\` | ${String(value)} | ${cell(why)} |`,
  );
  return `## ${detection.id}

**${detection.title}.** Watches ${detection.watches.map((kind) => `\`${kind}\``).join(', ')}; needs ${
    detection.needs.length === 0 ? 'nothing beyond its events' : detection.needs.join(', ')
  }. One alert per ${
    detection.alertPer === 'day'
      ? 'subject and UTC day'
      : 'subject and object, as long as the condition lasts'
  }. Expected: about ${detection.expectedPerMonthPer1000People} a month per 1,000 people.

What it cannot see:

${bullets(detection.blindSpots)}
Innocent explanations:

${bullets(detection.falsePositives)}
What to check:

${bullets(detection.triage)}
| parameter | default | why |
| --- | --- | --- |
${parameters.join('\n')}

References: ${detection.references.map((url) => `<${url}>`).join(', ')}
`;
}

function sourcesPage(): string {
  return `# Sources\n\n${NOTE}\n${MANIFESTS.map(sourceSection).join('\n')}`;
}

function sourceSection({ vendor, title, feeds, cannotSee }: Manifest): string {
  const rows = feeds.map(
    (feed) =>
      `| ${feed.source} | ${feed.id} | ${cell(feed.title)} | ${feed.defaultEvery} | ${feed.overlapMinutes} min | ${
        feed.keepsDays === undefined ? '' : `${feed.keepsDays} days`
      } | ${cell(feed.permissions.join(', '))} | ${cell(feed.licence ?? '')} |`,
  );
  return `## ${title} (\`${vendor}\`)

| source | feed | what | every | overlap | kept by the vendor | needs | licence |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

What no feed can see:

${bullets(cannotSee)}`;
}

function errorsPage(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, meaning]) => `| \`${code}\` | ${cell(meaning)} |`);
  return `# Errors\n\n${NOTE}\n| code | meaning |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}\n`).join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
