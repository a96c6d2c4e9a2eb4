/**
 * The DynamoDB that keeps the items: dynalite, in this thread and in memory, its operations called one by one.
 *
 * Its HTTP server is left out, because the gateway has read the request already, and because images before and after a
 * write have to be read where the write happens.
 */
import { createRequire } from 'node:module';
import { TWIN_ACCOUNT_ID, TWIN_REGION } from '../place.ts';
import type { Item } from './item.ts';
import type { TableShape } from './table-shape.ts';

type Done<T> = (failed: Error | null | undefined, result?: T) => void;
type Action = (store: Store, input: object, done: Done<object>) => void;

interface Store {
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  readonly getItemDb: (table: string) => { get: (key: string, done: Done<Item>) => void };
}

interface Storage {
  readonly create: (options: { readonly createTableMs: number }) => Store;
  readonly createKey: (item: Item, table: TableShape) => string;
  readonly validateKey: (key: Item, table: TableShape) => unknown;
  readonly itemSize: (item: Item) => number;
}

interface Validation {
  readonly types: object;
  readonly custom?: unknown;
}

interface Validations {
  readonly checkTypes: (input: object, types: object) => object;
  readonly checkValidations: (input: object, types: object, custom: unknown, store: Store) => void;
}

const OPERATIONS = [
  'CreateTable',
  'DescribeTable',
  'ListTables',
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Tells whether the twin has an operation. */
export function isOperation(name: string): name is Operation {
  return (OPERATIONS as readonly string[]).includes(name);
}

const load = createRequire(import.meta.url);
const storage = load('dynalite/db/index.js') as Storage;
const validations = load('dynalite/validations/index.js') as Validations;

interface Described {
  readonly Table: { readonly TableStatus: string };
}

/** A refusal as DynamoDB words it. */
export interface Refusal extends Error {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string };
}

/** Tells a refusal from a failure of the twin. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return typeof (thrown as Partial<Refusal> | undefined)?.statusCode === 'number';
}

export class Dynalite {
  readonly #store = storage.create({ createTableMs: 0 });
  readonly #operations = new Map<Operation, { readonly action: Action; readonly validation: Validation }>();

  constructor() {
    this.#store.tableDb.awsAccountId = TWIN_ACCOUNT_ID;
    this.#store.tableDb.awsRegion = TWIN_REGION;
    for (const name of OPERATIONS) {
      const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`;
      const action = load(`dynalite/actions/${file}`) as Action;
      const validation = load(`dynalite/validations/${file}`) as Validation;
      this.#operations.set(name, { action, validation });
    }
  }

  /** Does an operation. @throws a `Refusal` */
  async run<T extends object>(name: Operation, input: object): Promise<T> {
    const operation = this.#operations.get(name);
    if (operation === undefined) throw new TypeError(name);
    const { action, validation } = operation;
    // What it does not know, it deletes from what it is given.
    const checked = validations.checkTypes({ ...input }, validation.types);
    validations.checkValidations(checked, validation.types, validation.custom, this.#store);
    const result = await new Promise<object | undefined>((resolve, reject) => {
      action(this.#store, checked, (failed, value) =>
        failed === null || failed === undefined ? resolve(value) : reject(failed),
      );
    });
    return (result ?? {}) as T;
  }

  /** Makes a table, and waits until it can be used: dynalite has it ready a moment later. */
  async createTable(shape: TableShape): Promise<void> {
    await this.run('CreateTable', { ...shape, BillingMode: 'PAY_PER_REQUEST' });
    const { TableName } = shape;
    for (;;) {
      const { Table } = await this.run<Described>('DescribeTable', { TableName });
      if (Table.TableStatus === 'ACTIVE') return;
    }
  }

  /** Reads an item as it is stored, by its key or by the whole of it; `undefined` also for what is no key. */
  async peek(table: TableShape, item: Item): Promise<Item | undefined> {
    const key = Object.fromEntries(
      table.KeySchema.flatMap(({ AttributeName: name }) => {
        const value = item[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    if (storage.validateKey(key, table) !== undefined) return undefined;
    return new Promise((resolve, reject) => {
      this.#store.getItemDb(table.TableName).get(storage.createKey(key, table), (failed, found) => {
        if (failed === null || failed === undefined) resolve(found);
        else reject(failed);
      });
    });
  }
}

/** Reckons the size of an item in bytes, names included; text counts by characters, as dynalite counts it. */
export function itemSizeBytes(item: Item): number {
  return storage.itemSize(item);
}
