/** The organization's own ways out to the Internet, as the policy names them. */
import { countryCode } from '../config/countries.ts';
import type { Egress } from '../config/policy.ts';
import { RingerError } from '../core/errors.ts';
import { parseCidr, type Cidr } from '../core/places/cidr.ts';
import type { Place } from '../core/places/place.ts';
import { sameName } from '../core/policy.ts';
import { cidrTable, type CidrTable } from './cidr-table.ts';

/**
 * Makes the table of egress ranges; the longest prefix wins.
 *
 * @throws RingerError CONFIG_INVALID naming the entry whose range or country cannot be read
 */
export function egressTable(entries: readonly Egress[]): CidrTable<Egress> {
  return cidrTable(
    entries.flatMap((entry) => entry.cidrs.map((text) => [requireCidr(entry, text), named(entry)])),
  );
}

/**
 * Gives the place of an egress: the database's, when the policy names none or names the same. A policy that contradicts
 * the database is believed, but there are no coordinates to go with it: the place is unknown.
 */
export function egressPlace(egress: Egress, place: Place | undefined): Place | undefined {
  if (place === undefined || (egress.country === undefined && egress.city === undefined)) return place;
  const { disputedBy: _, ...known } = place;
  const sameCountry = egress.country === undefined || egress.country === place.country;
  const sameCity = egress.city === undefined || sameName(egress.city, place.city ?? '');
  return sameCountry && sameCity ? { ...known, from: 'policy' } : undefined;
}

function requireCidr(entry: Egress, text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr !== undefined) return cidr;
  throw new RingerError(
    'CONFIG_INVALID',
    `policy.egress: "${text}" of ${entry.name} is not a range such as 203.0.113.0/24`,
  );
}

function named(entry: Egress): Egress {
  if (entry.country === undefined) return entry;
  const country = countryCode(entry.country);
  if (country !== undefined) return { ...entry, country };
  throw new RingerError(
    'CONFIG_INVALID',
    `policy.egress: "${entry.country}" of ${entry.name} is not a country`,
  );
}
