/** Reads a list from a file or an address, within limits. */
import { open } from 'node:fs/promises';

const LIMIT_BYTES = 8 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const REDIRECTS = 3;
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tells whether a source is an address rather than a path. */
export function isUrl(source: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(source);
}

/**
 * Reads up to 8 MB of UTF-8 text.
 *
 * An address is https, or http on this machine; it has 10 seconds, and may redirect three times within its own origin.
 *
 * @throws Error saying in words for people what was wrong
 */
export async function fetchText(source: string): Promise<string> {
  const bytes = isUrl(source) ? await download(source) : await readBounded(source);
  return bytes.toString('utf8');
}

async function readBounded(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (size > LIMIT_BYTES) throw tooLarge();
  return await file.readFile();
}

async function download(source: string): Promise<Buffer> {
  if (!URL.canParse(source)) throw new Error('this is not an address');
  let url = new URL(source);
  const { origin } = url;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    if (url.origin !== origin) throw new Error(`it redirects to another origin, ${url.origin}`);
    requireSafe(url);
    const response = await fetch(url.href, { redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      if (!URL.canParse(location, url.href)) throw new Error('it redirects to nowhere');
      url = new URL(location, url.href);
    } else if (response.ok) {
      return await readBody(response);
    } else {
      await response.body?.cancel();
      throw new Error(`the server answered ${response.status}`);
    }
  }
  throw new Error(`it redirects more than ${REDIRECTS} times`);
}

function requireSafe({ protocol, hostname }: URL): void {
  if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))) return;
  throw new Error('an address has to be https (http only on this machine)');
}

async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Error {
  return new Error('it is larger than 8 MB');
}
