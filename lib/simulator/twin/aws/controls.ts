/** What the server's thread can be asked beside AWS's own protocols. */
import { stopClockAt } from './clock.ts';
import { DynamoDb } from './dynamodb/dynamodb.ts';
import { EventBus } from './event-bus.ts';
import { Buckets } from './fauxqs/buckets.ts';
import { Emulator } from './fauxqs/emulator.ts';
import { Queues } from './fauxqs/queues.ts';
import { StandIns } from './fauxqs/stand-ins.ts';
import { Topics } from './fauxqs/topics.ts';
import { forwardedTo } from './forwarded.ts';
import { Gateway } from './gateway.ts';
import type { Controls, Killed } from './index.ts';
import { arnOf } from './place.ts';
import { Secrets } from './secrets.ts';
import type { Service } from './service.ts';
import { StackOutputs } from './stack-outputs.ts';
import { tokens } from './tokens.ts';

/** The controls as the thread itself has them: some answer at once. */
export type Answers = {
  readonly [K in keyof Controls]: (
    ...given: Parameters<Controls[K]>
  ) => ReturnType<Controls[K]> | Awaited<ReturnType<Controls[K]>>;
};

/** Starts every service behind one gateway. */
export async function startControls(
  onKill: (killed: Killed) => void,
): Promise<{ readonly endpoint: string; readonly controls: Answers; readonly stop: () => Promise<void> }> {
  let endpoint = '';
  const emulator = new Emulator();
  const dynamoDb = new DynamoDb();
  const queues = new Queues(emulator, () => endpoint);
  const standIns = new StandIns(emulator, queues);
  const topics = new Topics(emulator, standIns);
  const buckets = new Buckets(emulator);
  const secrets = new Secrets();
  const bus = new EventBus();
  const stacks = new StackOutputs();
  const services = new Map<string, Service>([
    ['dynamodb', dynamoDb.service],
    ['sqs', queues.service],
    ['sns', topics.service],
    ['s3', buckets.service],
    ['secretsmanager', secrets.service],
    ['events', bus.service],
    ['sts', tokens],
    ['cloudformation', stacks.service],
  ]);
  const gateway = new Gateway(services, onKill);
  endpoint = await gateway.start();
  const controls: Answers = {
    async createTable(shape) {
      const table = await dynamoDb.createTable(shape);
      return { arn: arnOf('dynamodb', `table/${shape.TableName}`), streamArn: table.stream?.arn };
    },
    createQueue: (name, attributes) => queues.create(name, attributes),
    createTopic: (name) => topics.create(name),
    subscribe: (subscription) => topics.subscribe(subscription),
    createBucket: (name) => buckets.create(name),
    putSecret: (name, value) => secrets.put(name, value),
    setStackOutputs: (stack, outputs) => stacks.set(stack, outputs),
    forward: (service, url) => void services.set(service, forwardedTo(url)),
    setNow: (now) => stopClockAt(now),
    expireItems: () => dynamoDb.expireItems(),
    readStream: (table, after, limit) => dynamoDb.table(table)?.stream?.read(after, limit) ?? [],
    queueState: (name) => queues.state(name),
    makeVisible: (name) => queues.makeVisible(name),
    calls: (after = 0) => gateway.calls.slice(after),
    capacity: () => dynamoDb.totals.all(),
    busEvents: (after = 0) => bus.events.slice(after),
    published: (after = 0) => topics.published.slice(after),
    deliveries: (after = 0) => standIns.deliveries.slice(after),
    inject: (fault) => gateway.faults.inject(fault),
    clearFaults: () => gateway.faults.clear(),
    killAt: (caller, n, when) => gateway.kills.arm(caller, n, when),
  };
  return {
    endpoint,
    controls,
    async stop() {
      await gateway.stop();
      await emulator.stop();
    },
  };
}
