/** What Google Workspace offers and what it takes to read it. */
import type { FeedManifest, Manifest } from '../manifest.ts';

const REPORTS = 'https://www.googleapis.com/auth/admin.reports.audit.readonly';

/** Google delivers most of a log within minutes and the rest within half an hour; a sweep twice a day finds the last. */
export const OVERLAP_MINUTES = 30;

function application(
  id: string,
  title: string,
  gives: FeedManifest['gives'],
  more: Partial<FeedManifest> = {},
): FeedManifest {
  return {
    source: 'google',
    id,
    title,
    gives,
    reads: 'events',
    defaultEvery: '5 minutes',
    overlapMinutes: OVERLAP_MINUTES,
    keepsDays: 180,
    permissions: [REPORTS],
    ...more,
  };
}

export const googleManifest: Manifest = {
  vendor: 'google',
  title: 'Google Workspace',
  sources: ['google'],
  feeds: [
    application('login', 'Sign-ins', ['authentication', 'detection-finding', 'account-change']),
    application('drive', 'Drive', ['file-hosting-activity'], { licence: 'Business Standard or higher' }),
    application('admin', 'Administration', ['account-change', 'api-activity', 'oauth-consent']),
    application('token', 'Consents to applications', ['oauth-consent']),
    application('user_accounts', 'Changes to one’s own account', ['account-change', 'api-activity']),
    application('saml', 'Single sign-on', ['authentication']),
    application('mobile', 'Devices', ['device-inventory-info', 'software-inventory-info'], {
      defaultEvery: '15 minutes',
    }),
    application('chrome', 'Managed browsers', ['software-inventory-info'], {
      defaultEvery: '15 minutes',
      licence: 'Chrome Enterprise Core',
    }),
    application('takeout', 'Takeout', ['api-activity'], { defaultEvery: '15 minutes' }),
    {
      source: 'google',
      id: 'users',
      title: 'Directory users',
      gives: ['user-inventory-info'],
      reads: 'listing',
      defaultEvery: '6 hours',
      overlapMinutes: 0,
      permissions: ['https://www.googleapis.com/auth/admin.directory.user.readonly'],
    },
  ],
  cannotSee: [
    'Where an address is: no city and no coordinates, on newer records the country and the network.',
    'How many bytes were downloaded: Drive counts documents only.',
    'Sign-ins to Google that another identity provider answered, beyond the fact that they came.',
    'Software on computers, extensions of managed Chrome browsers aside.',
    'Documents that outsiders own, whatever is done with them.',
  ],
};
