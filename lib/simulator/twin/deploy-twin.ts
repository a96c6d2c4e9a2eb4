/** Puts a twin together. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OUTPUT } from '../../config/names.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { documents, type Table } from '../../stores/table.ts';
import { randomFrom } from '../random.ts';
import { alertWatcher } from './alert-watcher.ts';
import { decideFor, refuseForbidden } from './allowed.ts';
import { startTwinAws, TWIN_REGION, type TwinAws } from './aws/index.ts';
import { OPERATOR } from './callers.ts';
import { environmentOf } from './function-environment.ts';
import type { Listeners, Twin, TwinOptions } from './index.ts';
import { layersFolder } from './layers.ts';
import { notificationsOf } from './notifications.ts';
import type { Invocation } from './run/function-pool.ts';
import { Mischief, NO_MISCHIEF } from './run/mischief.ts';
import { Runtime } from './run/runtime.ts';
import { RecordingSlack } from './slack.ts';
import { synthesize } from './synthesize.ts';
import { readAssembly } from './templates/assembly.ts';
import { deployStacks } from './templates/deploy.ts';
import type { Plan } from './templates/plan.ts';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
/** Streams do this in AWS too. */
const USUAL_MISCHIEF = { ...NO_MISCHIEF, recordsTwice: 0.01 };
/** DynamoDB takes hours about it, and promises two days. */
const EXPIRY_EVERY_MS = 6 * HOUR_MS;

type Closing = (() => void | Promise<void>)[];

/**
 * Deploys the twin. It stands still until `runUntil`.
 *
 * @throws CONFIG_INVALID when the app cannot be synthesised; INVARIANT naming what of a template the twin does not know,
 * or what AWS would refuse
 */
export async function deployTwin(options: TwinOptions): Promise<Twin> {
  const closing: Closing = [];
  try {
    return await assemble(options, closing);
  } catch (thrown) {
    await close(closing);
    throw thrown;
  }
}

async function assemble(options: TwinOptions, closing: Closing): Promise<Twin> {
  const { clock, secrets = {}, seed = 1, mischief = USUAL_MISCHIEF, root = ROOT } = options;
  const stacks = readAssembly(await assemblyOf(options, root, closing));
  const aws = await startTwinAws();
  closing.push(() => aws.stop());
  await aws.setNow(clock.now());
  const { plan, outputs: byStack } = await deployStacks(
    stacks,
    aws,
    options.functionsDirectory ?? join(root, 'functions'),
  );
  refuseForbidden(plan);
  const slack = new RecordingSlack(clock.now);
  await slack.start();
  closing.push(() => slack.stop());
  await fillSecrets(aws, { ...webhooksOf(plan, slack), ...secrets });

  const outputs = Object.assign({}, ...byStack.values()) as Record<string, string>;
  const invocations: Invocation[] = [];
  const table = tableOpener(aws);
  const alertsTable = outputs[OUTPUT.alertsTable];
  const lookForAlerts = alertsTable === undefined ? undefined : alertWatcher(aws, table(alertsTable));
  const opt = optFolders(plan, closing);
  let hearing: Listeners = {};
  const runtime = new Runtime(plan, {
    aws,
    clock,
    mischief: new Mischief(mischief, randomFrom(seed)),
    mostInstances: options.mostInstances ?? 2,
    patienceMs: options.patienceMs ?? MINUTE_MS,
    environmentOf: (each, instance) =>
      environmentOf(each, { opt: opt.get(each.name) ?? '', instance, endpoint: aws.endpoint }),
    onLog: (line) => hearing.onLog?.(line),
    onInvocation(invocation) {
      invocations.push(invocation);
      hearing.onInvocation?.(invocation);
    },
    async onQuiet() {
      if (hearing.onAlert !== undefined) await lookForAlerts?.(hearing.onAlert);
    },
  });
  closing.push(() => runtime.stop());
  runtime.every(EXPIRY_EVERY_MS, () => aws.expireItems());

  return {
    aws,
    clock,
    plan,
    outputs,
    invocations,
    runUntil(time, listeners = {}) {
      hearing = listeners;
      return runtime.runUntil(time);
    },
    invoke(functionName, event, listeners = {}) {
      hearing = listeners;
      return runtime.invoke(functionName, event);
    },
    functionsOf: (module) =>
      [...plan.functions.values()].filter(({ path }) => basename(path, '.ts') === module),
    decide: (functionName, action, resource) => decideFor(plan, functionName, action, resource),
    notifications: () => notificationsOf(aws, slack),
    table,
    stop: () => close(closing),
  };
}

async function assemblyOf({ deploy }: TwinOptions, root: string, closing: Closing): Promise<string> {
  if ('assembly' in deploy) return deploy.assembly;
  const { config, environment } = deploy;
  const context = { config: resolve(config), ...(environment === undefined ? {} : { environment }) };
  const into = temporaryFolder('ringer-synth-', closing);
  await synthesize({ root, into, context });
  return into;
}

/** Lets every webhook of Slack that has no other value lead to us. */
function webhooksOf({ secrets }: Plan, slack: RecordingSlack): Readonly<Record<string, string>> {
  const webhooks = secrets.filter((name) => /(?:^|\/)slack-/.test(name));
  return Object.fromEntries(webhooks.map((name) => [name, slack.urlOf(name)]));
}

async function fillSecrets(aws: TwinAws, secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) await aws.putSecret(name, value);
}

function tableOpener(aws: TwinAws): (name: string) => Table {
  const client = documents(
    new DynamoDBClient({
      endpoint: aws.endpoint,
      region: TWIN_REGION,
      credentials: { accessKeyId: OPERATOR, secretAccessKey: 'twin' },
    }),
  );
  return (name) => ({ client, name });
}

function optFolders({ functions }: Plan, closing: Closing): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const { name, layers } of functions.values()) {
    const folder = layersFolder(layers);
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    folders.set(name, folder);
  }
  return folders;
}

function temporaryFolder(prefix: string, closing: Closing): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Ends what was begun, the last first. */
async function close(closing: Closing): Promise<void> {
  for (const each of closing.splice(0).reverse()) await each();
}
