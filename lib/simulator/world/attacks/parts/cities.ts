import type { Random } from '../../../random.ts';
import type { CityName } from '../../places/cities.ts';

export type Cities = readonly [CityName, ...CityName[]];

/** Where people claim to work, and where farms are; no two within 150 km of each other. */
export const US: Cities = [
  'Austin',
  'Denver',
  'Boston',
  'Seattle',
  'Chicago',
  'Atlanta',
  'San Francisco',
  'Los Angeles',
  'Raleigh',
  'Minneapolis',
  'Phoenix',
  'Salt Lake City',
  'Nashville',
];

/** Where operators of the scheme are known to sit. The company's policy denies Russia, and says nothing of China. */
export const OPERATORS: Cities = ['Dandong', 'Shenyang', 'Dalian', 'Vladivostok', 'Khabarovsk'];

/** Where stolen accounts are used from: none of them a place the company has people in. */
export const THIEVES: Cities = ['Lagos', 'Nairobi', 'Lahore', 'Hanoi', 'Kuala Lumpur', 'Istanbul'];

/** Draws a city, but not one of some. */
export function cityBut(random: Random, cities: Cities, ...but: readonly CityName[]): CityName {
  const [first, ...rest] = cities.filter((city) => !but.includes(city));
  if (first === undefined) throw new RangeError('no city is left');
  return random.pick([first, ...rest]);
}
