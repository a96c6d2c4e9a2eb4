/** Reads an answer's body, as far as anybody should. */
import { RingerError } from '../core/errors.ts';

/** A page of a thousand records is some 10 MB; beyond this somebody is not sending a page. */
const LARGEST_BYTES = 128 * 1024 * 1024;

/**
 * Reads a JSON body.
 *
 * @throws SOURCE_SHAPE_CHANGED when it is larger than any page; `SyntaxError` when it is cut short or is not JSON
 */
export async function jsonBody(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST_BYTES)
      throw new RingerError('SOURCE_SHAPE_CHANGED', `an answer of more than ${LARGEST_BYTES} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    // The runtime's own message quotes the body, and failures are logged.
    throw new SyntaxError('the answer is cut short or is no JSON');
  }
}

/** Lets go of an answer nobody reads, so that its connection is free again. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}
