/** The stream of a table: what changed, in order, for 24 hours by the twin's clock. */
import { DAY_MS } from '../../../../core/time.ts';
import { arnOf, TWIN_REGION } from '../place.ts';
import { itemSizeBytes } from './dynalite.ts';
import { pick, type Item } from './item.ts';
import type { TableShape } from './table-shape.ts';

/** A record as Lambda gets it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  /** Only on what time to live removed. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly OldImage?: Item;
    readonly NewImage?: Item;
    /** Digits, of the same number for every record, so that they sort as text. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

const FIRST_SEQUENCE = 100_000_000_000_000;

export class StreamLog {
  readonly arn: string;
  readonly #keys: readonly string[];
  readonly #view: string;
  readonly #records: StreamRecord[] = [];
  #next = FIRST_SEQUENCE;

  constructor(table: TableShape, view: string) {
    this.arn = arnOf('dynamodb', `table/${table.TableName}/stream/2026-01-01T00:00:00.000`);
    this.#keys = table.KeySchema.map(({ AttributeName }) => AttributeName);
    this.#view = view;
  }

  /** Appends a change. @param byService - time to live made it */
  append(before: Item | undefined, after: Item | undefined, byService: boolean): void {
    const now = Date.now();
    const keys = pick(after ?? before ?? {}, this.#keys);
    const images = {
      ...(before !== undefined && this.#shows('OLD') ? { OldImage: before } : {}),
      ...(after !== undefined && this.#shows('NEW') ? { NewImage: after } : {}),
    };
    const sequence = String(this.#next++);
    this.#records.push({
      eventID: sequence,
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: TWIN_REGION,
      eventSourceARN: this.arn,
      ...(byService
        ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const }
        : {}),
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now / 1000),
        Keys: keys,
        ...images,
        SequenceNumber: sequence,
        SizeBytes: [keys, ...Object.values(images)].reduce((sum, item) => sum + itemSizeBytes(item), 0),
        StreamViewType: this.#view,
      },
    });
    this.#trim(now);
  }

  /** Reads what follows a sequence number, or everything that is kept. */
  read(after: string | undefined, limit: number): readonly StreamRecord[] {
    this.#trim(Date.now());
    const kept = this.#next - this.#records.length;
    const from = after === undefined ? 0 : Math.max(0, Number(after) + 1 - kept);
    return this.#records.slice(from, from + limit);
  }

  #shows(image: 'OLD' | 'NEW'): boolean {
    return this.#view.includes(image);
  }

  #trim(now: number): void {
    const oldest = (now - DAY_MS) / 1000;
    const isKept = (record: StreamRecord): boolean => record.dynamodb.ApproximateCreationDateTime >= oldest;
    const [first] = this.#records;
    if (first === undefined || isKept(first)) return;
    const from = this.#records.findIndex(isKept);
    this.#records.splice(0, from === -1 ? this.#records.length : from);
  }
}
