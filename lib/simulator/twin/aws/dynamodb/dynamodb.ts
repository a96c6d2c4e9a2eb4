/**
 * DynamoDB: dynalite, and before it what dynalite lacks: streams, time to live, the item of a failed condition, and
 * capacity with indexes.
 */
import { failureAnswer, jsonAnswer, type Answer } from '../answer.ts';
import { arnOf } from '../place.ts';
import { jsonBody, jsonOperation, type AwsRequest } from '../request.ts';
import type { Asked } from '../service.ts';
import { CapacityTotals } from './capacity-totals.ts';
import { consumedCapacity, readUnits, type ConsumedCapacity } from './capacity.ts';
import { Dynalite, isOperation, isRefusal, type Operation } from './dynalite.ts';
import { halved, type BatchInput } from './half-batch.ts';
import type { TableShape } from './table-shape.ts';
import { Table } from './table.ts';
import { isWrite, Writer, type WriteInput } from './writer.ts';

/** What we look at of any input. */
interface Input extends Partial<BatchInput> {
  readonly TableName?: string;
  readonly ReturnConsumedCapacity?: string;
  readonly IndexName?: string;
  readonly ConsistentRead?: boolean;
}

export class DynamoDb {
  readonly totals = new CapacityTotals();
  readonly #dynalite = new Dynalite();
  readonly #tables = new Map<string, Table>();
  readonly #writer = new Writer(this.#dynalite, this.#tables, this.totals);

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const name = jsonOperation(request);
    const input = jsonBody<Input>(request);
    return {
      action: `dynamodb:${name}`,
      resources: resourcesOf(input),
      run: async (share) => {
        if (!isOperation(name) || name === 'CreateTable') return unknown(request, name);
        try {
          return jsonAnswer(request, await this.#run(request.caller, name, input, share === 'half'));
        } catch (thrown) {
          return refusal(request, thrown);
        }
      },
    };
  };

  async createTable(shape: TableShape): Promise<Table> {
    await this.#dynalite.createTable(shape);
    const table = new Table(shape);
    this.#tables.set(shape.TableName, table);
    return table;
  }

  /** Finds a table that was made here. */
  table(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  /** Removes what has expired. @returns how many items */
  expireItems(): Promise<number> {
    return this.#writer.expireItems();
  }

  async #run(caller: string, name: Operation, input: Input, half: boolean): Promise<object> {
    const { RequestItems } = input;
    if (half && RequestItems !== undefined) return this.#runHalf(caller, name, { ...input, RequestItems });
    if (isWrite(name)) return this.#writer.write(caller, name, input as WriteInput);
    return isRead(name) ? this.#read(caller, name, input) : this.#dynalite.run(name, input);
  }

  async #runHalf(caller: string, name: Operation, input: BatchInput): Promise<object> {
    const { done, left } = halved(input.RequestItems);
    const result = await this.#run(caller, name, { ...input, RequestItems: done }, false);
    return { ...result, [name === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems']: left };
  }

  async #read(caller: string, name: Operation, input: Input): Promise<object> {
    const { ConsumedCapacity: said, ...result } = await this.#dynalite.run<{
      ConsumedCapacity: ConsumedCapacity | readonly ConsumedCapacity[];
    }>(name, { ...input, ReturnConsumedCapacity: 'INDEXES' });
    const consumed = [said].flat().map((each) => {
      const units = readUnits(each, input.ConsistentRead === true ? 1 : 0.5);
      this.totals.add(caller, each.TableName, 'readUnits', units);
      return consumedCapacity(each.TableName, units, input.ReturnConsumedCapacity);
    });
    return { ...result, ConsumedCapacity: Array.isArray(said) ? consumed : consumed[0] };
  }
}

function isRead(name: Operation): boolean {
  return name.endsWith('GetItem') || name === 'Query' || name === 'Scan';
}

function resourcesOf(input: Input): readonly string[] {
  const tables = input.TableName === undefined ? Object.keys(input.RequestItems ?? {}) : [input.TableName];
  const index = input.IndexName === undefined ? '' : `/index/${input.IndexName}`;
  const arns = tables.map((table) => arnOf('dynamodb', `table/${table}${index}`));
  return arns.length === 0 ? ['*'] : arns;
}

function unknown(request: AwsRequest, name: string): Answer {
  const message = `the twin has no ${name}`;
  return failureAnswer(request, { status: 400, code: 'UnknownOperationException', message });
}

function refusal(request: AwsRequest, thrown: unknown): Answer {
  if (!isRefusal(thrown)) throw thrown;
  return {
    ...jsonAnswer(request, thrown.body),
    status: thrown.statusCode,
    outcome: thrown.body.__type.split('#').at(-1) ?? '',
  };
}
