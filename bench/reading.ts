/**
 * `npm run bench -- reading`: how long a whole `scan` takes against a program that only parses the same files, as a ratio of CPU
 * time in one run, and how much memory it needs. Numbers are for reading, not for tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columns } from '../lib/cli/columns.ts';
import { SHARES, writeCorpus } from './corpus.ts';
import { verdict } from './middle.ts';

const MEGABYTES = Number(process.env['BENCH_MEGABYTES'] ?? 400);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
/** The bar: docs/architecture.md. */
const BAR = 1.5;

interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
}

const folder = mkdtempSync(join(tmpdir(), 'ringer-bench-'));
try {
  console.log(
    `Corpus: ${MEGABYTES} MB of records, ${Object.entries(SHARES)
      .map(([part, share]) => `${part} ${share * 100} %`)
      .join(', ')}; best of ${ROUNDS}.`,
  );
  writeCorpus(folder, MEGABYTES * 1e6);
  const rows = ['', ...Object.keys(SHARES)].map((part) => {
    const parse = best('bench/only-parse.ts', [join(folder, part)]);
    const scan = best('bin/ringer.ts', [
      'scan',
      join(folder, part),
      '--format',
      'ndjson',
      '--out',
      join(folder, 'alerts.out'),
    ]);
    return { part: part === '' ? 'whole' : part, parse, scan, ratio: scan.cpuSeconds / parse.cpuSeconds };
  });
  console.log(
    columns([
      ['CORPUS', 'PARSE CPU s', 'SCAN CPU s', 'RATIO', 'PARSE s', 'SCAN s', 'SCAN PEAK MB'],
      ...rows.map(({ part, parse, scan, ratio }) => [
        part,
        parse.cpuSeconds.toFixed(2),
        scan.cpuSeconds.toFixed(2),
        ratio.toFixed(2),
        parse.wallSeconds.toFixed(2),
        scan.wallSeconds.toFixed(2),
        scan.peakMegabytes.toFixed(0),
      ]),
    ]),
  );
  const whole = rows[0]?.ratio ?? Infinity;
  console.log(`scan / parse = ${whole.toFixed(2)} (bar ${BAR}): ${verdict(whole, BAR)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function best(program: string, args: readonly string[]): Cost {
  const costs = Array.from({ length: ROUNDS }, () => measure(program, args));
  return costs.reduce((a, b) => (b.cpuSeconds < a.cpuSeconds ? b : a));
}

/** Runs a program in a process of its own, which reports what it used when it exits. */
function measure(program: string, args: readonly string[]): Cost {
  const report =
    'process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nCOST "+JSON.stringify([u.userCPUTime+u.systemCPUTime,u.maxRSS])+"\\n")})';
  const started = process.hrtime.bigint();
  const child = spawnSync(
    process.execPath,
    [
      '--max-semi-space-size=16',
      '--import',
      `data:text/javascript,${encodeURIComponent(report)}`,
      program,
      ...args,
    ],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
  const cost = /COST (\[.*\])/.exec(child.stderr)?.[1];
  if (child.status !== 0 || cost === undefined)
    throw new Error(`${program} ended with ${child.status}: ${child.stderr.slice(-500)}`);
  const [cpuMicroseconds, peakKilobytes] = JSON.parse(cost) as [number, number];
  return { cpuSeconds: cpuMicroseconds / 1e6, wallSeconds, peakMegabytes: peakKilobytes / 1e3 };
}
