/** Knows whether anything in the twin is at work: its time stands still until nothing is. */
export class Activity {
  #held = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #failures: { readonly thrown: unknown }[] = [];

  /** Says that something has begun. */
  hold(): void {
    this.#held++;
  }

  /** Says that it has ended, or waits for time to pass. */
  release(): void {
    if (--this.#held > 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /**
   * Resolves when nothing is at work.
   *
   * @throws what anything that was begun threw
   */
  async idle(): Promise<void> {
    while (this.#held > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const [failure] = this.#failures.splice(0);
    if (failure !== undefined) throw failure.thrown;
  }

  /** Begins something that nobody waits for but `idle`. */
  begin(work: () => Promise<unknown>): void {
    this.hold();
    void work()
      .catch((thrown: unknown) => this.#failures.push({ thrown }))
      .finally(() => this.release());
  }
}
