/** Which country an address is in, and who disagrees. */
import type { Endpoint } from '../../events/index.ts';

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** What the record itself says instead, in words for people. */
  readonly disputedBy?: string;
  /** The country the record itself names instead. */
  readonly otherCode?: string;
}

/** Gives the country: the placed one, else the record's own. */
export function countryOf({ place, vendorPlace }: Endpoint): Country | undefined {
  const code = place?.country ?? vendorPlace?.country;
  if (code === undefined) return undefined;
  const other = vendorPlace?.country;
  if (other !== undefined)
    return other === code ? { code } : { code, disputedBy: countryText(other), otherCode: other };
  return place?.disputedBy === undefined ? { code } : { code, disputedBy: place.disputedBy.text };
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/**
 * Names a country for people.
 *
 * @example countryText('FR') // => 'France (FR)'
 */
export function countryText(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const name = names.of(code);
  return name === undefined || name === code ? code : `${name} (${code})`;
}
