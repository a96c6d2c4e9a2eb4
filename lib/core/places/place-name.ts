/** Names of places in the spellings people and vendors use. */

/** Letters that are not a letter with a mark on it, as those write them who cannot type them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const SHORT: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', ft: 'fort', mt: 'mount' };

/** No place has a longer name; a field of a record may hold anything. */
const LONGEST_NAME = 120;

/**
 * Writes a name so that spellings of one place are equal: lower case, without marks, signs and abbreviations.
 *
 * @example placeKey('Łódź') // => 'lodz'
 * @example placeKey('St. Louis') // => 'saint louis'
 */
export function placeKey(name: string): string {
  return (
    name
      .slice(0, LONGEST_NAME)
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter] ?? letter)
      // An apostrophe stands within a word: O’Fallon, Cote d'Azur, Sana'a.
      .replace(/['’ʻ`´.]/g, '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '')
      .map((word) => (Object.hasOwn(SHORT, word) ? (SHORT[word] ?? word) : word))
      .join(' ')
  );
}

/** Tells whether two names are spellings of the same. */
export function isSamePlaceName(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && placeKey(a) === placeKey(b);
}
