/** Every feed of an Okta organization, as a collector reads it. */
import type { FeedReader, FeedReaders, Reader } from '../reader.ts';
import type { Feed } from '../source.ts';
import { systemLogReader, type OktaConnection } from './client.ts';
import { devices } from './devices.ts';
import { devicesReader, usersReader } from './listings.ts';
import { oktaManifest } from './manifest.ts';
import { systemLog } from './system-log.ts';
import { users } from './users.ts';

const READERS: readonly (readonly [
  feed: Feed,
  reader: (connection: OktaConnection, scope: string) => Reader,
])[] = [
  [systemLog, systemLogReader],
  [users, usersReader],
  [devices, devicesReader],
];

/** Makes the readers of a connection; each asks for the scope its feed needs and no other. */
export function oktaReaders(connection: OktaConnection): FeedReaders {
  return new Map(
    READERS.map(([feed, reader]): [string, FeedReader] => [
      feed.id,
      { feed, read: reader(connection, scopeOf(feed.id)) },
    ]),
  );
}

/** The manifest names administrator roles as well. */
function scopeOf(id: string): string {
  const permissions = oktaManifest.feeds.find((feed) => feed.id === id)?.permissions ?? [];
  return permissions.filter((permission) => permission.startsWith('okta.')).join(' ');
}
