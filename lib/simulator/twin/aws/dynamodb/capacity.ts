/**
 * Units of DynamoDB on demand, as AWS reckons them.
 *
 * A write costs a unit for each began KiB of the larger of the item before and after it, also when its condition does not
 * hold. An index is written only when what it holds of the item changes: once, or twice when its key changes, because one
 * entry goes and another comes.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations
 */
import { isDeepStrictEqual } from 'node:util';
import { itemSizeBytes } from './dynalite.ts';
import { pick, type Item } from './item.ts';
import type { IndexShape, TableShape } from './table-shape.ts';

/** Units by index; those of the table itself stand under `undefined`. */
export type Units = ReadonlyMap<string | undefined, number>;

/** What is reported to whoever asks for it. */
export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

/** Gives what a write costs that makes one item of another; `undefined` is no item. */
export function writeUnits(table: TableShape, before: Item | undefined, after: Item | undefined): Units {
  const units = new Map<string | undefined, number>([[undefined, Math.max(unitsOf(before), unitsOf(after))]]);
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    const cost = indexUnits(table, index, before, after);
    if (cost > 0) units.set(index.IndexName, cost);
  }
  return units;
}

/** Gives what a write costs whose condition does not hold: no index hears of it. */
export function refusedUnits(before: Item | undefined, wanted: Item | undefined): Units {
  return new Map([[undefined, Math.max(unitsOf(before), unitsOf(wanted))]]);
}

function unitsOf(item: Item | undefined): number {
  return item === undefined ? 1 : Math.ceil(itemSizeBytes(item) / 1024);
}

function indexUnits(table: TableShape, index: IndexShape, before?: Item, after?: Item): number {
  const [old, young] = [entryOf(table, index, before), entryOf(table, index, after)];
  if (isDeepStrictEqual(old, young)) return 0;
  const keys = index.KeySchema.map(({ AttributeName }) => AttributeName);
  const moved =
    old !== undefined && young !== undefined && !isDeepStrictEqual(pick(old, keys), pick(young, keys));
  return moved ? unitsOf(old) + unitsOf(young) : Math.max(unitsOf(old), unitsOf(young));
}

/** Gives what an index holds of an item: nothing when one of its keys is missing. */
function entryOf(table: TableShape, { KeySchema, Projection }: IndexShape, item?: Item): Item | undefined {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName);
  if (item === undefined || keys.some((name) => item[name] === undefined)) return undefined;
  if (Projection.ProjectionType === 'ALL') return item;
  const tableKeys = table.KeySchema.map(({ AttributeName }) => AttributeName);
  return pick(item, [...keys, ...tableKeys, ...(Projection.NonKeyAttributes ?? [])]);
}

/** Adds up the units of several writes. */
export function sumOf(all: readonly Units[]): Units {
  const sum = new Map<string | undefined, number>();
  for (const units of all) for (const [index, count] of units) sum.set(index, (sum.get(index) ?? 0) + count);
  return sum;
}

/** Words units as DynamoDB does. @param wanted - `TOTAL` or `INDEXES`; else nothing is said */
export function consumedCapacity(table: string, units: Units, wanted: unknown): ConsumedCapacity | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return undefined;
  const total = { TableName: table, CapacityUnits: [...units.values()].reduce((sum, each) => sum + each, 0) };
  if (wanted === 'TOTAL') return total;
  const indexes = [...units].flatMap(([index, CapacityUnits]) =>
    index === undefined ? [] : [[index, { CapacityUnits }] as const],
  );
  return {
    ...total,
    Table: { CapacityUnits: units.get(undefined) ?? 0 },
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: Object.fromEntries(indexes) }),
  };
}

/** Reads units out of what dynalite says of a read. A question that finds nothing costs the least there is. */
export function readUnits(said: ConsumedCapacity, least: number): Units {
  const units = new Map<string | undefined, number>();
  const indexes = Object.entries(said.GlobalSecondaryIndexes ?? {});
  for (const [index, { CapacityUnits }] of indexes) units.set(index, Math.max(CapacityUnits, least));
  if (indexes.length === 0) units.set(undefined, Math.max(said.CapacityUnits, least));
  return units;
}
