/** Reads one exported file, as fast as its disk and with little memory, and never fails on what is in it. */
import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { messageOf } from '../core/errors.ts';
import { carefulFrom, gunzip, gunzipWhole, looksGzipped } from './gunzip.ts';
import { LIMITS } from './limits.ts';
import { endsEarly, READ, unparsable } from './sink.ts';
import { createTextSplitter } from './text.ts';
import type { GunzipEnd } from './gunzip.ts';
import type { Limits } from './limits.ts';
import type { Cursor, FileOutcome, Sink, Splitter } from './sink.ts';

export type { FileOutcome, Position, Sink } from './sink.ts';

export interface ReadOptions {
  /** Told how many bytes of the file, as it lies on the disk, have been read since the last time. */
  readonly onBytes?: (compressedBytes: number) => void;
  readonly signal?: AbortSignal;
}

const CHUNK_BYTES = 1024 * 1024;
/** Up to here a file is read, and decompressed, in one go: an organization's trail has thousands of them. */
const SMALL_BYTES = 256 * 1024;
/** A bomb of zeros is to be called a bomb, so that hopeless bytes are decompressed a little further. */
const HOPELESS_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file of JSON or CSV, compressed or not, and hands every record to the sink.
 *
 * gzip is told by its first bytes, UTF-16 likewise, the format by the name or else by the content. Whatever is whole
 * before a cut or damage is handed over. A small file is read without turning the event loop.
 *
 * @returns how the reading ended; damaged records do not make it a failure
 * @throws only what the sink throws, and the signal's reason when it is aborted
 * @example await readExport('logs/okta.ndjson.gz', sink) // => { kind: 'read' }
 */
export async function readExport(path: string, sink: Sink, options: ReadOptions = {}): Promise<FileOutcome> {
  options.signal?.throwIfAborted();
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return unreadable(messageOf(error));
  }
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) return unreadable('it is a folder');
    if (status.isFile() && status.size > 0 && status.size <= SMALL_BYTES) {
      const bytes = readSmall(file, status.size);
      options.onBytes?.(bytes.length);
      return await readWhole(path, bytes, sink);
    }
    return await readBytes(path, readChunks(file, options), sink);
  } catch (error) {
    if (error instanceof ReadFailure) return unreadable(error.message);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Tells a failing disk from what a sink throws. */
class ReadFailure extends Error {}

async function readWhole(path: string, bytes: Buffer, sink: Sink): Promise<FileOutcome> {
  const decompressed = looksGzipped(bytes) ? gunzipWhole(bytes, LIMITS) : bytes;
  if (decompressed === undefined) {
    return readBytes(path, once(bytes), sink, LIMITS, await carefulFrom(bytes, LIMITS));
  }
  const text = createTextSplitter(sink, createCursor(path), LIMITS);
  const pending = text.push(decompressed);
  if (pending !== undefined) await pending;
  return text.end(false);
}

/** Reads a file's content from chunks of any size, each valid until the next is asked for. See `readExport`. */
export async function readBytes(
  path: string,
  chunks: AsyncIterable<Buffer>,
  sink: Sink,
  limits: Limits = LIMITS,
  careful: number = Infinity,
): Promise<FileOutcome> {
  const cursor = createCursor(path);
  const text = createTextSplitter(sink, cursor, limits);
  const source = gatherFirst(chunks, 2);
  try {
    const first = await source.next();
    if (first.done === true) return await text.end(false);
    const all = putBack(first.value, source);
    return await (looksGzipped(first.value)
      ? readGzipped(all, text, sink, cursor, limits, careful)
      : readPlain(all, text));
  } finally {
    await source.return();
  }
}

async function readPlain(chunks: AsyncIterable<Buffer>, text: Splitter): Promise<FileOutcome> {
  for await (const chunk of chunks) {
    const pending = text.push(chunk);
    if (pending !== undefined) await pending;
    if (text.hopeless) break;
  }
  return text.end(false);
}

async function readGzipped(
  chunks: AsyncIterable<Buffer>,
  text: Splitter,
  sink: Sink,
  cursor: Cursor,
  limits: Limits,
  careful: number,
): Promise<FileOutcome> {
  const end: GunzipEnd = { kind: 'complete', message: '' };
  let bytes = 0;
  for await (const output of gunzip(chunks, limits, end, careful)) {
    bytes += output.length;
    const pending = text.push(output);
    if (pending !== undefined) await pending;
    if (text.hopeless && bytes > HOPELESS_BYTES) break;
  }
  if (end.kind === 'bomb') {
    cursor.record++;
    cursor.line = undefined;
    cursor.byte = undefined;
    sink.damaged(end.message, cursor);
    return READ;
  }
  const outcome = await text.end(end.kind !== 'complete');
  if (end.kind === 'complete' || text.hopeless) return outcome;
  if (end.kind === 'damaged' && bytes === 0) return unparsable(end.message);
  return endsEarly(`${end.message}, after ${cursor.record} records`);
}

function readSmall(file: number, sizeBytes: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(sizeBytes);
  try {
    let length = 0;
    for (;;) {
      const more = readSync(file, buffer, length, sizeBytes - length, null);
      length += more;
      if (more === 0 || length === sizeBytes) return buffer.subarray(0, length);
    }
  } catch (error) {
    throw new ReadFailure(messageOf(error));
  }
}

const readAsync = promisify(read);

async function* readChunks(file: number, { onBytes, signal }: ReadOptions): AsyncGenerator<Buffer, void> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await readAsync(file, buffer, 0, CHUNK_BYTES, null).catch((error: unknown) => {
      throw new ReadFailure(messageOf(error));
    });
    if (bytesRead === 0) return;
    onBytes?.(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}

/** Joins the first chunks until they are long enough to tell something by. */
async function* gatherFirst(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer, void> {
  let first: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (first === undefined) {
      yield chunk;
    } else {
      first = Buffer.concat([first, chunk]);
      if (first.length < bytes) continue;
      yield first;
      first = undefined;
    }
  }
  if (first !== undefined) yield first;
}

async function* putBack(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield first;
  yield* rest;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void> {
  yield await Promise.resolve(bytes);
}

const createCursor = (file: string): Cursor => ({ file, line: undefined, record: 0, byte: undefined });

const unreadable = (message: string): FileOutcome => ({ kind: 'failed', code: 'PATH_UNREADABLE', message });
