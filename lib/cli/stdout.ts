/** What becomes of stdout, for verbs that write to it as it is. */
import { RingerError } from '../core/errors.ts';

let first: NodeJS.ErrnoException | undefined;

/** From now on a failing stdout ends no process in the middle of its work. */
export function watchStdout(): void {
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => (first ??= cause));
}

/**
 * Waits until everything was taken.
 *
 * @throws OUTPUT_FAILED when it was not; a reader that has seen enough closes the pipe, which is its right
 */
export async function stdoutTaken(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => setImmediate(resolve)));
  if (first !== undefined && first.code !== 'EPIPE')
    throw new RingerError('OUTPUT_FAILED', `stdout: ${first.message}`, { cause: first });
}
