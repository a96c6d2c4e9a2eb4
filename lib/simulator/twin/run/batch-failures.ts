/** What a function says of a batch: which of its items failed. */
import type { Outcome } from './instance.ts';

/**
 * Tells which items of a batch failed, as Lambda reads it: all of them when the function threw, or when what it says
 * cannot be read or names an item that was not in the batch.
 *
 * @param ids - of the batch's items
 * @param reports - whether the mapping heeds `batchItemFailures`
 */
export function failedOf(ids: readonly string[], outcome: Outcome, reports: boolean): ReadonlySet<string> {
  if (!outcome.ok) return new Set(ids);
  const { batchItemFailures = [] } = (reports ? (outcome.result ?? {}) : {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier?: unknown }[] | null;
  };
  const failed = new Set<string>();
  for (const { itemIdentifier } of batchItemFailures ?? []) {
    if (typeof itemIdentifier !== 'string' || !ids.includes(itemIdentifier)) return new Set(ids);
    failed.add(itemIdentifier);
  }
  return failed;
}
