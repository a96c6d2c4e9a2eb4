/** From which severity on alerts are sent, and to whom: what ringer.yaml says, and how functions are told of it. */
import { SEVERITIES, severityRank, type Severity } from '../core/alerts/severity.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { Variable } from './environment.ts';
import { deploymentNames } from './names.ts';
import type { Channel, RingerConfig } from './schema.ts';

/** A channel that functions send to by themselves, beside the topic that most hang on. */
export interface OwnChannel {
  /** Under which is recorded what it was told. */
  readonly id: string;
  readonly type: 'slack' | 'topic';
  readonly minimum: Severity;
  readonly detail: 'full' | 'minimal';
  /** The secret with the webhook's URL, or the topic's ARN. */
  readonly target: string;
}

type Alerts = RingerConfig['alerts'];

/** Gives a severity and all that are more urgent: what a channel with this minimum gets. */
export function severitiesFrom(minimum: Severity): readonly Severity[] {
  return SEVERITIES.slice(severityRank(minimum));
}

/**
 * Gives the channels that hang on a topic, by what it tells. One that is named twice gets what either would: SNS knows a
 * subscriber of a topic once.
 */
export function subscribed({ channels }: Alerts, detail: Channel['detail']): readonly Channel[] {
  const all = new Map<string, Channel>();
  for (const channel of channels) {
    if (channel.type === 'slack' || channel.detail !== detail) continue;
    const target = channel.type === 'email' ? channel.to : channel.url;
    const known = all.get(target);
    if (known === undefined || severityRank(channel.minimumSeverity) < severityRank(known.minimumSeverity))
      all.set(target, channel);
  }
  return [...all.values()];
}

/** Gives the least severity that any of these channels wants; medium, as for one that does not say, where there is none. */
export function leastSeverity(channels: readonly Channel[]): Severity {
  const ranks = channels.map((channel) => severityRank(channel.minimumSeverity));
  return ranks.length === 0 ? 'medium' : (SEVERITIES[Math.min(...ranks)] ?? 'medium');
}

/** Gives the addresses that hear of Ringer itself, its alarms and its cost: those that get everything about an alert. */
export function operators({ channels }: Alerts): readonly string[] {
  const addresses = channels.flatMap((channel) =>
    channel.type === 'email' && channel.detail === 'full' ? [channel.to] : [],
  );
  return [...new Set(addresses)];
}

/**
 * Gives the Slack channels, each once.
 *
 * @param resources - of `deploymentNames`: begins the names of the secrets with their webhooks
 */
export function slackChannels(
  { channels }: Alerts,
  resources: string = deploymentNames(undefined).resources,
): readonly OwnChannel[] {
  const slack = new Map<string, OwnChannel>();
  for (const channel of channels) {
    if (channel.type !== 'slack') continue;
    const id = `slack-${channel.channelId}`;
    const { minimumSeverity: minimum, detail } = channel;
    slack.set(id, { id, type: 'slack', minimum, detail, target: `${resources}/${id}` });
  }
  return [...slack.values()];
}

/** Reads what the stack wrote as JSON of a list of `OwnChannel`. */
export function ownChannels(name: string): Variable<readonly OwnChannel[]> {
  return json(name, 'JSON of channels', (written) =>
    Array.isArray(written) && written.every((entry: Partial<OwnChannel>) => typeof entry.target === 'string')
      ? (written as OwnChannel[])
      : undefined,
  );
}

/** A feed that is collected, and how often. */
export interface CollectedFeed {
  readonly connection: string;
  readonly feed: string;
  readonly everyMs: number;
}

/**
 * Writes the feeds for a variable, in few letters: all variables of a function together have 4 KB.
 *
 * @example collectedFeedsText([{ connection: 'main', feed: 'users', everyMs: 60_000 }]) // => '{"main":{"users":1}}'
 */
export function collectedFeedsText(feeds: readonly CollectedFeed[]): string {
  const minutes: Record<string, Record<string, number>> = {};
  for (const { connection, feed, everyMs } of feeds) (minutes[connection] ??= {})[feed] = everyMs / MINUTE_MS;
  return JSON.stringify(minutes);
}

/** Reads what `collectedFeedsText` wrote. */
export function collectedFeeds(name: string): Variable<readonly CollectedFeed[]> {
  return json(name, 'JSON of feeds', (written) => {
    const connections = Object.entries(written as Readonly<Record<string, Readonly<Record<string, number>>>>);
    const feeds = connections.flatMap(([connection, minutes]) =>
      Object.entries(minutes).map(([feed, every]) => ({ connection, feed, everyMs: every * MINUTE_MS })),
    );
    return feeds.every(({ everyMs }) => everyMs > 0) ? feeds : undefined;
  });
}

function json<T>(name: string, expected: string, read: (written: unknown) => T | undefined): Variable<T> {
  return {
    name,
    read(text) {
      let value: T | undefined;
      try {
        value = read(JSON.parse(text ?? ''));
      } catch {
        // It is said below what it should be.
      }
      if (value === undefined) throw new Error(expected);
      return value;
    },
  };
}
