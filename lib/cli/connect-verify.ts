/** Tries a credential before it is stored: one page of one feed, read as the collector will read it. */
import { enabledFeeds } from '../config/enabled-feeds.ts';
import type { OwnChannel } from '../config/channels.ts';
import { RingerError } from '../core/errors.ts';
import { MINUTE_MS } from '../core/time.ts';
import { openSlack } from '../pipeline/alert-slack.ts';
import type { FeedManifest } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { systemClock } from '../sources/transport.ts';
import { connectionReaders } from './connection-readers.ts';
import type { SecretSource } from './connect-target.ts';

/** Feeds that nearly everybody has and that answer at once. */
const TRIED: Readonly<Record<SecretSource['type'], readonly string[]>> = {
  okta: ['system-log', 'users'],
  microsoft: ['directory-audits', 'users'],
  google: ['login', 'users'],
};
const LONGEST_MS = MINUTE_MS;
const VENDOR = { transport: fetch, clock: systemClock };

/**
 * Reads a page with a secret that is not stored yet.
 *
 * @returns what was read, in a sentence
 * @throws SOURCE_DENIED, SOURCE_UNAVAILABLE or SOURCE_SHAPE_CHANGED saying what to do about it
 */
export async function verifySource(source: SecretSource, secret: string): Promise<string> {
  const feed = triedFeed(source);
  const reader = (await connectionReaders(source, () => Promise.resolve(secret))).get(feed.id);
  if (reader === undefined) throw new RingerError('INVARIANT', `nothing reads ${feed.id}`);
  const deadline = systemClock.now() + LONGEST_MS;
  for await (const { records } of reader.read(undefined, { deadline })) {
    return `${source.name}: ${feed.title} can be read (${records.length} records on the first page)`;
  }
  throw new RingerError('SOURCE_UNAVAILABLE', `${source.name} has no time for us: try again later`);
}

/** Says what a connection needs, for when it was refused. */
export function neededBy(source: SecretSource): string {
  const { title, permissions, licence } = triedFeed(source);
  const more = licence === undefined ? '' : `; ${licence}`;
  return `${title} needs ${permissions.join(', ')}${more}. \`ringer sources show ${source.type}\` says what the others need.`;
}

/** Sends a message that says so to the channel. */
export async function verifyWebhook(channel: OwnChannel, url: string): Promise<string> {
  const slack = openSlack({ url: () => Promise.resolve(url), ...VENDOR }, channel);
  await slack.send({
    kind: 'test',
    id: 'connected',
    subject: 'Ringer is connected',
    title: 'Ringer is connected',
    sections: [{ lines: [`Alerts of ${channel.minimum} severity and above will appear in this channel.`] }],
    severities: [],
  });
  return `${channel.id}: a message was sent; look for it there`;
}

function triedFeed(source: SecretSource): FeedManifest {
  const feeds = MANIFESTS.find(({ vendor }) => vendor === source.type)?.feeds ?? [];
  const enabled = enabledFeeds(source, feeds);
  const preferred = TRIED[source.type].flatMap((id) => enabled.filter((feed) => feed.id === id));
  const [feed] = [...preferred, ...enabled];
  if (feed === undefined)
    throw new RingerError('CONFIG_INVALID', `sources: ${source.name} has no feed to read`);
  return feed;
}
