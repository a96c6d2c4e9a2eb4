/** Names for authenticators by which one is known again, whosoever enrols it, and which show nobody's number or token. */
import { stableId } from '../core/hash.ts';

/** Shorter ones are extensions; ITU-T E.164 has fifteen digits at most. */
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;
const LONGEST_WRITTEN = 40;

/**
 * Names a telephone by its number, whatever the spelling.
 *
 * @returns `undefined` when it is no number, or some of its digits are masked
 * @example phoneUid('+1 202-555-0143') === phoneUid('+12025550143') // => true
 * @example phoneUid('+1 XXX-XXX-0143') // => undefined
 */
export function phoneUid(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST_WRITTEN || !/^[+\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return undefined;
  return `phone:${stableId(digits)}`;
}
