/** What a collector is given beside what all of them have: where its vendor is, and the credential. */
import type { Stack } from 'aws-cdk-lib';
import { ENVIRONMENT } from '../config/names.ts';
import { connectionSecretId } from '../config/secret-ids.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import { emptySecret, grantValue } from '../constructs/empty-secret.ts';
import type { WatchedFunction } from '../constructs/watched-function.ts';
import { RingerError } from '../core/errors.ts';
import { equipForAws } from './collector-aws.ts';
import type { Collector } from './collectors.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** @throws CONFIG_INVALID when the connection lacks what its vendor needs */
export function equipForVendor(
  scope: Stack,
  source: SourceConnection,
  collector: WatchedFunction,
  { names }: PipelineParts,
): Collector['queues'] {
  switch (source.type) {
    case 'okta':
      if (source.orgUrl === undefined)
        throw new RingerError('CONFIG_INVALID', `sources: ${source.name} has no orgUrl`);
      tell(collector, { [ENVIRONMENT.orgUrl]: source.orgUrl });
      break;
    case 'microsoft':
      tell(collector, {
        [ENVIRONMENT.graphUrl]: source.graphUrl,
        [ENVIRONMENT.loginUrl]: source.loginUrl,
        [ENVIRONMENT.manageUrl]: source.manageUrl,
      });
      break;
    case 'google':
      tell(collector, { [ENVIRONMENT.apiUrl]: source.apiUrl, [ENVIRONMENT.tokenUrl]: source.tokenUrl });
      break;
    case 'aws':
      return equipForAws(scope, source, collector);
  }
  const secretArn = secretOf(scope, source, names.resources);
  collector.uses(ENVIRONMENT.secretId, secretArn, (to) => grantValue(to, secretArn));
  return [];
}

function tell(collector: WatchedFunction, variables: Readonly<Record<string, string | undefined>>): void {
  for (const [variable, value] of Object.entries(variables)) {
    if (value !== undefined) collector.knows(variable, value);
  }
}

/** An ARN is somebody else's secret; anything else becomes one of ours. */
function secretOf(scope: Stack, source: SourceConnection, resources: string): string {
  const secretName = connectionSecretId(source, resources);
  if (secretName.startsWith('arn:')) return secretName;
  const { name } = source;
  return emptySecret(scope, `Secret-${name}`, {
    secretName,
    description: `Credential of ${name}, filled by \`ringer connect\``,
    reason: 'Only the vendor can issue a new one: `ringer connect` replaces it.',
  }).secretArn;
}
