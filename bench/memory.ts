/**
 * `npm run bench -- memory`: how large detect becomes when it evaluates a subject that 100,000 events of one day are about:
 * once while they are open, once when they are sealed, and once from the state that remembers them.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { columns } from '../lib/cli/columns.ts';
import { startTwinAws } from '../lib/simulator/twin/aws/index.ts';
import { appendEvents } from '../lib/stores/subject-log.ts';
import { createTables, crowdOf, NOW, openTables } from './crowded.ts';
import { verdict } from './middle.ts';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 100_000);
/** As many as a message holds. */
const TOGETHER = 250;
/** What detect has, without the databases that it keeps. */
const BAR_MB = 1_024 - 134;

interface Peak {
  readonly written: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const server = await startTwinAws();
try {
  console.log(`Memory: a subject with ${EVENTS} events in its log, evaluated in processes of their own.`);
  await createTables(server);
  const { ledger } = openTables(server.endpoint);
  const { subject, events } = crowdOf(EVENTS);
  for (let start = 0; start < events.length; start += TOGETHER)
    await appendEvents(ledger, subject, events.slice(start, start + TOGETHER), NOW);
  const nothing = await evaluate();
  const rows: readonly [string, Peak][] = [
    ['nothing', nothing],
    ['all of it is open', await evaluate('0')],
    ['it is sealed', await evaluate('37')],
    ['it was sealed before', await evaluate('38')],
  ];
  console.log(
    columns([
      ['EVALUATED', 'PEAK MB', 'MORE THAN FOR NOTHING', 'CPU s', 'ALERTS WRITTEN'],
      ...rows.map(([name, { peakMb, cpuSeconds, written }]) => [
        name,
        peakMb.toFixed(0),
        (peakMb - nothing.peakMb).toFixed(0),
        cpuSeconds.toFixed(1),
        String(written),
      ]),
    ]),
  );
  const peak = Math.max(...rows.map(([, { peakMb }]) => peakMb));
  console.log(`peak = ${peak.toFixed(0)} MB (bar ${BAR_MB}): ${verdict(peak, BAR_MB)}`);
} finally {
  await server.stop();
}

async function evaluate(...hours: readonly string[]): Promise<Peak> {
  const program = join(import.meta.dirname, 'evaluate-crowded.ts');
  const child = spawn(process.execPath, [program, server.endpoint, ...hours], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout)) as Peak;
}
