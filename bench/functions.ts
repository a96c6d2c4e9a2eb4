/**
 * `npm run bench -- functions`: how large each function's bundle is, and how long it takes to load in a process that has
 * just begun, up to the point where a first event could be given to it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columns } from '../lib/cli/columns.ts';
import { deployedConfigText } from '../lib/config/deployed-config.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { readConfig } from '../lib/config/read-config.ts';
import { bundleFunctions, type Bundle } from './bundles.ts';
import { loadTime, type LoadTime } from './load-time.ts';
import { median, verdict } from './middle.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 9);
const BAR_KB = 1_000;
const BAR_MS = 60;

/** Nobody listens there: what a function would ask at once is not part of loading it. */
const NOWHERE = 'http://127.0.0.1:9/example';
const OTHERS = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  POWERTOOLS_METRICS_NAMESPACE: 'Ringer',
  POWERTOOLS_SERVICE_NAME: 'bench',
};

const folder = mkdtempSync(join(tmpdir(), 'ringer-bench-'));
const configPath = join(folder, 'ringer.json');
writeFileSync(configPath, deployedConfigText(readConfig('ringer.example.yaml')));
try {
  console.log(`Functions: bundled as they are deployed, each loaded in ${ROUNDS} new processes; medians.`);
  const bundles = await bundleFunctions(folder);
  const times = new Map(bundles.map(({ name }): [string, LoadTime[]] => [name, []]));
  const empty: LoadTime[] = [];
  // In turn, so that what else the machine does falls on all of them.
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(loadTime(undefined));
    for (const { name, path } of bundles) times.get(name)?.push(loadTime(path, environment()));
  }
  const of = (name: string, what: keyof LoadTime): number =>
    median((times.get(name) ?? []).map((each) => each[what]));
  console.log(
    columns([
      ['FUNCTION', 'KB', 'KB WITHOUT SDK', 'LOAD CPU ms', 'LOAD ms', `BAR ${BAR_MS} ms CPU`],
      ...bundles.map(({ name, bytes, ownBytes }) => [
        name,
        kilobytes(bytes),
        kilobytes(ownBytes),
        of(name, 'cpuMs').toFixed(0),
        of(name, 'wallMs').toFixed(0),
        verdict(of(name, 'cpuMs'), BAR_MS),
      ]),
    ]),
  );
  const largest = bundles.reduce((a, b): Bundle => (b.ownBytes > a.ownBytes ? b : a));
  const slowest = Math.max(...bundles.map(({ name }) => of(name, 'cpuMs')));
  const largestKb = largest.ownBytes / 1e3;
  console.log(`an empty process: ${median(empty.map(({ processMs }) => processMs)).toFixed(0)} ms`);
  console.log(`largest = ${largestKb.toFixed(0)} KB (bar ${BAR_KB}): ${verdict(largestKb, BAR_KB)}`);
  console.log(`slowest = ${slowest.toFixed(0)} ms (bar ${BAR_MS}): ${verdict(slowest, BAR_MS)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What every function finds that it asks for. Files that may be missing are. */
function environment(): Readonly<Record<string, string>> {
  const { geoDirectory: _geo, listsDirectory: _lists, peoplePath: _people, ...names } = ENVIRONMENT;
  const all = Object.values(names).map((name) => [name, name.endsWith('_URL') ? NOWHERE : 'example']);
  return {
    ...(Object.fromEntries(all) as Record<string, string>),
    [ENVIRONMENT.configPath]: configPath,
    [ENVIRONMENT.notifyFrom]: 'low',
    [ENVIRONMENT.ownChannels]: '[]',
    [ENVIRONMENT.collectedFeeds]: '{}',
    [ENVIRONMENT.awsConnection]: JSON.stringify({ roleName: 'ringer', externalId: 'ringer-example' }),
    ...OTHERS,
  };
}

function kilobytes(bytes: number): string {
  return (bytes / 1e3).toFixed(0);
}
