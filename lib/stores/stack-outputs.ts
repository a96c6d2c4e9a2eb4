/** Finds what a deployment made, by the outputs of its stacks. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { OUTPUT } from '../config/names.ts';
import { messageOf, RingerError } from '../core/errors.ts';

export type OutputKey = keyof typeof OUTPUT;

/** Endings of the names of a deployment's stacks, those that have outputs first. */
const STACKS = ['State', 'Pipeline', 'Operations'];

/**
 * Finds outputs with the caller's own credentials. A stack that is not needed is not asked for: whoever may only see the
 * tables need not see the rest.
 *
 * @param name - of a deployment, or of one of its stacks
 * @throws STORE_FAILED when there are no credentials, or the account and Region have no such output
 * @example (await findOutputs('Ringer', ['alertsTable'])).alertsTable // => 'RingerState-Alerts0A1B2C3D-1EXAMPLE'
 */
export async function findOutputs<K extends OutputKey>(
  name: string,
  keys: readonly K[],
): Promise<Readonly<Record<K, string>>> {
  const client = new CloudFormationClient({});
  const found = new Map<string, string>();
  const isMissing = (key: K): boolean => !found.has(OUTPUT[key]);
  try {
    const region = await client.config.region();
    for (const stack of stacksOf(name)) {
      if (!keys.some(isMissing)) break;
      for (const [key, value] of await outputsOf(client, stack)) found.set(key, value);
    }
    const missing = keys.filter(isMissing).map((key) => OUTPUT[key]);
    if (missing.length > 0)
      throw new RingerError(
        'STORE_FAILED',
        `${region} has no deployment or stack ${name} with ${missing.join(' and ')}; name one such as Ringer, and deploy it first`,
      );
    return Object.fromEntries(keys.map((key) => [key, found.get(OUTPUT[key])])) as Record<K, string>;
  } catch (cause) {
    if (cause instanceof RingerError) throw cause;
    throw new RingerError('STORE_FAILED', `stack ${name}: ${messageOf(cause)}`, { cause });
  } finally {
    client.destroy();
  }
}

/** The stacks a name may mean: itself and its siblings if it is a stack's, else those of the deployment. */
function stacksOf(name: string): readonly string[] {
  const ending = STACKS.find((each) => name.endsWith(each) && name !== each);
  const deployment = ending === undefined ? name : name.slice(0, -ending.length);
  const all = STACKS.map((each) => `${deployment}${each}`);
  return ending === undefined ? all : [name, ...all.filter((each) => each !== name)];
}

async function outputsOf(client: CloudFormationClient, stack: string): Promise<ReadonlyMap<string, string>> {
  try {
    const { Stacks: [described] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = new Map<string, string>();
    for (const { OutputKey: key, OutputValue: value } of described?.Outputs ?? []) {
      if (key !== undefined && value !== undefined) outputs.set(key, value);
    }
    return outputs;
  } catch (thrown) {
    // CloudFormation has no error of its own for this.
    if (thrown instanceof Error && thrown.name === 'ValidationError' && /does not exist/.test(thrown.message))
      return new Map();
    throw thrown;
  }
}
