/** What `ringer connect NAME` means: a connection or a Slack channel of ringer.yaml, and the secret it is read from. */
import { slackChannels, type OwnChannel } from '../config/channels.ts';
import { deploymentNames, ENVIRONMENT_NAME } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';
import { connectionSecretId } from '../config/secret-ids.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import { UsageError } from './usage-error.ts';

export type AwsSource = Extract<SourceConnection, { type: 'aws' }>;
/** A connection that has a secret. */
export type SecretSource = Exclude<SourceConnection, AwsSource>;

export type SecretTarget =
  | { readonly type: 'source'; readonly source: SecretSource; readonly secretId: string }
  | { readonly type: 'slack'; readonly channel: OwnChannel; readonly secretId: string };
export type Target = SecretTarget | { readonly type: 'aws'; readonly source: AwsSource };

/**
 * Finds it by its name, whatever the case, or by its vendor where that has only one.
 *
 * @param environment - of the deployment
 * @throws UsageError naming what there is, or when no deployment can be called so
 */
export function findTarget(config: RingerConfig, named: string, environment: string | undefined): Target {
  if (environment !== undefined && !ENVIRONMENT_NAME.test(environment))
    throw new UsageError('--environment: expected lower-case words such as staging');
  const { resources } = deploymentNames(environment);
  const all = [
    ...config.sources.map((source): Named => {
      const { name, type: vendor } = source;
      if (source.type === 'aws') return { name, vendor, target: { type: 'aws', source } };
      const secretId = connectionSecretId(source, resources);
      return { name, vendor, target: { type: 'source', source, secretId } };
    }),
    ...slackChannels(config.alerts, resources).map((channel): Named => {
      const target = { type: 'slack', channel, secretId: channel.target } as const;
      return { name: channel.id, vendor: 'slack', target };
    }),
  ];
  const text = named.trim().toLowerCase();
  const byName = all.filter(({ name }) => [text, `slack-${text}`].includes(name.toLowerCase()));
  const found = byName.length > 0 ? byName : all.filter(({ vendor }) => vendor === text);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.target;
  const names = (found.length > 1 ? found : all).map(({ name }) => name).join(', ');
  if (found.length > 1) throw new UsageError(`${named} has several connections: ${names}`);
  throw new UsageError(
    `ringer.yaml has no connection ${JSON.stringify(named.slice(0, 40))}; it has ${names === '' ? 'none' : names}`,
  );
}

interface Named {
  readonly name: string;
  readonly vendor: string;
  readonly target: Target;
}
