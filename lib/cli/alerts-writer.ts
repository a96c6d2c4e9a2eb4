/** Takes text piece by piece, to stdout or a file, as fast as it is read there. */
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { messageOf, RingerError } from '../core/errors.ts';

export interface Writer {
  /** @returns false when the reader has seen enough */
  readonly write: (text: string) => Promise<boolean>;
  /** @throws OUTPUT_FAILED when not everything arrived */
  readonly end: () => Promise<void>;
}

/** Opens a file, or stdout if there is none. */
export function openWriter(path: string | undefined): Writer {
  const stream: Writable = path === undefined ? process.stdout : createWriteStream(path, { mode: 0o600 });
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (cause: NodeJS.ErrnoException) => (failure = cause));
  return {
    async write(text) {
      if (failure === undefined) await new Promise<void>((resolve) => stream.write(text, () => resolve()));
      return failure === undefined;
    },
    async end() {
      if (path === undefined) await new Promise<void>((resolve) => stream.write('', () => resolve()));
      else {
        stream.end();
        await finished(stream).catch(() => undefined);
      }
      // A reader that has seen enough closes the pipe; that is its right.
      if (failure !== undefined && failure.code !== 'EPIPE')
        throw new RingerError('OUTPUT_FAILED', `${path ?? 'stdout'}: ${messageOf(failure)}`, {
          cause: failure,
        });
    },
  };
}
