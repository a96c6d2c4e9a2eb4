/** From where somebody acts, and whether that is unlike them: a country new for them, or a network that hides its user. */
import type { EventBase } from '../../events/index.ts';
import type { Person } from '../../people/person.ts';
import { isAnonymizing, isOwnEgress, networkText } from '../../places/network.ts';
import { countryOf, countryText } from '../sign-ins/country.ts';
import { meet, watch, type Memory, type Seen } from '../sign-ins/first-seen.ts';
import { harmlessOperator } from '../sign-ins/harmless-operator.ts';
import { hidesPlace } from '../sign-ins/hidden-place.ts';

export interface Strange {
  /** To stand behind 'signed in': `from France (FR), a country new for them`. */
  readonly text: string;
  readonly country?: string;
}

/**
 * Notes where an event came from, and says what is strange about it, compared with the days before.
 *
 * While somebody is hardly known nothing is strange but a country that contradicts the claimed one. A relay, an operator
 * that people may use, and the organization's own exits never are.
 */
export function noteWhereabouts(
  { time, srcEndpoint }: EventBase,
  seen: Seen,
  person: Person | undefined,
  memory: Memory,
): Strange | undefined {
  watch(seen, time, memory);
  const network = srcEndpoint?.network;
  if (srcEndpoint === undefined || isOwnEgress(network)) return undefined;
  const country = countryOf(srcEndpoint);
  if (network !== undefined && isAnonymizing(network)) {
    if (harmlessOperator(network) !== undefined) return undefined;
    const known = meet(seen, `operator ${network.operator ?? network.kind}`, time, memory);
    if (known !== 'first-day') return undefined;
    const text = `through ${networkText(network)}, which hides its user and is new for them`;
    return { text, ...(country === undefined ? {} : { country: country.code }) };
  }
  if (country === undefined || hidesPlace(network) !== undefined) return undefined;
  const known = meet(seen, `country ${country.code}`, time, memory);
  const claimed = person?.workPlace?.country;
  if (known === 'known' || country.code === claimed || country.disputedBy !== undefined) return undefined;
  if (known === 'learning' && claimed === undefined) return undefined;
  return { text: `from ${countryText(country.code)}, a country new for them`, country: country.code };
}
