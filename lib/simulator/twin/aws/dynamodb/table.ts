/** What the twin keeps of a table beside its items, and what becomes of a change. */
import { isDeepStrictEqual } from 'node:util';
import { Expiry } from './expiry.ts';
import type { Item } from './item.ts';
import { StreamLog } from './stream-log.ts';
import type { TableShape } from './table-shape.ts';

export class Table {
  readonly shape: TableShape;
  readonly stream: StreamLog | undefined;
  readonly expiry: Expiry | undefined;

  constructor(shape: TableShape) {
    this.shape = shape;
    const { StreamSpecification: stream, TimeToLiveSpecification: expiry } = shape;
    this.stream = stream === undefined ? undefined : new StreamLog(shape, stream.StreamViewType);
    this.expiry = expiry?.Enabled === true ? new Expiry(shape, expiry.AttributeName) : undefined;
  }

  /** Hears of every write, in order; one that leaves the item as it was is no change. */
  wrote(before: Item | undefined, after: Item | undefined, byService = false): void {
    if (isDeepStrictEqual(before, after)) return;
    this.stream?.append(before, after, byService);
    this.expiry?.note(before, after);
  }
}
