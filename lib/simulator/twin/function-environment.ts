/** The variables of one instance of a function: those of its template, and Lambda's own. */
import { devNull } from 'node:os';
import { TWIN_REGION } from './aws/place.ts';
import { withLayers } from './layers.ts';
import type { FunctionPlan } from './templates/plan.ts';

/**
 * Gives the variables.
 *
 * @param opt - the folder that stands for `/opt`
 * @param instance - its calls carry this, so that one of several can be told from the others
 */
export function environmentOf(
  { name, environment, memoryMb, logGroup }: FunctionPlan,
  { opt, instance, endpoint }: { opt: string; instance: number; endpoint: string },
): Readonly<Record<string, string>> {
  return {
    ...withLayers(environment, opt),
    AWS_ACCESS_KEY_ID: `${name}~${instance}`,
    AWS_SECRET_ACCESS_KEY: 'twin',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: TWIN_REGION,
    AWS_DEFAULT_REGION: TWIN_REGION,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    // A function has no home folder, where the SDK would find whoever's settings are on this machine.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
