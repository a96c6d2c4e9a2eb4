/** What Okta offers and what it takes to read it. */
import type { Manifest } from '../manifest.ts';

export const oktaManifest: Manifest = {
  vendor: 'okta',
  title: 'Okta',
  sources: ['okta'],
  feeds: [
    {
      source: 'okta',
      id: 'system-log',
      title: 'System Log',
      gives: ['authentication', 'account-change', 'api-activity', 'oauth-consent', 'detection-finding'],
      reads: 'events',
      defaultEvery: '1 minute',
      // The `next` link survives runs and skips nothing, so that nothing is read twice.
      overlapMinutes: 0,
      keepsDays: 90,
      permissions: [
        'okta.logs.read',
        'Read-only Administrator, or a custom role that can view the System Log',
      ],
    },
    {
      source: 'okta',
      id: 'users',
      title: 'Users',
      gives: ['user-inventory-info'],
      reads: 'listing',
      defaultEvery: '6 hours',
      overlapMinutes: 0,
      permissions: ['okta.users.read'],
    },
    {
      source: 'okta',
      id: 'devices',
      title: 'Devices',
      gives: ['device-inventory-info'],
      reads: 'listing',
      defaultEvery: '6 hours',
      overlapMinutes: 0,
      permissions: ['okta.devices.read'],
      licence: 'Okta Identity Engine with Okta Verify',
    },
  ],
  cannotSee: [
    'What happens inside an application after the sign-in: files, mail, repositories.',
    'Software on a device, and anything of a device that has no Okta Verify.',
    'How much data was moved: no event has a size.',
    'A second operator behind the same session, browser and address.',
    'The kind of VPN or proxy, unless the organization has the feature that names it; else only that there is one.',
  ],
};
