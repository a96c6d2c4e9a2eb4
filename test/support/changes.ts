/** Events about sharing, settings and consent, of invented people. */
import type { ApiActivity, FileHostingActivity, OauthConsent, Share } from '../../lib/core/events/index.ts';
import { NOON, taken } from './people-and-places.ts';

const SAM = { type: 'user', address: 'sam.doe@example.com' } as const;

let sequence = 0;

function base(at: number) {
  sequence += 1;
  return { time: at, uid: `change-${sequence}`, actor: SAM } as const;
}

/** A Drive file shared; `null` where the record does not say with whom. */
export function shared(
  object: string,
  share: Share | string | null = 'stranger@gmail.com',
  { at = NOON, ...more }: Partial<FileHostingActivity> & { at?: number } = {},
): FileHostingActivity {
  const whole = typeof share === 'string' ? { audience: 'external' as const, targets: [share] } : share;
  return taken({ at, object, activity: 'share', ...(whole === null ? {} : { share: whole }), ...more });
}

/** As many files shared within as many minutes. */
export function sharedMany(
  count: number,
  share?: Share | string,
  more: Parameters<typeof shared>[2] = {},
): FileHostingActivity[] {
  const at = more.at ?? NOON;
  return Array.from({ length: count }, (_, n) =>
    shared(`doc${n}-${at}`, share, { ...more, at: at + n * 60_000 }),
  );
}

/** A setting changed or a resource touched. */
export function changed(
  operation: string,
  purpose: ApiActivity['purpose'],
  { at = NOON, ...more }: Partial<ApiActivity> & { at?: number } = {},
): ApiActivity {
  return {
    kind: 'api-activity',
    source: 'm365',
    feed: 'audit',
    ...base(at),
    operation,
    purpose,
    status: 'success',
    ...more,
  };
}

/** Consent given to an application. */
export function consented(
  name: string,
  scopes: readonly string[],
  { at = NOON, ...more }: Partial<OauthConsent> & { at?: number } = {},
): OauthConsent {
  return {
    kind: 'oauth-consent',
    source: 'entra',
    feed: 'directoryAudits',
    ...base(at),
    activity: 'grant',
    application: { uid: `id-${name}`, name },
    scopes,
    ...more,
  };
}
