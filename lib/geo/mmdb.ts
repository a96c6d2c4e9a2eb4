/** Opens MaxMind DB files. What a file is, is read when it is named; its tens of megabytes only when it is first asked. */
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Reader, type Response } from 'mmdb-lib';
import { parseMetadata, type Metadata } from 'mmdb-lib/lib/metadata.js';
import type { Address } from '../core/places/address.ts';
import { messageOf, RingerError } from '../core/errors.ts';

/** The format keeps its metadata in the last 128 KiB. @see https://maxmind.github.io/MaxMind-DB/ */
const METADATA_BYTES = 128 * 1024;

/** Gives the record of an address, about which nothing is known yet, or `undefined` when there is none. */
export type Lookup = (address: Address) => unknown;

/**
 * Opens a database file.
 *
 * @throws RingerError GEO_DATABASE_UNREADABLE at once when the file is missing or no database, at the first lookup when
 * it turns out damaged
 */
export async function openMmdb(path: string): Promise<Lookup> {
  const { ipVersion } = await readMetadata(path);
  let reader: Reader<Response> | undefined;
  return (address) => {
    // An IPv4 file would read the first bits of an IPv6 address as if they were the whole.
    if (address.version === 6 && ipVersion === 4) return undefined;
    try {
      reader ??= new Reader<Response>(readFileSync(path));
      return reader.get(address.text) ?? undefined;
    } catch (cause) {
      throw unreadable(path, cause);
    }
  };
}

/** Asks several databases in turn. */
export function firstOf(lookups: readonly Lookup[]): Lookup {
  return (address) => {
    for (const lookup of lookups) {
      const record = lookup(address);
      if (record !== undefined) return record;
    }
    return undefined;
  };
}

/** Reads what a database says of itself, from its end. */
export async function readMetadata(path: string): Promise<Metadata> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, METADATA_BYTES));
    await file.read(tail, 0, tail.length, size - tail.length);
    const metadata = parseMetadata(tail);
    const sound = metadata.ipVersion === 4 || metadata.ipVersion === 6;
    if (!sound || !(metadata.searchTreeSize < size)) throw new Error('its metadata makes no sense');
    return metadata;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): RingerError {
  return new RingerError(
    'GEO_DATABASE_UNREADABLE',
    `${path} is not a readable MaxMind DB: ${messageOf(cause)}`,
    {
      cause,
    },
  );
}
