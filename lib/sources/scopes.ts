/** Reads the permissions a consent gives, which vendors write as one text with spaces or commas between. */

/** The longest list that is taken apart: no consent comes near it. */
const LONGEST_LIST = 65_536;
const LONGEST_SCOPE = 200;
const MOST_SCOPES = 200;

/**
 * Gives the scopes in texts, each once; anything but a text has none.
 *
 * @example scopesIn(['openid, email', 'email profile']) // => ['openid', 'email', 'profile']
 */
export function scopesIn(texts: readonly unknown[]): readonly string[] {
  const scopes = new Set<string>();
  for (const text of texts) {
    if (typeof text !== 'string' || text.length > LONGEST_LIST) continue;
    for (const word of text.split(/[\s,]+/)) {
      if (scopes.size === MOST_SCOPES) return [...scopes];
      if (word !== '' && word.length <= LONGEST_SCOPE) scopes.add(word);
    }
  }
  return [...scopes];
}
