/**
 * Filter policies as fauxqs needs them. SNS lets a list (`String.Array`) through when any of its texts would pass; fauxqs
 * compares the list with each text as a whole, so that a text has to be looked for inside the list as well.
 */

/**
 * Adds to each text of a policy the same text as part of a list.
 *
 * @param policy - JSON
 * @example withLists('{"severity":["high"]}') // => '{"severity":["high",{"wildcard":"*\\"high\\"*"}]}'
 */
export function withLists(policy: string): string {
  const wanted = JSON.parse(policy) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(wanted).map(([name, conditions]) => [
    name,
    Array.isArray(conditions) ? (conditions as unknown[]).flatMap(inListToo) : conditions,
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

function inListToo(condition: unknown): readonly unknown[] {
  return typeof condition === 'string'
    ? [condition, { wildcard: `*${JSON.stringify(condition)}*` }]
    : [condition];
}
