/** Makes one member of the staff, and what they work with. */
import type { EpochMs } from '../../../core/time.ts';
import type { Random } from '../../random.ts';
import { weighted } from '../chance.ts';
import { digits, guid, letters } from '../records/ids.ts';
import type { Laptop, Phone, Staff } from '../staff.ts';
import { nameAt } from './names.ts';

/** What is decided of somebody before they have a laptop. */
export type StaffFacts = Pick<
  Staff,
  'department' | 'employment' | 'manager' | 'hired' | 'ends' | 'claimed' | 'city' | 'privileged'
>;

export const DOMAIN = 'example.com';

/**
 * Makes a member of the staff.
 *
 * @param index - no two people may have the same
 */
export function makeStaff(index: number, facts: StaffFacts, random: Random): Staff {
  const name = nameAt(index);
  return {
    ...facts,
    name,
    address: addressOf(name),
    oktaId: `00u${letters(random, 17)}`,
    entraId: guid(random),
    googleId: digits(random, 21),
    laptop: makeLaptop(1_000 + index, facts.hired, random),
    phone: makePhone(random),
  };
}

export function addressOf(name: string): string {
  return `${name.replace(' ', '.').toLowerCase()}@${DOMAIN}`;
}

/** Makes a laptop; a serial number as Dell or Apple write it. */
export function makeLaptop(number: number, enrolled: EpochMs, random: Random): Laptop {
  const isMac = random.next() < 0.45;
  return {
    name: `EX-LT-${number}`,
    serialNumber: letters(random, isMac ? 10 : 7).toUpperCase(),
    os: isMac ? 'macOS' : 'Windows',
    model: isMac ? 'MacBook Pro (14-inch, M4)' : 'Latitude 5450',
    enrolled,
    oktaId: `guo${letters(random, 17)}`,
    intuneId: guid(random),
    entraId: guid(random),
  };
}

const PHONES: readonly (readonly [readonly [name: string, os: Phone['os']], number])[] = [
  [['iPhone 15', 'IOS'], 30],
  [['iPhone 16', 'IOS'], 25],
  [['Pixel 9', 'ANDROID'], 15],
  [['Galaxy S24', 'ANDROID'], 30],
];

export function makePhone(random: Random): Phone {
  const [name, os] = weighted(random, PHONES);
  return { name, os, oktaId: `guo${letters(random, 17)}`, pushToken: `token-${letters(random, 32)}` };
}
