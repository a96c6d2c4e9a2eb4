/** Remembers answers for the texts asked about lately. */

/**
 * Wraps a function of a text so that at least the last `capacity / 2` distinct answers, and never more than `capacity`,
 * are kept. Two generations: when the young one is full the old one is dropped, which needs no bookkeeping per read.
 */
export function remembering<T extends object>(
  answer: (text: string) => T,
  capacity: number,
): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const value = old.get(text) ?? answer(text);
    if (young.size >= capacity / 2) {
      old = young;
      young = new Map();
    }
    young.set(text, value);
    return value;
  };
}
