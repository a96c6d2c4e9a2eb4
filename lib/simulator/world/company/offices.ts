/** Where people work who do not work at home. */
import type { From } from '../geography.ts';
import type { AddressBook } from '../places/address-book.ts';
import type { CityName } from '../places/cities.ts';
import { RATES } from '../rates.ts';

export interface Office {
  readonly name: string;
  readonly city: CityName;
  readonly from: From;
  /** It is in `policy.egress`. */
  readonly isListed: boolean;
}

/** By how large a part of those who go to an office go to it, the largest first. */
const OFFICES: readonly (readonly [city: CityName, share: number])[] = [
  ['Austin', 40],
  ['London', 25],
  ['Berlin', 15],
  ['Denver', 12],
  ['Lisbon', 8],
];

/** Gives the offices and how likely somebody is to work there. The smallest are those that nobody listed. */
export function makeOffices(book: AddressBook): readonly (readonly [Office, number])[] {
  const listed = OFFICES.length - RATES.unlistedOffices;
  return OFFICES.map(([city, share], index) => [
    { name: `${city} office`, city, from: book.office(city), isListed: index < listed },
    share,
  ]);
}
