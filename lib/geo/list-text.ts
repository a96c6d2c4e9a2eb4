/** Reads lists of address ranges as they are published: text, one range a line. */
import { specialUse } from '../core/places/address.ts';
import { parseCidr, type Cidr } from '../core/places/cidr.ts';

/** A wider range in a list is a mistake or worse: the widest real ones are /9 and /24. */
const WIDEST_BITS = { 4: 8, 6: 16 } as const;

export interface ListText {
  readonly ranges: readonly Cidr[];
  /** Lines that hold something else than a range, a comment or nothing. */
  readonly ignoredLines: number;
}

/**
 * Reads a list: one range or address at the start of a line, anything after a space, comma or semicolon passed over, so
 * that the first column of a CSV will do; `#`, `;` and `//` begin comments. Repeated ranges count once.
 *
 * Ranges wider than /8 (IPv6: /16) and ranges off the Internet (private, documentation) are ignored.
 */
export function readListText(text: string): ListText {
  const ranges = new Map<string, Cidr>();
  let ignoredLines = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [word = ''] = line
      .replace('\uFEFF', '')
      .trimStart()
      .split(/[\s,;#]|\/\//, 1);
    if (word === '') continue;
    const cidr = parseCidr(word);
    if (
      cidr === undefined ||
      cidr.bits < WIDEST_BITS[cidr.first.version] ||
      specialUse(cidr.first) !== undefined
    ) {
      ignoredLines++;
    } else ranges.set(cidr.text, cidr);
  }
  return { ranges: [...ranges.values()], ignoredLines };
}
