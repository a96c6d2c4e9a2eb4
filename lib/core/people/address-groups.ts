/** Which addresses are one person's: sets that grow together as records name two at once (union-find). */
export interface AddressGroups {
  /** Says that these are one person's. Empty texts are passed over; case and space at the ends do not matter. */
  readonly join: (addresses: readonly string[]) => void;
  /** Gives the address that stands for the whole group, or `undefined` for one never seen. */
  readonly groupOf: (address: string) => string | undefined;
  readonly all: () => IterableIterator<string>;
}

/**
 * Starts with no address at all.
 *
 * Which address stands for a group depends on the order of joining; what is in a group does not.
 */
export function addressGroups(): AddressGroups {
  const parents = new Map<string, string>();

  function rootOf(address: string): string {
    let root = address;
    for (
      let parent = parents.get(root);
      parent !== undefined && parent !== root;
      parent = parents.get(root)
    ) {
      root = parent;
    }
    for (let step = address; step !== root;) {
      const next = parents.get(step) ?? root;
      parents.set(step, root);
      step = next;
    }
    return root;
  }

  return {
    join(addresses) {
      let first: string | undefined;
      for (const each of addresses) {
        const address = normalAddress(each);
        if (address === '') continue;
        if (!parents.has(address)) parents.set(address, address);
        if (first === undefined) first = rootOf(address);
        else parents.set(rootOf(address), first);
      }
    },
    groupOf: (address) => (parents.has(address) ? rootOf(address) : undefined),
    all: () => parents.keys(),
  };
}

/**
 * Writes an address as all comparisons see it.
 *
 * @example normalAddress(' Ann@Example.com ') // => 'ann@example.com'
 */
export function normalAddress(text: string): string {
  return text.trim().toLowerCase();
}

/** Tells e-mail addresses and UPNs from bare logins. A UPN's domain may be a single word. */
export function isEmail(address: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(address);
}
