/** Units of DynamoDB, added up by who consumed them and where. */
import type { Units } from './capacity.ts';

export interface CapacityUse {
  readonly caller: string;
  readonly table: string;
  /** `undefined` for the table itself. */
  readonly index: string | undefined;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export class CapacityTotals {
  readonly #totals = new Map<string, CapacityUse>();

  add(caller: string, table: string, kind: 'readUnits' | 'writeUnits', units: Units): void {
    for (const [index, count] of units) {
      const key = JSON.stringify([caller, table, index]);
      const before = this.#totals.get(key) ?? { caller, table, index, readUnits: 0, writeUnits: 0 };
      this.#totals.set(key, { ...before, [kind]: before[kind] + count });
    }
  }

  all(): readonly CapacityUse[] {
    return [...this.#totals.values()];
  }
}
