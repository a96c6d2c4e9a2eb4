/** From which severity on alerts are sent, and to whom: what ringer.yaml says, and how functions are told of it. */
import { SEVERITIES, severityRank, type Severity } from '../core/alerts/severity.ts';
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

/** Gives the channels that hang on a topic, by what it tells. */
export function subscribed({ channels }: Alerts, detail: Channel['detail']): readonly Channel[] {
  return channels.filter((channel) => channel.type !== 'slack' && channel.detail === detail);
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
  return jsonList(name, 'JSON of channels', (entry) => typeof entry['target'] === 'string');
}

/** A feed that is collected, and how often. */
export interface CollectedFeed {
  readonly connection: string;
  readonly feed: string;
  readonly everyMs: number;
}

/** Reads what the stack wrote as JSON of a list of `CollectedFeed`. */
export function collectedFeeds(name: string): Variable<readonly CollectedFeed[]> {
  return jsonList(name, 'JSON of feeds', (entry) => typeof entry['feed'] === 'string');
}

function jsonList<T>(
  name: string,
  expected: string,
  isOne: (entry: Readonly<Record<string, unknown>>) => boolean,
): Variable<readonly T[]> {
  return {
    name,
    read(text) {
      try {
        const list: unknown = JSON.parse(text ?? '');
        if (Array.isArray(list) && list.every((entry) => isOne(entry as Record<string, unknown>)))
          return list as T[];
      } catch {
        // It is said below what it should be.
      }
      throw new Error(expected);
    },
  };
}
