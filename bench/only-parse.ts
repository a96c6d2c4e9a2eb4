/**
 * What reading is measured against: reads the same files, decompresses them, and only JSON.parses each record. Arrays and
 * pages are parsed whole, which is the quickest way plain Node has.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [folder = '.'] = process.argv.slice(2);
let records = 0;
for (const path of globSync('**/*.{json,ndjson,gz}', { cwd: folder }).sort()) {
  const file = readFileSync(join(folder, path));
  const text = (path.endsWith('.gz') ? gunzipSync(file) : file).toString('utf8');
  if (path.includes('.ndjson')) {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      JSON.parse(line);
      records += 1;
    }
  } else {
    const page = JSON.parse(text) as { Records?: unknown[]; items?: unknown[] } | unknown[];
    records += (Array.isArray(page) ? page : (page.Records ?? page.items ?? [])).length;
  }
}
process.stdout.write(`${records}\n`);
