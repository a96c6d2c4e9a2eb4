/** What a collector is given beside what all of them have: where its vendor is, and the credential. */
import type { Stack } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
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
  parts: PipelineParts,
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
  const secretId = connectionSecretId(source, parts.names.resources);
  if (secretId.startsWith('arn:')) giveTheirs(collector, secretId);
  else {
    const { secretArn } = ourSecret(scope, secretId, parts);
    collector.uses(ENVIRONMENT.secretId, secretArn, (to) => grantValue(to, secretArn));
  }
  return [];
}

function tell(collector: WatchedFunction, variables: Readonly<Record<string, string | undefined>>): void {
  for (const [variable, value] of Object.entries(variables)) {
    if (value !== undefined) collector.knows(variable, value);
  }
}

/**
 * Makes a secret, once for all connections that share it. Its id follows from its name alone: whichever of them comes first
 * or goes, the secret is not made anew.
 */
function ourSecret(scope: Stack, secretName: string, { config, names }: PipelineParts): Secret {
  const prefix = `${names.resources}/`;
  const id = secretName.startsWith(prefix) ? secretName.slice(prefix.length) : `-${secretName}`;
  const made = scope.node.tryFindChild(`Secret-${id}`) as Secret | undefined;
  const sharing = config.sources.filter((each) => connectionSecretId(each, names.resources) === secretName);
  return (
    made ??
    emptySecret(scope, `Secret-${id}`, {
      secretName,
      description: `Credential of ${sharing.map(({ name }) => name).join(', ')}, filled by \`ringer connect\``,
      reason: 'Only the vendor can issue a new one: `ringer connect` replaces it.',
    })
  );
}

/**
 * Gives somebody else's secret, whose ARN may lack the six characters that AWS has put at its end. Its key is unknown here;
 * a secret of another account always has one of its own.
 */
function giveTheirs(collector: WatchedFunction, arn: string): void {
  const [, partition, , region, account] = arn.split(':');
  const keys = [`arn:${partition}:kms:${region}:${account}:key/*`];
  collector
    .knows(ENVIRONMENT.secretId, arn)
    .may(['secretsmanager:GetSecretValue'], [arn, `${arn}-??????`])
    .may(['kms:Decrypt'], keys, {
      StringLike: { 'kms:ViaService': 'secretsmanager.*', 'kms:EncryptionContext:SecretARN': `${arn}*` },
    })
    .acknowledge(
      `Resource::${keys[0]}`,
      'The secret’s owner chooses the key, and its policy decides; only this secret is decrypted.',
    );
}
