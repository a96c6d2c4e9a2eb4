/**
 * The file of `--events-out`: one line for each event that is stored, `{"source","feed","eventId","time"}`, and never two
 * for one, whatever is read again or was interrupted.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { Event } from '../core/events/index.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { isoTime } from '../core/time.ts';

export interface EventsOut {
  /** Appends what is not there yet; it is on the disk when this returns. */
  readonly append: (events: readonly Event[]) => void;
  readonly close: () => void;
}

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Opens the file and reads what it has; a last line that was cut off is taken away.
 *
 * @throws OUTPUT_FAILED when it cannot be read or written
 */
export function openEventsOut(path: string): EventsOut {
  return orFail(path, () => {
    const file = openSync(path, 'a+', 0o600);
    const there = new Set<number>();
    ftruncateSync(
      file,
      eachLine(file, (line) => there.add(hashOf(line))),
    );
    return {
      append(events) {
        const lines = events.map(lineOf).filter((line) => {
          const hash = hashOf(Buffer.from(line));
          const isNew = !there.has(hash);
          there.add(hash);
          return isNew;
        });
        if (lines.length === 0) return;
        orFail(path, () => {
          writeAll(file, Buffer.from(lines.map((line) => `${line}\n`).join('')));
          fsyncSync(file);
        });
      },
      close: () => closeSync(file),
    };
  });
}

function lineOf({ source, feed, uid, time }: Event): string {
  return JSON.stringify({ source, feed, eventId: uid, time: isoTime(time) });
}

/** 53 bits: of ten million lines, one is taken for another with a probability of one in a hundred. */
function hashOf(line: Uint8Array): number {
  return Number(createHash('sha256').update(line).digest().readBigUInt64BE() >> 11n);
}

/** Gives each whole line, and where the last of them ends. */
function eachLine(file: number, take: (line: Uint8Array) => void): number {
  let position = 0;
  let rest = Buffer.alloc(0);
  for (;;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const read = readSync(file, chunk, 0, CHUNK_BYTES, position + rest.length);
    if (read === 0) return position;
    const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      take(bytes.subarray(start, end));
      start = end + 1;
    }
    position += start;
    rest = bytes.subarray(start);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function orFail<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new RingerError('OUTPUT_FAILED', `${path}: ${messageOf(cause)}`, { cause });
  }
}
