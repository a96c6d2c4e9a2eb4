/** Callers that are to be stopped in the middle of a call. */

export type When = 'before' | 'after';

export class Kills {
  readonly #armed: { readonly caller: string; callsLeft: number; readonly when: When }[] = [];

  /** @param n - 1 is the caller's next call */
  arm(caller: string, n: number, when: When): void {
    this.#armed.push({ caller, callsLeft: n, when });
  }

  /** Counts a call, and says whether it is the one. */
  meet(caller: string): When | undefined {
    for (const kill of this.#armed) if (kill.caller === caller) kill.callsLeft--;
    const due = this.#armed.findIndex(({ callsLeft }) => callsLeft === 0);
    return due === -1 ? undefined : this.#armed.splice(due, 1)[0]?.when;
  }
}
