/** Every feed of a Google Workspace, as a collector reads it. */
import { RingerError } from '../../core/errors.ts';
import type { FeedReader, FeedReaders } from '../reader.ts';
import { usersReader } from './directory.ts';
import { google } from './index.ts';
import type { GoogleConnection } from './list-page.ts';
import { googleManifest } from './manifest.ts';
import { activitiesReader } from './reports.ts';

/** Makes the readers of a connection; each asks for the scope its feed needs and no other. */
export function googleReaders(connection: GoogleConnection): FeedReaders {
  return new Map(
    googleManifest.feeds.map(({ id, reads, permissions }): [string, FeedReader] => {
      const scope = permissions.join(' ');
      // A log's feed is called as the API calls the application.
      const read =
        reads === 'listing' ? usersReader(connection, scope) : activitiesReader(connection, scope, id);
      return [id, { feed: feedCalled(id), read }];
    }),
  );
}

function feedCalled(id: string): FeedReader['feed'] {
  const feed = google.feeds.find((each) => each.id === id);
  if (feed === undefined) throw new RingerError('INVARIANT', `nothing reads records of ${id}`);
  return feed;
}
