/** From where somebody acts, and whether that is unlike them: a country new for them, or a network that hides its user. */
import type { EventBase } from '../../events/index.ts';
import type { Person } from '../../people/person.ts';
import { isAnonymizing, isOwnEgress, networkText } from '../../places/network.ts';
import { countryOf, countryText } from '../sign-ins/country.ts';
import { meet, nothingSeen, watch, type Memory, type Seen } from '../sign-ins/first-seen.ts';
import { harmlessOperator } from '../sign-ins/harmless-operator.ts';
import { hidesPlace } from '../sign-ins/hidden-place.ts';

/** Plain JSON: a part of a detection's state. */
export interface Whereabouts {
  readonly countries: Seen;
  /** Operators of VPNs, or their kind where no operator is known. */
  readonly operators: Seen;
}

export interface Strange {
  /** To stand behind 'signed in': `from France (FR), a country new for them`. */
  readonly text: string;
  readonly country?: string;
}

export function nowhere(): Whereabouts {
  return { countries: nothingSeen(), operators: nothingSeen() };
}

/**
 * Notes where an event came from, and says what is strange about it, compared with the days before.
 *
 * While somebody is hardly known nothing is strange but a country that contradicts the claimed one; nor is the first
 * country of somebody who was behind a gateway until then. A relay, an operator that people may use, and the organization's
 * own exits never are.
 */
export function noteWhereabouts(
  { time, srcEndpoint }: EventBase,
  { countries, operators }: Whereabouts,
  person: Person | undefined,
  memory: Memory,
): Strange | undefined {
  watch(countries, time, memory);
  watch(operators, time, memory);
  if (srcEndpoint === undefined) return undefined;
  const { network } = srcEndpoint;
  const country = countryOf(srcEndpoint);
  if (isOwnEgress(network)) {
    // Whoever comes to an office is in its country; a gateway says where the gateway is.
    if (network?.kind === 'office' && country !== undefined) meet(countries, country.code, time, memory);
    return undefined;
  }
  if (network !== undefined && isAnonymizing(network)) {
    if (harmlessOperator(network) !== undefined) return undefined;
    if (meet(operators, network.operator ?? network.kind, time, memory) !== 'first-day') return undefined;
    const text = `through ${networkText(network)}, which hides its user and is new for them`;
    return { text, ...(country === undefined ? {} : { country: country.code }) };
  }
  if (country === undefined || hidesPlace(network) !== undefined) return undefined;
  const isFirst = Object.keys(countries.things).length === 0;
  const known = meet(countries, country.code, time, memory);
  const claimed = person?.workPlace?.country;
  if (known === 'known' || country.code === claimed || country.disputedBy !== undefined) return undefined;
  if ((known === 'learning' || isFirst) && claimed === undefined) return undefined;
  return { text: `from ${countryText(country.code)}, a country new for them`, country: country.code };
}
