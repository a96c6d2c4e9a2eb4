/** Reads listings page by page; a run that ends midway goes on where it stopped, as long as the vendor knows the place. */
import { RingerError } from '../core/errors.ts';
import type { EpochMs } from '../core/time.ts';
import { asObject, exactTextAt, numberAt } from './fields.ts';
import type { Reader } from './reader.ts';

export type ListedPage =
  | {
      readonly outcome: 'listed';
      readonly records: readonly unknown[];
      /** The place of the next page, in the vendor's words; absent on the last. */
      readonly next?: string | undefined;
    }
  /** The vendor does not know the place, or not any more. */
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'out-of-time' };

/** Asks for one page of a part: the first, or the one at a place. */
export type PageOfPart<P> = (part: P, place: string | undefined, deadline: EpochMs) => Promise<ListedPage>;

interface Cursor {
  readonly part: number;
  readonly place?: string | undefined;
}

/**
 * Makes the reader of a listing, which is read whole every time.
 *
 * @param parts - what has to be asked one after the other to see everything; at least one
 */
export function listingReader<P>(parts: readonly P[], pageOf: PageOfPart<P>): Reader {
  return async function* (cursor, { deadline }) {
    const from = readCursor(cursor, parts.length);
    for (const [index, part] of parts.entries()) {
      if (index < from.part) continue;
      let place = index === from.part ? from.place : undefined;
      let mayStartOver = true;
      for (;;) {
        const page = await pageOf(part, place, deadline);
        if (page.outcome === 'out-of-time') return;
        if (page.outcome === 'gone') {
          if (place === undefined || !mayStartOver)
            throw new RingerError('SOURCE_SHAPE_CHANGED', 'a listing does not know its own pages');
          mayStartOver = false;
          place = undefined;
          continue;
        }
        if (page.next !== undefined && page.next === place)
          throw new RingerError('SOURCE_SHAPE_CHANGED', 'a page of a listing is its own next page');
        place = page.next;
        const last = place === undefined && index === parts.length - 1;
        yield { records: page.records, cursor: after(index, place, last), last };
        if (place === undefined) break;
      }
    }
  };
}

/** Where the next run goes on; after the last page comes the first. */
function after(part: number, place: string | undefined, last: boolean): Cursor {
  if (last) return { part: 0 };
  return place === undefined ? { part: part + 1 } : { part, place };
}

function readCursor(cursor: unknown, parts: number): Cursor {
  const written = asObject(cursor);
  const part = numberAt(written, 'part');
  if (part === undefined || !Number.isInteger(part) || part < 0 || part >= parts) return { part: 0 };
  return { part, place: exactTextAt(written, 'place') };
}
