/**
 * Runs in a function's thread: measures each invocation of a handler, and writes what it took to the log.
 *
 * The handler is the one that is deployed; what it asks of DynamoDB is asked to say what it costs.
 */
import type { Context } from 'aws-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Handler = (event: unknown, context: Context) => unknown;

/** Read and write units of one kind of item. */
export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** What an invocation took. */
export interface Measured {
  /** Of the function's own thread. */
  readonly cpuMs: number;
  /** By kind of item: `subject event`, `feed cursor`. */
  readonly units: Readonly<Record<string, Units>>;
}

/** The field of a log line that holds it. */
export const MEASURED = 'ringerBench';

/** What commands of the document client have in common. */
interface Asked {
  readonly constructor: { readonly name: string };
  readonly input: Readonly<Record<string, unknown>>;
}

type Item = Readonly<Record<string, unknown>>;

interface Consumed {
  readonly CapacityUnits: number;
}

let units = new Map<string, Units>();

/** Gives the handler of a module, measured. @param path - of the module */
export async function measured(path: string): Promise<Handler> {
  const send = Reflect.get(DynamoDBDocumentClient.prototype, 'send') as (asked: Asked) => Promise<Item>;
  Reflect.set(DynamoDBDocumentClient.prototype, 'send', async function (this: unknown, asked: Asked) {
    // The command has handed its input on already: it is the object itself that has to say so.
    Object.assign(asked.input, { ReturnConsumedCapacity: 'TOTAL' });
    const answer = await send.call(this, asked);
    const consumed = answer['ConsumedCapacity'] as Consumed | readonly Consumed[] | undefined;
    for (const { CapacityUnits } of [consumed ?? []].flat()) add(asked, CapacityUnits);
    return answer;
  });
  const { handler } = (await import(path)) as { readonly handler: Handler };
  return async (event, context) => {
    const cpu = process.threadCpuUsage();
    try {
      return await handler(event, context);
    } finally {
      const { user, system } = process.threadCpuUsage(cpu);
      const took: Measured = { cpuMs: (user + system) / 1_000, units: Object.fromEntries(units) };
      units = new Map();
      console.log(JSON.stringify({ [MEASURED]: took }));
    }
  };
}

function add(asked: Asked, count: number): void {
  const kind = kindOf(asked.input);
  const before = units.get(kind) ?? { reads: 0, writes: 0 };
  const what = /^(?:Get|Query|Scan|BatchGet)/.test(asked.constructor.name) ? 'reads' : 'writes';
  units.set(kind, { ...before, [what]: before[what] + count });
}

/** Names what a command is about by the beginnings of its keys. */
function kindOf(input: Item): string {
  if (typeof input['IndexName'] === 'string') return `index ${input['IndexName']}`;
  const values = input['ExpressionAttributeValues'] as Item | undefined;
  const { pk = values?.[':pk'], sk = values?.[':from'] } = keyIn(input);
  const words = [pk, sk].flatMap((key) =>
    typeof key === 'string' ? (/^[a-z-]+(?=#|$)/.exec(key) ?? []) : [],
  );
  return [...new Set(words)].join(' ') || 'other';
}

function keyIn({ Key, Item, RequestItems, TransactItems }: Item): Item {
  const transacted = (TransactItems as readonly Item[] | undefined)?.[0];
  if (transacted !== undefined) return keyIn(Object.values(transacted)[0] as Item);
  const batch = Object.values((RequestItems ?? {}) as Item)[0];
  const first = Array.isArray(batch)
    ? (batch[0] as { readonly PutRequest?: { readonly Item: Item } }).PutRequest?.Item
    : (batch as { readonly Keys: readonly Item[] } | undefined)?.Keys[0];
  return (Key ?? Item ?? first ?? {}) as Item;
}
