/** `ringer scan`: reads what was exported, prints alerts, says what became of every record. */
import { readConfig } from '../config/read-config.ts';
import { readPeopleFile } from '../config/people-file.ts';
import { toEgress } from '../config/policy.ts';
import { severityRank, type Severity } from '../core/alerts/severity.ts';
import { CATALOGUE, detectionsWith } from '../core/detections/index.ts';
import { RingerError } from '../core/errors.ts';
import { readRemoteTools } from '../lists/remote-tools.ts';
import { openAtlas } from '../geo/atlas.ts';
import { geoPaths } from '../geo/geo-paths.ts';
import { scan, type ScanProgress, type ScanResult } from '../scan/scan.ts';
import { parseTime } from '../sources/times.ts';
import { writeAlerts, writeFileOrFail, type Format } from './alerts-output.ts';
import { LISTS_DIRECTORY } from './lists.ts';
import { EXIT } from './exit.ts';
import { reportScan, summaryOf } from './scan-report.ts';
import { notice, ProgressLine } from './terminal.ts';

export interface ScanOptions {
  readonly config?: string;
  readonly people?: string;
  readonly geo?: readonly string[];
  readonly now?: string;
  readonly format?: Format;
  readonly out?: string;
  readonly summary?: string;
  readonly store?: string;
  readonly failOn?: Severity;
}

/**
 * Runs the verb.
 *
 * @returns 0 done · 1 a file or an output failed, after all the rest · 2 wrong usage · 3 `--fail-on` met
 */
export async function scanVerb(paths: readonly string[], options: ScanOptions): Promise<number> {
  const now = options.now === undefined ? undefined : parseTime(options.now);
  if (options.now !== undefined && now === undefined) {
    notice(
      `ringer: --now: expected a time such as 2026-03-10T12:00:00Z, got ${JSON.stringify(options.now.slice(0, 40))}`,
    );
    return EXIT.usage;
  }
  const config = readConfig(options.config, { catalogue: CATALOGUE });
  const peopleFile = options.people ?? config.people;
  const people = peopleFile === undefined ? undefined : readPeopleFile(peopleFile);
  for (const { line, message } of people?.problems ?? []) notice(`people: line ${line}: ${message}`);
  const atlas = await openAtlas({
    egress: toEgress(config),
    vpnOperators: config.policy.vpnOperators,
    listsDirectory: LISTS_DIRECTORY,
    ...(await geoPaths(options.geo ?? [])),
  });
  for (const text of atlas.notices) notice(`places: ${text}`);

  const line = new ProgressLine();
  const result = await scan({
    paths,
    config,
    detections: detectionsWith(readRemoteTools(LISTS_DIRECTORY)),
    roster: people?.people ?? [],
    atlas,
    clock: Date.now(),
    now,
    progress: (progress) => line.show(() => progressText(progress)),
  });
  line.clear();

  const failed = [...reportScan(result)];
  const { summary, out, store } = options;
  const format = options.format ?? (process.stdout.isTTY ? 'text' : 'ndjson');
  // One output that fails keeps the others from nothing.
  for (const write of [
    () => writeAlerts(result.alerts, { format, out }),
    () =>
      summary !== undefined && writeFileOrFail(summary, `${JSON.stringify(summaryOf(result), null, 2)}\n`),
    async () =>
      store !== undefined && (await import('./alerts-store.ts')).keepAlerts(store, result.alerts, Date.now()),
  ]) {
    try {
      await write();
    } catch (thrown) {
      if (!(thrown instanceof RingerError)) throw thrown;
      notice(`ringer: ${thrown.code}: ${thrown.message}`);
      failed.push(thrown.code);
    }
  }
  if (failed.length > 0) return EXIT.failed;
  return meets(result, options.failOn) ? EXIT.failOn : EXIT.done;
}

/** Open alerts that no approval covers count. */
function meets(result: ScanResult, severity: Severity | undefined): boolean {
  if (severity === undefined) return false;
  return result.alerts.some(
    (alert) => !alert.approved && severityRank(alert.severity) >= severityRank(severity),
  );
}

function progressText(progress: ScanProgress): string {
  if (progress.stage === 'evaluating')
    return `evaluating: ${progress.subjectsDone} people, accounts and devices`;
  const megabytes = (progress.bytes / 1e6).toFixed(0);
  return `reading: ${progress.filesDone} of ${progress.files} files, ${megabytes} MB`;
}
