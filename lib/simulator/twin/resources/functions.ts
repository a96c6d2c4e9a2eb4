/** Functions, their layers, and what Lambda does with failed invocations that nobody waited for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RingerError } from '../../../core/errors.ts';
import { SECOND_MS } from '../../../core/time.ts';
import { arnOf } from '../aws/place.ts';
import { made, textIn, type Maker, type Making } from './maker.ts';

/** In a resource's `Metadata`: the module in `functions/` that a function was bundled from, without its ending. */
const FILE = 'ringer:file';

export const makeFunction: Maker = (making) => {
  const { plan, id, properties } = making;
  const name = textIn(properties, 'FunctionName') ?? id;
  if (plan.functions.has(name)) throw new RingerError('INVARIANT', `two functions are called ${name}`);
  const arn = arnOf('lambda', `function:${name}`);
  const { Variables = {} } = (properties['Environment'] ?? {}) as {
    readonly Variables?: Readonly<Record<string, unknown>>;
  };
  const { LogGroup } = (properties['LoggingConfig'] ?? {}) as { readonly LogGroup?: string };
  const role = String(properties['Role']);
  plan.functions.set(name, {
    name,
    arn,
    path: moduleOf(making),
    environment: Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, String(value)])),
    timeoutMs: Number(properties['Timeout'] ?? 3) * SECOND_MS,
    memoryMb: Number(properties['MemorySize'] ?? 128),
    logGroup: LogGroup ?? `/aws/lambda/${name}`,
    layers: ((properties['Layers'] ?? []) as readonly unknown[]).map(String),
    roleName: role.slice(role.lastIndexOf('/') + 1),
  });
  return made(name, { Arn: arn });
};

/** A layer's `Ref` is its ARN in AWS; here it is the folder with its files. */
export const makeLayer: Maker = ({ stack, id, properties }) => {
  const { S3Key } = properties['Content'] as { readonly S3Key: string };
  const folder = stack.assets.get(S3Key);
  if (folder === undefined || !existsSync(folder))
    throw new RingerError('PATH_UNREADABLE', `${stack.name}: the files of the layer ${id} are not there`);
  return made(folder);
};

export const makeInvokeConfig: Maker = ({ plan, properties }) => {
  const name = String(properties['FunctionName']);
  if (properties['DestinationConfig'] !== undefined)
    throw new RingerError('INVARIANT', `${name}: the twin knows no destination of asynchronous invocations`);
  plan.async.set(name, {
    retryAttempts: Number(properties['MaximumRetryAttempts'] ?? 2),
    maxAgeMs: Number(properties['MaximumEventAgeInSeconds'] ?? 21_600) * SECOND_MS,
  });
  return made(name);
};

function moduleOf({ stack, id, metadata, functionsDirectory }: Making): string {
  const file = metadata[FILE];
  if (typeof file !== 'string')
    throw new RingerError('INVARIANT', `${stack.name}: the function ${id} has no ${FILE} in its Metadata`);
  const path = join(functionsDirectory, `${file}.ts`);
  if (existsSync(path)) return path;
  throw new RingerError('PATH_UNREADABLE', `${path}: the function ${id} is made from it`);
}
