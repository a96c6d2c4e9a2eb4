/** Names of time zones, checked. Making a formatter costs 0.1 ms, and a company's people share few zones. */
const cache = new Map<string, string | undefined>();

/** A people file can hold any number of invented zones; the database has about 600. */
const MOST_CACHED = 1_000;

/**
 * Reads an IANA time zone, in the spelling of the database. Offsets such as `+05:30` are not zones: they know no summer.
 *
 * @returns `undefined` when this machine's time-zone database has no such zone
 * @example timeZoneName('europe/paris') // => 'Europe/Paris'
 */
export function timeZoneName(text: string): string | undefined {
  const written = text.trim();
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(written)) return undefined;
  if (!cache.has(written)) {
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(written, lookUp(written));
  }
  return cache.get(written);
}

function lookUp(written: string): string | undefined {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions();
    // The runtime answers an alias with its target (`Asia/Kolkata`, `Asia/Calcutta`); what people wrote is kept then.
    return timeZone.toLowerCase() === written.toLowerCase() ? timeZone : written;
  } catch {
    return undefined;
  }
}
