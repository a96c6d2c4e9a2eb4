/** Exit codes, as the contract publishes them. */
export const EXIT = { done: 0, failed: 1, usage: 2, failOn: 3 } as const;
