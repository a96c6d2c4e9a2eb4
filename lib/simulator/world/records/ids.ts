/** Ids and other noise in the vendors' forms. */
import type { EpochMs } from '../../../core/time.ts';
import type { Random } from '../../random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Hexadecimal digits, eight for each number drawn. */
export function hex(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += word(random);
  return text.slice(0, length);
}

/** Makes a GUID; with a time, one that no other second has. */
export function guid(random: Random, at?: EpochMs): string {
  const time =
    at === undefined
      ? word(random)
      : Math.floor(at / 1_000)
          .toString(16)
          .padStart(8, '0');
  const [middle, end] = [word(random), word(random)];
  return `${time}-${middle.slice(0, 4)}-4${middle.slice(5)}-a${end.slice(5)}-${end}${word(random).slice(0, 4)}`;
}

/** Letters and digits, as Okta's ids have. */
export function letters(random: Random, length: number): string {
  let text = '';
  for (let n = 0; n < length; n++) text += LETTERS[Math.floor(random.next() * LETTERS.length)] ?? 'A';
  return text;
}

/** Decimal digits, the first of them no zero. */
export function digits(random: Random, length: number): string {
  let text = String(random.between(1, 9));
  while (text.length < length) text += String(Math.floor(random.next() * 1e9)).padStart(9, '0');
  return text.slice(0, length);
}

function word(random: Random): string {
  return Math.floor(random.next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
