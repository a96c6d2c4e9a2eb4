/** Writes alerts to stdout or a file, as text or as one JSON object a line. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { reportText } from '../core/alerts/report.ts';
import { PLAIN } from '../core/alerts/text.ts';
import type { Alert } from '../core/alerts/alert.ts';
import { contractOf, type Published } from '../core/alerts/publish.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { stdoutStyle, stdoutWidth } from './terminal.ts';

export type Format = 'text' | 'ndjson';

const FILE_WIDTH = 100;

/**
 * Writes the alerts that stand: NDJSON by time, then id; text worst first, in full what has to be looked at.
 *
 * @throws OUTPUT_FAILED when the file or the pipe does not take them
 */
export async function writeAlerts(
  alerts: readonly (Alert & Partial<Published>)[],
  to: { readonly format: Format; readonly out: string | undefined },
): Promise<void> {
  const [style, width] = to.out === undefined ? [stdoutStyle(), stdoutWidth()] : [PLAIN, FILE_WIDTH];
  const text =
    to.format === 'ndjson'
      ? alerts.map((alert) => `${JSON.stringify(contractOf(alert))}\n`).join('')
      : reportText(alerts.map(contractOf), width, style);
  if (to.out === undefined) await writeStdout(text);
  else writeFileOrFail(to.out, text);
}

/** Writes a file, or says which one could not be written. */
export function writeFileOrFail(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new RingerError('OUTPUT_FAILED', `${path}: ${messageOf(cause)}`, { cause });
  }
}

/** A reader that has seen enough closes the pipe; that is its right, and no failure of ours. */
async function writeStdout(text: string): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    process.stdout.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EPIPE') resolve();
      else reject(new RingerError('OUTPUT_FAILED', `stdout: ${cause.message}`, { cause }));
    });
  });
  if (!process.stdout.write(text)) await Promise.race([once(process.stdout, 'drain'), ended]);
}
