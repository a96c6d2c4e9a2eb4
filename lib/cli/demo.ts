/** `ringer demo`: the scan, on the exported logs of an invented company. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS } from '../core/time.ts';
import { demoCompany } from '../simulator/company/demo-company.ts';
import { exportsOf } from '../simulator/company/exports.ts';
import { scanVerb } from './scan.ts';
import { notice } from './terminal.ts';

const SEED = 2026;

/** Writes the company's exports to a temporary folder, scans them and takes the folder away again. */
export async function demoVerb(): Promise<number> {
  const end = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const { files, people } = exportsOf(demoCompany(end, SEED));
  const folder = mkdtempSync(join(tmpdir(), 'ringer-demo-'));
  try {
    for (const { name, text } of [...files, people]) writeFileSync(join(folder, name), text);
    notice(
      `An invented company of sixty-one, the last fortnight: ${files.map(({ name }) => name).join(', ')}.\n`,
    );
    const code = await scanVerb(
      files.map(({ name }) => join(folder, name)),
      { people: join(folder, people.name), format: 'text' },
    );
    notice('\nYour own exports: npm run -s ringer -- scan PATH… --people people.csv');
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
