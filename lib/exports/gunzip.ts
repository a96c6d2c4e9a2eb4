/** Decompresses a stream of gzip bytes, keeps what was whole when it is cut or damaged, and stops at a bomb. */
import { createGunzip, gunzipSync } from 'node:zlib';
import type { Limits } from './limits.ts';

/** How a compressed stream ended: whole, cut, with wrong bytes, or given up as a bomb. */
export interface GunzipEnd {
  kind: 'complete' | 'cut' | 'damaged' | 'bomb';
  message: string;
  /** Compressed bytes that had been given when it ended. */
  readBytes?: number;
}

/** Deflate can blow each byte up a thousandfold, and what one write gives is in memory at once. */
const SLICE_BYTES = 32 * 1024;
const OUTPUT_BYTES = 256 * 1024;
/** Small files, of which there are many, are decompressed in one go: the round trips cost more than the work. */
const WHOLE_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Says whether bytes begin as gzip does, whatever the file's name. */
export function looksGzipped(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Decompresses a small file in one go; undefined when it is damaged or blown up, and needs `gunzip` to say how. */
export function gunzipWhole(bytes: Buffer, limits: Limits): Buffer | undefined {
  // The stream's last four bytes tell its length, unless they lie or there are several streams: a hint for one buffer.
  const hint = bytes.length < 18 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  const chunkSize = Math.min(Math.max(hint + 1, OUTPUT_BYTES), WHOLE_OUTPUT_BYTES);
  const maxOutputLength = Math.min(
    WHOLE_OUTPUT_BYTES,
    Math.max(limits.gzipRatioFromBytes, limits.gzipRatio * bytes.length),
  );
  try {
    return gunzipSync(bytes, { chunkSize, maxOutputLength });
  } catch {
    return undefined;
  }
}

/**
 * Decompresses chunks, several gzip streams one after another included.
 *
 * @param end - filled in when the last output has been given
 * @param carefulFrom - from this compressed byte on they are given one by one: what a failing step had decompressed is
 *   lost, and so the step is made small
 */
export async function* gunzip(
  chunks: AsyncIterable<Buffer>,
  limits: Limits,
  end: GunzipEnd,
  carefulFrom: number = Infinity,
): AsyncGenerator<Buffer, void> {
  const stream = createGunzip({ chunkSize: OUTPUT_BYTES });
  let outputs: Buffer[] = [];
  let failure: NodeJS.ErrnoException | undefined;
  const over = new Promise<void>((resolve) => {
    stream.on('end', resolve);
    stream.on('error', (error) => {
      failure = error;
      resolve();
    });
  });
  stream.on('data', (output: Buffer) => outputs.push(output));
  let readBytes = 0;
  let writtenBytes = 0;

  function* give(): Generator<Buffer, void> {
    const given = outputs;
    outputs = [];
    for (const output of given) {
      writtenBytes += output.length;
      if (isBomb(readBytes, writtenBytes, limits, end)) return;
      yield output;
    }
  }

  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && failure === undefined;) {
        const slice = chunk.subarray(at, at + (readBytes >= carefulFrom ? 1 : SLICE_BYTES));
        at += slice.length;
        readBytes += slice.length;
        await Promise.race([new Promise((resolve) => stream.write(slice, resolve)), over]);
        yield* give();
        if (end.kind === 'bomb') return;
      }
      if (failure !== undefined) break;
    }
    if (failure === undefined) stream.end();
    await over;
    yield* give();
    end.readBytes = readBytes;
    if (failure === undefined || end.kind === 'bomb') return;
    end.kind = failure.code === 'Z_BUF_ERROR' ? 'cut' : 'damaged';
    const what = end.kind === 'cut' ? 'stops at' : 'is damaged before';
    end.message = `the compressed stream ${what} byte ${readBytes}: ${failure.message}`;
  } finally {
    stream.destroy();
  }
}

function isBomb(readBytes: number, writtenBytes: number, limits: Limits, end: GunzipEnd): boolean {
  if (writtenBytes > limits.gzipBytes) {
    end.message = `decompresses to more than ${limits.gzipBytes / 1e9} GB`;
  } else if (writtenBytes > limits.gzipRatioFromBytes && writtenBytes > limits.gzipRatio * readBytes) {
    end.message = `compressed more than ${limits.gzipRatio.toLocaleString('en')} to 1`;
  } else {
    return false;
  }
  end.kind = 'bomb';
  return true;
}

/**
 * Finds from where on a damaged file has to be read with care: the start of the step in which it fails.
 *
 * @param bytes - a whole file, small enough to be decompressed twice
 */
export async function carefulFrom(bytes: Buffer, limits: Limits): Promise<number> {
  const end: GunzipEnd = { kind: 'complete', message: '' };
  // eslint-disable-next-line @typescript-eslint/require-await -- one chunk as a stream
  async function* once(): AsyncGenerator<Buffer, void> {
    yield bytes;
  }
  for await (const output of gunzip(once(), limits, end)) void output;
  const { readBytes = 0 } = end;
  return Math.floor(Math.max(0, readBytes - 1) / SLICE_BYTES) * SLICE_BYTES;
}
