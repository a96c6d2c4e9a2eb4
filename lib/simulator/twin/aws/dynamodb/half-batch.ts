/** Halves of batches: DynamoDB may do a part of a batch and give the rest back. */

export interface BatchInput {
  /** Items to write, or keys to read with what is asked of them. */
  readonly RequestItems: Readonly<Record<string, Requests>>;
}

type Requests = readonly unknown[] | { readonly Keys: readonly unknown[] };

/** Leaves the second half of each table's requests undone; the first always has one. */
export function halved(items: BatchInput['RequestItems']): {
  readonly done: BatchInput['RequestItems'];
  readonly left: BatchInput['RequestItems'];
} {
  const done: Record<string, Requests> = {};
  const left: Record<string, Requests> = {};
  for (const [table, requests] of Object.entries(items)) {
    const list = 'Keys' in requests ? requests.Keys : requests;
    const middle = Math.ceil(list.length / 2);
    const like = (part: readonly unknown[]): Requests =>
      'Keys' in requests ? { ...requests, Keys: part } : part;
    done[table] = like(list.slice(0, middle));
    if (middle < list.length) left[table] = like(list.slice(middle));
  }
  return { done, left };
}
