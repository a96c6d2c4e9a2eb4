/** What is found when every method may raise as many false alerts as every other. */

/** Something that a method would raise, the higher the sooner. */
export interface Raisable {
  readonly value: number;
  /** Keys of the attacks that it tells of; none when it is a false alert. */
  readonly attacks: readonly string[];
}

/**
 * Gives the share of attacks that are told of, with the lowest threshold that keeps false alerts within a budget.
 *
 * What has the same value is raised together or not at all.
 *
 * @param attacks - keys of those that count
 * @param budget - how many false alerts there may be
 * @returns `undefined` without attacks
 */
export function recallWithin(
  raisables: readonly Raisable[],
  attacks: ReadonlySet<string>,
  budget: number,
): number | undefined {
  if (attacks.size === 0) return undefined;
  const steps = [...Map.groupBy(raisables, ({ value }) => value)].sort(([a], [b]) => b - a);
  const told = new Set<string>();
  let spent = 0;
  for (const [, step] of steps) {
    spent += step.filter((each) => each.attacks.length === 0).length;
    if (spent > budget) break;
    for (const each of step) for (const attack of each.attacks) if (attacks.has(attack)) told.add(attack);
  }
  return told.size / attacks.size;
}
