/** Writes, one after another: only so are the images before and after each of them right. */
import type { CapacityTotals } from './capacity-totals.ts';
import { consumedCapacity, refusedUnits, sumOf, writeUnits, type Units } from './capacity.ts';
import { isRefusal, type Dynalite, type Operation } from './dynalite.ts';
import type { Item } from './item.ts';
import type { Table } from './table.ts';

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'] as const;
type Write = (typeof WRITES)[number];

/** Tells whether an operation changes items. */
export function isWrite(name: Operation): name is Write {
  return (WRITES as readonly string[]).includes(name);
}

/** What is looked at of a write. */
export interface WriteInput {
  readonly TableName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ReturnConsumedCapacity?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly RequestItems?: Readonly<Record<string, readonly BatchEntry[]>>;
}

interface BatchEntry {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

/** An item that is about to be written, as it is. */
interface Target {
  readonly table: Table;
  /** Its key, alone or with the rest of the item. */
  readonly key: Item;
  readonly before: Item | undefined;
}

export class Writer {
  readonly #dynalite: Dynalite;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #totals: CapacityTotals;
  #last: Promise<unknown> = Promise.resolve();

  constructor(dynalite: Dynalite, tables: ReadonlyMap<string, Table>, totals: CapacityTotals) {
    this.#dynalite = dynalite;
    this.#tables = tables;
    this.#totals = totals;
  }

  /** Does a write, or a batch of them. @throws a `Refusal` */
  write(caller: string, name: Write, input: WriteInput): Promise<object> {
    return this.#inTurn(async () => {
      const targets = await this.#targets(input);
      const result = await this.#dynalite
        .run(name, { ...input, ReturnConsumedCapacity: 'NONE' })
        .catch((thrown: unknown) => this.#refused(caller, input, targets, thrown));
      const units = new Map<string, Units[]>();
      for (const { table, key, before } of targets) {
        const after = await this.#dynalite.peek(table.shape, key);
        table.wrote(before, after);
        const { TableName } = table.shape;
        units.set(TableName, [...(units.get(TableName) ?? []), writeUnits(table.shape, before, after)]);
      }
      const consumed = [...units].map(([table, each]) => {
        const sum = sumOf(each);
        this.#totals.add(caller, table, 'writeUnits', sum);
        return consumedCapacity(table, sum, input.ReturnConsumedCapacity);
      });
      return { ...result, ConsumedCapacity: name === 'BatchWriteItem' ? consumed : consumed[0] };
    });
  }

  /** Removes what has expired by the clock, at nobody's expense. @returns how many items */
  expireItems(): Promise<number> {
    return this.#inTurn(async () => {
      let count = 0;
      for (const table of this.#tables.values()) {
        for (const Key of table.expiry?.due(Date.now()) ?? []) {
          const before = await this.#dynalite.peek(table.shape, Key);
          await this.#dynalite.run('DeleteItem', { TableName: table.shape.TableName, Key });
          table.wrote(before, undefined, true);
          count++;
        }
      }
      return count;
    });
  }

  /** Finds what is about to be written; what is no such item or table, dynalite refuses. */
  async #targets({ TableName, Item: item, Key, RequestItems }: WriteInput): Promise<readonly Target[]> {
    const entries: [string | undefined, Item | undefined][] =
      RequestItems === undefined
        ? [[TableName, Key ?? item]]
        : Object.entries(RequestItems).flatMap(([name, requests]) =>
            requests.map(({ PutRequest, DeleteRequest }): [string, Item | undefined] => [
              name,
              PutRequest?.Item ?? DeleteRequest?.Key,
            ]),
          );
    const targets: Target[] = [];
    for (const [name, key] of entries) {
      const table = this.#tables.get(name ?? '');
      if (table === undefined || key === undefined) continue;
      targets.push({ table, key, before: await this.#dynalite.peek(table.shape, key) });
    }
    return targets;
  }

  /** A condition that does not hold costs units too, and may be shown the item it did not hold for. */
  #refused(caller: string, input: WriteInput, [target]: readonly Target[], thrown: unknown): never {
    const failed = isRefusal(thrown) && thrown.body.__type.endsWith('#ConditionalCheckFailedException');
    if (!failed || target === undefined) throw thrown;
    const { table, before } = target;
    this.#totals.add(caller, table.shape.TableName, 'writeUnits', refusedUnits(before, input.Item));
    if (input.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') throw thrown;
    throw Object.assign(thrown, { body: { ...thrown.body, Item: before } });
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
