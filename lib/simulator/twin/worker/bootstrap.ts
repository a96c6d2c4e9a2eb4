/** Runs in a function's thread: loads its module and calls the handler as Lambda's own runtime would. */
import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import type { FromInstance, InstanceSetup, ToInstance } from './messages.ts';
import { keepTwinTime } from './virtual-time.ts';

type Handler = (event: unknown, context: Context) => unknown;

const setup = workerData as InstanceSetup;
const sleepers = new Map<number, () => void>();
let sleeps = 0;

// Every thread of every twin compiles the same files.
enableCompileCache();
keepTwinTime(setup.clockMemory, sleep);
process.stdout.write = process.stderr.write = logged;
const loading = import(pathToFileURL(setup.path).href) as Promise<{ handler: Handler }>;
// It is waited for by the first invocation, which may come much later.
loading.catch(() => undefined);
parentPort?.on('message', hear);

function hear(message: ToInstance): void {
  if (message.say === 'wake') {
    sleepers.get(message.sleep)?.();
    sleepers.delete(message.sleep);
    return;
  }
  void invoke(message).then(tell);
}

async function invoke({ requestId, event, deadline }: ToInstance & { say: 'invoke' }): Promise<FromInstance> {
  let handler: Handler | undefined;
  try {
    ({ handler } = await loading);
    const result: unknown = await handler(JSON.parse(event), contextOf(requestId, deadline));
    return { say: 'done', result: JSON.stringify(result) };
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { say: 'failed', type: name, message, lost: handler === undefined };
  }
}

function contextOf(awsRequestId: string, deadline: number): Context {
  return {
    awsRequestId,
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: setup.functionArn,
    memoryLimitInMB: String(setup.memoryMb),
    logGroupName: setup.logGroup,
    logStreamName: 'twin',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  } as Context;
}

function sleep(ms: number): Promise<void> {
  const number = ++sleeps;
  return new Promise((resolve) => {
    sleepers.set(number, resolve);
    tell({ say: 'sleep', sleep: number, ms });
  });
}

/** Hands on what is written, in the order of everything else the thread says. */
function logged(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
  tell({ say: 'log', text: typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk) });
  const done = rest.find((each) => typeof each === 'function') as (() => void) | undefined;
  if (done !== undefined) queueMicrotask(done);
  return true;
}

function tell(message: FromInstance): void {
  parentPort?.postMessage(message);
}
