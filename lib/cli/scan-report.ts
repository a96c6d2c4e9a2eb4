/** Says on stderr, and in `--summary`, what became of every file and record. */
import type { ErrorCode } from '../core/errors.ts';
import { isoTime } from '../core/time.ts';
import { safeText } from '../core/alerts/text.ts';
import type { ScanResult } from '../scan/scan.ts';
import { sumLine, type Rejection } from '../scan/sums.ts';
import { notice } from './terminal.ts';

const REJECTIONS_SHOWN = 10;
const DIFFERENCES_SHOWN = 10;

/** Writes the report and gives the codes of what failed. */
export function reportScan(result: ScanResult): readonly ErrorCode[] {
  for (const [source, sum] of result.sums.list()) notice(sumLine(source, sum));
  for (const rejection of result.sums.rejections.slice(0, REJECTIONS_SHOWN))
    notice(safeText(rejectionText(rejection)));
  const hidden = result.sums.rejectedInAll - REJECTIONS_SHOWN;
  if (hidden > 0) notice(`rejected: ${hidden} more; --summary FILE lists them`);
  for (const difference of result.differences.slice(0, DIFFERENCES_SHOWN))
    notice(safeText(`people: ${difference}`));
  for (const { detection, because } of result.notEvaluated) notice(`not evaluated: ${detection}: ${because}`);
  for (const { detection, because, count } of result.cannotTell)
    notice(`could not tell: ${detection}: ${because}: ${count} events`);
  if (result.filesIgnored > 0) notice(`ignored: ${result.filesIgnored} files of other types`);
  for (const { code, path, message } of result.failures)
    notice(safeText(`ringer: ${code}: ${path}: ${message}`));
  return result.failures.map(({ code }) => code);
}

/** The same as one JSON object. */
export function summaryOf(result: ScanResult): object {
  return {
    schemaVersion: 1,
    now: isoTime(result.now),
    sources: Object.fromEntries(result.sums.list()),
    rejections: result.sums.rejections,
    files: { read: result.filesRead, ignored: result.filesIgnored },
    failures: result.failures,
    notEvaluated: result.notEvaluated,
    cannotTell: result.cannotTell,
    peopleDifferences: result.differences,
    alerts: result.alerts.length,
  };
}

function rejectionText({ source, file, line, record, because }: Rejection): string {
  const where = line === undefined ? `record ${record}` : `line ${line}`;
  return `rejected: ${source}: ${file}: ${where}: ${because}`;
}
