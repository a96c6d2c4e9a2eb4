/** Runs generators side by side, so many at once, and gives what they yield as it comes. */

interface Step<T> {
  readonly from: AsyncGenerator<T>;
  readonly result: IteratorResult<T>;
}

/**
 * Merges what generators yield. Each goes on only when what it gave has been taken; those that have begun are ended with
 * the merging.
 *
 * @param sources - begun in this order
 */
export async function* merge<T>(
  sources: readonly (() => AsyncGenerator<T>)[],
  atOnce: number,
): AsyncGenerator<T> {
  const waiting = sources.values();
  const running = new Map<AsyncGenerator<T>, Promise<Step<T>>>();
  const goOn = (from: AsyncGenerator<T>): void => {
    running.set(
      from,
      from.next().then((result) => ({ from, result })),
    );
  };
  const begin = (): void => {
    const { value } = waiting.next();
    if (value !== undefined) goOn(value());
  };
  for (let begun = 0; begun < atOnce; begun++) begin();
  try {
    while (running.size > 0) {
      const { from, result } = await Promise.race(running.values());
      if (result.done === true) {
        running.delete(from);
        begin();
      } else {
        yield result.value;
        goOn(from);
      }
    }
  } finally {
    await Promise.allSettled([...running.keys()].map((from) => from.return(undefined)));
  }
}
