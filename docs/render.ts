/** Renders the pages of docs/ that are made from the code. `npm run docs` writes them; a test fails when they are old. */
import { ERROR_CODES } from '../lib/core/errors.ts';
import type { Manifest } from '../lib/sources/manifest.ts';
import { MANIFESTS } from '../lib/sources/manifests.ts';
import { costPage } from './cost/page.ts';
import { detectionsPage } from './detections-page.ts';

/** Every generated page: file name below docs/, and its text. */
export function generatedPages(): readonly (readonly [string, string])[] {
  return [
    ['detections.md', detectionsPage(NOTE)],
    ['sources.md', sourcesPage()],
    ['errors.md', errorsPage()],
    ['cost.md', costPage(NOTE)],
  ];
}

const NOTE = '<!-- Made from the code by `npm run docs`. -->\n';

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

[How to connect it](sources/${vendor}.md), step by step and with the least rights.

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
