/** Time to live: when which item of a table expires. */
import { pick, type Item } from './item.ts';
import type { TableShape } from './table-shape.ts';

/** DynamoDB leaves alone what expired longer ago: it takes it for a mistake. */
const LONGEST_PAST_SECONDS = 5 * 365 * 86_400;

export class Expiry {
  readonly #keys: readonly string[];
  readonly #attribute: string;
  readonly #times = new Map<string, { readonly key: Item; readonly seconds: number }>();

  constructor(table: TableShape, attribute: string) {
    this.#keys = table.KeySchema.map(({ AttributeName }) => AttributeName);
    this.#attribute = attribute;
  }

  /** Hears of every change. */
  note(before: Item | undefined, after: Item | undefined): void {
    const key = pick(after ?? before ?? {}, this.#keys);
    const name = JSON.stringify(this.#keys.map((attribute) => key[attribute]));
    const value = after?.[this.#attribute];
    if (value !== undefined && 'N' in value) this.#times.set(name, { key, seconds: Number(value.N) });
    else this.#times.delete(name);
  }

  /** Gives the keys of what has expired, the earliest first. @param now - milliseconds since 1970 */
  due(now: number): readonly Item[] {
    const seconds = now / 1000;
    return [...this.#times.values()]
      .filter((each) => each.seconds < seconds && each.seconds > seconds - LONGEST_PAST_SECONDS)
      .sort((a, b) => a.seconds - b.seconds)
      .map(({ key }) => key);
  }
}
