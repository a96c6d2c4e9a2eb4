/**
 * Real and vendor-documented records, where there are any: RINGER_SAMPLES names a folder of JSON lines. A line may wrap
 * the record as `native`, `response` or `event`.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { scanPaths, scratch } from './support/scanning.ts';

const SAMPLES = process.env['RINGER_SAMPLES'];
const folder = scratch();

/** Rejections that are the samples' own: test records trimmed of their time or of their event's name. */
const TRIMMED = /: expected a (time|text), got (nothing|null)/;

const files =
  SAMPLES === undefined
    ? []
    : globSync('{azure-sentinel,api-pages,panther}/*.{json,jsonl}', { cwd: SAMPLES }).sort();

const unlessGiven = files.length === 0 ? describe.skip : describe;

unlessGiven('the samples', () => {
  it.each(files)('%s: sums hold, and no valid record is rejected', async (name) => {
    const { sums, failures } = await scanPaths([unwrapped(join(SAMPLES ?? '', name))], {
      clock: Date.UTC(2030, 0, 1),
    });
    expect(failures.filter(({ code }) => code !== 'NOTHING_SUPPORTED')).toEqual([]);
    expect(sums.rejections.filter(({ because }) => !TRIMMED.test(because))).toEqual([]);
    for (const [, sum] of sums.list()) {
      const { duplicate, unsupported, irrelevant } = sum.skipped;
      expect(sum.records).toBe(sum.used + duplicate + unsupported + irrelevant + sum.rejected);
    }
  });
});

function unwrapped(path: string): string {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  if (!path.endsWith('.jsonl')) return path;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const records = lines.flatMap((line): readonly unknown[] => {
    const wrapper = JSON.parse(line) as Record<string, unknown>;
    const inside = wrapper['native'] ?? wrapper['response'] ?? wrapper['event'];
    if (typeof inside === 'object' && inside !== null) return [inside];
    return 'rule' in wrapper ? [] : [wrapper];
  });
  return folder.write(
    `${basename(path)}.ndjson`,
    records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  );
}
