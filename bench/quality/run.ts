/**
 * `npm run quality`: how well Ringer detects, measured on invented companies whose attacks are known; writes docs/quality.md.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { messageOf } from '../../lib/core/errors.ts';
import { ProgressLine } from '../../lib/cli/terminal.ts';
import { columns } from '../../lib/cli/columns.ts';
import { BLIND_ATTACKS } from '../../lib/simulator/world/attacks/blind.ts';
import { ATTACKS } from '../../lib/simulator/world/attacks/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { barsOf, type Bar } from './bars.ts';
import { observeAll } from './observe-all.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { qualityPage } from './page/page.ts';
import { rateText, shareText } from './page/format.ts';
import { trialsOf } from './plan.ts';
import { resultsOf, type Results } from './results.ts';

const FILES: ReadonlySet<string> = new Set(['--results', '--page']);

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
let options: Options;
try {
  options = readOptions(args);
} catch (thrown) {
  console.error(`${messageOf(thrown)}\n${USAGE}`);
  process.exit(2);
}
const results =
  options.from === undefined
    ? await measure(options)
    : (JSON.parse(readFileSync(options.from, 'utf8')) as Results);
if (options.results !== undefined) writeFileSync(options.results, `${JSON.stringify(results, null, 2)}\n`);
if (options.page !== undefined) writeFileSync(options.page, qualityPage(results));
console.log(summaryOf(results));
if (options.check && barsOf(results).some(isFailure)) process.exitCode = 1;

async function measure({ size, seeds }: Options): Promise<Results> {
  const began = performance.now();
  const trials = trialsOf(size, seeds, ATTACKS);
  const line = new ProgressLine();
  let done = 0;
  const minutes = (): number => (performance.now() - began) / 60_000;
  const show = (): void =>
    line.show(() => `${done} of ${trials.length} companies, ${minutes().toFixed(1)} minutes`);
  show();
  const observed = await observeAll(trials, () => {
    done += 1;
    show();
  });
  line.clear();
  const blind = new Set(BLIND_ATTACKS.map(({ name }) => name));
  return resultsOf(observed, blind, {
    command: commandOf(args),
    seeds,
    version: packageJson.version,
    commit: commit(),
    minutes: minutes(),
  });
}

/** A quick run has seen too little to be held to more than chance allows. */
function isFailure({ isMet, isClearlyMissed }: Bar): boolean {
  return options.isQuick ? isClearlyMissed : !isMet;
}

/** What is checked out, and whether the code has been changed since. */
function commit(): string {
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changed = git('status', '--porcelain', '--', 'lib', 'bench') === '' ? '' : ', changed since';
    return `${git('rev-parse', '--short', 'HEAD')}${changed}`;
  } catch {
    return 'no git';
  }
}

function summaryOf(results: Results): string {
  const { recall, falseAlerts, attacks } = results;
  const rows = [
    ['found', shareText(recall.found)],
    ['told of', shareText(recall.told)],
    ['impostor suspected', shareText(recall.composite)],
    ['false, medium or more per 1,000 person-days', rateText(falseAlerts.mediumOrMore)],
    ['false, high or more', rateText(falseAlerts.highOrMore)],
    ...attacks
      .filter(({ found }) => found.count < found.of)
      .map(({ attack, found }) => [`missed: ${attack}`, `${found.of - found.count} of ${found.of}`]),
    ...barsOf(results).map((bar) => [
      bar.isMet ? 'met' : isFailure(bar) ? 'MISSED' : 'cannot tell',
      bar.what,
    ]),
  ];
  return columns(rows);
}

/** What somebody has to type to get these numbers: where they were written to is no part of it. */
function commandOf(args: readonly string[]): string {
  const said = args.filter(
    (arg, index) => !FILES.has(arg) && !FILES.has(args[index - 1] ?? '') && !/^--(?:results|page)=/.test(arg),
  );
  return ['npm run quality', ...(said.length > 0 ? ['--', ...said] : [])].join(' ');
}
