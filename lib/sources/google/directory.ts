/** Reads the users of a Google Workspace. */
import { listingReader } from '../listing.ts';
import type { Reader } from '../reader.ts';
import { listPage, type GoogleConnection } from './list-page.ts';

/** The most the Directory API gives at once. */
const PAGE_RECORDS = '500';

/**
 * Makes the reader of all users: those there are, then those deleted in the last twenty days, whom no plain listing has.
 * A place in the listing is good for three days.
 */
export function usersReader(connection: GoogleConnection, scope: string): Reader {
  const credential = connection.credential(scope);
  return listingReader(['false', 'true'], (showDeleted, place, deadline) =>
    listPage(
      {
        path: '/admin/directory/v1/users',
        query: { customer: 'my_customer', maxResults: PAGE_RECORDS, projection: 'full', showDeleted },
        key: 'users',
        kind: 'admin#directory#users',
      },
      place,
      { ...connection, credential },
      deadline,
    ),
  );
}
