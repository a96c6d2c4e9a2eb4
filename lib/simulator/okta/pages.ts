/** How Okta cuts a list into pages, and the `Link` header that leads from one to the next. */
import type { RawRecord } from '../../sources/source.ts';

export interface Listed {
  readonly records: readonly RawRecord[];
  /** Where the next page begins; absent after the last page of a list that ends. */
  readonly next?: URL;
}

export interface PageRequest {
  readonly url: URL;
  /** The whole list. */
  readonly list: readonly RawRecord[];
  /** Gives where the first page begins. */
  readonly first: () => number;
  readonly limit: { readonly usual: number; readonly most: number };
  /** Has a next page even after the last record there is. */
  readonly endless: boolean;
}

/** Gives out places in lists, and knows them until it forgets them. */
export class Places {
  #age = 1;

  /** Makes every place given so far invalid. */
  forget(): void {
    this.#age++;
  }

  /** Cuts out a page; `undefined` when its place is unknown or it is larger than Okta allows. */
  page({ url, list, first, limit, endless }: PageRequest): Listed | undefined {
    const after = url.searchParams.get('after');
    const start = after === null ? first() : this.#positionOf(after);
    const size = Number(url.searchParams.get('limit') ?? limit.usual);
    if (start === undefined || !Number.isInteger(size) || size < 1 || size > limit.most) return undefined;
    const records = list.slice(start, start + size);
    const end = start + records.length;
    if (!endless && end >= list.length) return { records };
    const next = new URL(url);
    next.searchParams.delete('since');
    next.searchParams.set('after', `${this.#age}_${end}`);
    return { records, next };
  }

  #positionOf(after: string): number | undefined {
    const [, age, position] = /^(\d{1,9})_(\d{1,9})$/.exec(after) ?? [];
    return Number(age) === this.#age ? Number(position) : undefined;
  }
}
