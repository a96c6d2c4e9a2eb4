/** Reads bytes as if they were a file, in chunks of any size, and keeps what the sink was given. */
import { gzipSync } from 'node:zlib';
import { readBytes } from '../../lib/exports/read.ts';
import type { Limits } from '../../lib/exports/limits.ts';
import type { FileOutcome, Position, Sink } from '../../lib/exports/read.ts';

export interface Collected {
  /** Parsed values and rows; a text that does not parse counts as damaged, as it does for the real consumer. */
  readonly values: unknown[];
  readonly positions: Position[];
  readonly damaged: string[];
  readonly damagedAt: Position[];
  outcome: FileOutcome;
}

export function collectingSink(): { readonly sink: Sink; readonly collected: Collected } {
  const collected: Collected = {
    values: [],
    positions: [],
    damaged: [],
    damagedAt: [],
    outcome: { kind: 'read' },
  };
  const keepDamage = (reason: string, at: Position): void => {
    collected.damaged.push(reason);
    collected.damagedAt.push({ ...at });
  };
  let announced: Buffer | undefined;
  let lastEnd = 0;
  const sink: Sink = {
    buffer(bytes) {
      announced = bytes;
      lastEnd = 0;
    },
    json(bytes, start, end, at) {
      if (bytes !== announced || start < lastEnd)
        throw new Error('a range of a buffer that was not announced');
      lastEnd = end;
      try {
        collected.values.push(JSON.parse(bytes.toString('utf8', start, end)));
        collected.positions.push({ ...at });
      } catch {
        keepDamage('not JSON', at);
      }
    },
    row(row, at) {
      collected.values.push(row);
      collected.positions.push({ ...at });
    },
    damaged: keepDamage,
  };
  return { sink, collected };
}

export interface Reading {
  readonly name?: string;
  readonly chunkBytes?: number;
  readonly limits?: Limits;
}

/** Overwrites each chunk after it has been used, as the reader does with its buffer. */
export async function* inChunks(content: Buffer, chunkBytes: number): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < content.length; at += chunkBytes) {
    const chunk = Buffer.from(content.subarray(at, at + chunkBytes));
    yield await Promise.resolve(chunk);
    chunk.fill(0x7e);
  }
}

export async function read(content: string | Buffer, reading: Reading = {}): Promise<Collected> {
  const { sink, collected } = collectingSink();
  const chunks = inChunks(Buffer.from(content), reading.chunkBytes ?? 64 * 1024);
  collected.outcome = await readBytes(reading.name ?? 'export.json', chunks, sink, reading.limits);
  return collected;
}

export const gzip = (content: string | Buffer): Buffer => gzipSync(content, { level: 1 });

export function utf16(text: string, order: 'little' | 'big', mark: boolean): Buffer {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return order === 'little' ? bytes : bytes.swap16();
}
