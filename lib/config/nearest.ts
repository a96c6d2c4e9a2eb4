import { closest } from 'fastest-levenshtein';

/**
 * Gives the word that is nearest to what somebody wrote, by single-letter edits and without regard to case.
 *
 * @returns `undefined` only when there is nothing to choose from
 * @example nearest('polcy', ['people', 'policy']) // => 'policy'
 */
export function nearest(written: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const lower = words.map((word) => word.toLowerCase());
  return words[lower.indexOf(closest(written.slice(0, 100).toLowerCase(), lower))];
}
