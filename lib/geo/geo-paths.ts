import { RingerError } from '../core/errors.ts';
import type { AtlasOptions } from './atlas.ts';
import { readMetadata } from './mmdb.ts';

/**
 * Tells what each of a user's databases is for, by the type it states itself: City, ASN or ISP, Anonymous-IP.
 *
 * @throws GEO_DATABASE_UNREADABLE when one cannot be read, or is of a type Ringer has no use for
 */
export async function geoPaths(
  paths: readonly string[],
): Promise<Pick<AtlasOptions, 'cityPaths' | 'asnPath' | 'anonymousPath'>> {
  const cityPaths: string[] = [];
  const found: { asnPath?: string; anonymousPath?: string } = {};
  for (const path of paths) {
    const { databaseType } = await readMetadata(path);
    if (/anonymous/i.test(databaseType)) found.anonymousPath = path;
    else if (/asn|isp/i.test(databaseType)) found.asnPath = path;
    else if (/city|enterprise|country|location/i.test(databaseType)) cityPaths.push(path);
    else
      throw new RingerError(
        'GEO_DATABASE_UNREADABLE',
        `${path}: expected a City, ASN, ISP or Anonymous-IP database, got ${databaseType}`,
      );
  }
  return { ...found, ...(cityPaths.length === 0 ? {} : { cityPaths }) };
}
