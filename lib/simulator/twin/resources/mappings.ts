/** Event-source mappings: what of a queue or a stream goes to which function, and what becomes of failures. */
import { RingerError } from '../../../core/errors.ts';
import { SECOND_MS } from '../../../core/time.ts';
import { readPattern, type EventPattern } from '../event-pattern.ts';
import { made, textIn, type Maker } from './maker.ts';

/** What the twin heeds; any other property would be a difference that nobody sees. */
const HEEDED = new Set([
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'EventSourceArn',
  'FilterCriteria',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ScalingConfig',
  'StartingPosition',
  // They change nothing that happens.
  'MetricsConfig',
  'Tags',
]);

export const makeMapping: Maker = ({ plan, stack, id, properties }) => {
  const strange = Object.keys(properties).filter((name) => !HEEDED.has(name));
  if (strange.length > 0)
    throw new RingerError(
      'INVARIANT',
      `${stack.name}: the twin does not know ${strange.join(', ')} of the mapping ${id}`,
    );
  if (properties['Enabled'] === false) return made(id);
  const source = String(properties['EventSourceArn']);
  const named = String(properties['FunctionName']);
  const common = {
    functionName: named.slice(named.lastIndexOf(':') + 1),
    windowMs: secondsMs(properties['MaximumBatchingWindowInSeconds'], 0),
    reportsFailures: ((properties['FunctionResponseTypes'] ?? []) as readonly string[]).includes(
      'ReportBatchItemFailures',
    ),
  };
  const filters = filtersOf(properties['FilterCriteria']);
  if (source.includes(':dynamodb:')) {
    const { OnFailure } = (properties['DestinationConfig'] ?? {}) as {
      readonly OnFailure?: Readonly<Record<string, unknown>>;
    };
    plan.streamMappings.push({
      ...common,
      filters,
      streamArn: source,
      batchSize: Number(properties['BatchSize'] ?? 100),
      bisects: properties['BisectBatchOnFunctionError'] === true,
      retryAttempts: orForever(properties['MaximumRetryAttempts'], 1),
      maxAgeMs: orForever(properties['MaximumRecordAgeInSeconds'], SECOND_MS),
      failureQueueArn: OnFailure === undefined ? undefined : queueArn(textIn(OnFailure, 'Destination')),
    });
  } else {
    const { MaximumConcurrency } = (properties['ScalingConfig'] ?? {}) as {
      readonly MaximumConcurrency?: number;
    };
    if (filters.length > 0) throw new RingerError('INVARIANT', `${id}: the twin filters no queue`);
    plan.queueMappings.push({
      ...common,
      queueArn: queueArn(source),
      batchSize: Number(properties['BatchSize'] ?? 10),
      mostAtATime: MaximumConcurrency ?? Infinity,
    });
  }
  return made(id, { Id: id });
};

function filtersOf(criteria: unknown): readonly EventPattern[] {
  const { Filters = [] } = (criteria ?? {}) as { readonly Filters?: readonly { readonly Pattern: string }[] };
  return Filters.map(({ Pattern }) => readPattern(JSON.parse(Pattern)));
}

function queueArn(arn: string | undefined): string {
  if (arn?.includes(':sqs:') === true) return arn;
  throw new RingerError('INVARIANT', `the twin knows queues and streams as sources, not ${arn ?? 'nothing'}`);
}

function secondsMs(seconds: unknown, without: number): number {
  return Number(seconds ?? without) * SECOND_MS;
}

/** −1, which is also the default, is AWS's word for no limit. */
function orForever(limit: unknown, unit: number): number {
  return limit === undefined || limit === -1 ? Infinity : Number(limit) * unit;
}
