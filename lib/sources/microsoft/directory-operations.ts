/**
 * What Entra's audit operations mean to the catalogue. Graph's directory audits and Microsoft 365's audit log share the
 * names, apart from a full stop at the end.
 *
 * @see https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
import type { AccountChange, ApiPurpose } from '../../core/events/index.ts';

export type DirectoryMeaning =
  | {
      readonly is: 'account';
      readonly activity: AccountChange['activity'];
      readonly factor?: string;
      readonly privilege?: string;
      /** Where no account is named as changed, it is the actor's own. */
      readonly own?: true;
    }
  | { readonly is: 'api'; readonly purpose: ApiPurpose }
  | {
      readonly is:
        'consent' | 'delegated-grant' | 'app-role' | 'new-credentials' | 'security-defaults' | 'user-update';
    };

type Activity = AccountChange['activity'];

const account = (activity: Activity): DirectoryMeaning => ({ is: 'account', activity });
const own = (activity: Activity, factor?: string): DirectoryMeaning => ({
  is: 'account',
  activity,
  own: true,
  ...(factor !== undefined && { factor }),
});
const api = (purpose: ApiPurpose): DirectoryMeaning => ({ is: 'api', purpose });

const MEANINGS: ReadonlyMap<string, DirectoryMeaning> = new Map<string, DirectoryMeaning>([
  ['add user', account('create')],
  ['delete user', account('delete')],
  ['disable account', account('disable')],
  ['enable account', account('enable')],
  ['unlock user account (self-service)', own('unlock')],

  ['change user password', own('password-change')],
  ['change password (self-service)', own('password-change')],
  ['reset user password', account('password-reset')],
  ['reset password (by admin)', account('password-reset')],
  ['reset password (self-service)', own('password-reset')],

  ['user registered security info', own('mfa-factor-enable')],
  ['admin registered security info', account('mfa-factor-enable')],
  ['enable strong authentication', account('mfa-factor-enable')],
  ['add users strong authentication phone app detail', account('mfa-factor-enable')],
  ['add fido2 security key', own('mfa-factor-enable', 'FIDO2 security key')],
  ['add passkey (device-bound)', own('mfa-factor-enable', 'passkey')],
  ['add windows hello for business credential', own('mfa-factor-enable', 'Windows Hello for Business')],
  ['add passwordless phone sign-in credential', own('mfa-factor-enable', 'passwordless phone sign-in')],
  ['user deleted security info', own('mfa-factor-disable')],
  ['admin deleted security info', account('mfa-factor-disable')],
  ['disable strong authentication', account('mfa-factor-disable')],
  ['remove users strong authentication phone app detail', account('mfa-factor-disable')],
  ['delete fido2 security key', own('mfa-factor-disable', 'FIDO2 security key')],
  ['delete passkey (device-bound)', own('mfa-factor-disable', 'passkey')],
  ['delete windows hello for business credential', own('mfa-factor-disable', 'Windows Hello for Business')],
  ['delete passwordless phone sign-in credential', own('mfa-factor-disable', 'passwordless phone sign-in')],
  ['delete all available strong authentication devices', own('mfa-factor-reset-all')],
  ['user updated security info', own('recovery-change')],
  ['admin updated security info', account('recovery-change')],
  ['suspicious activity reported', own('mfa-challenge-denied')],
  ['fraud reported - no action taken', own('mfa-challenge-denied')],
  ['fraud reported - user is blocked for mfa', own('mfa-challenge-denied')],
  ['update user', { is: 'user-update' }],
  ['register device', own('device-register')],

  ['add member to role', account('privilege-grant')],
  ['add eligible member to role', account('privilege-grant')],
  ['add scoped member to role', account('privilege-grant')],
  ['add member to role in pim completed (permanent)', account('privilege-grant')],
  ['add member to role in pim completed (timebound)', account('privilege-grant')],
  ['add eligible member to role in pim completed (permanent)', account('privilege-grant')],
  ['add eligible member to role in pim completed (timebound)', account('privilege-grant')],
  [
    'user has elevated their access to user access administrator for their azure resources',
    { is: 'account', activity: 'privilege-grant', privilege: 'User Access Administrator', own: true },
  ],
  ['remove member from role', account('privilege-revoke')],
  ['remove eligible member from role', account('privilege-revoke')],
  ['remove scoped member from role', account('privilege-revoke')],

  ['consent to application', { is: 'consent' }],
  ['add delegated permission grant', { is: 'delegated-grant' }],
  ['add oauth2permissiongrant', { is: 'delegated-grant' }],
  ['add app role assignment to service principal', { is: 'app-role' }],

  ['add service principal credentials', { is: 'new-credentials' }],
  ['update application - certificates and secrets management', { is: 'new-credentials' }],

  ['invite external user', api('external-access')],
  ['download users - finished (bulk)', api('bulk-export')],
  ['download group members - finished (bulk)', api('bulk-export')],
  ['download role assignments - finished (bulk)', api('bulk-export')],
  ['download user registration details - finished (bulk)', api('bulk-export')],

  ['add conditional access policy', api('security-policy-change')],
  ['update conditional access policy', api('security-policy-change')],
  ['delete conditional access policy', api('security-policy-change')],
  ['add named location', api('security-policy-change')],
  ['update named location', api('security-policy-change')],
  ['delete named location', api('security-policy-change')],
  ['update security defaults', { is: 'security-defaults' }],
  ['update authorization policy', api('security-policy-change')],
  ['authentication methods policy update', api('security-policy-change')],
  ['authentication methods policy reset', api('security-policy-change')],
  ['set mfa registration policy', api('security-policy-change')],
  ['set sign-in risk policy', api('security-policy-change')],
  ['set user risk policy', api('security-policy-change')],
  ['set password policy', api('security-policy-change')],
  ['set domain authentication', api('security-policy-change')],
  ['set federation settings on domain', api('security-policy-change')],
]);

/** Texts seen, so that each spelling is tidied once. Bounded, because the texts come from outside. */
const seen = new Map<string, DirectoryMeaning | undefined>();
const MOST_SEEN = 2_000;

/**
 * Gives the meaning of an audit operation, or `undefined` when no detection can use it.
 *
 * @param operation - as the record has it: any case, perhaps a full stop, spaces or a long dash
 * @example directoryMeaning('Add member to role.') // => { is: 'account', activity: 'privilege-grant' }
 */
export function directoryMeaning(operation: string): DirectoryMeaning | undefined {
  if (seen.has(operation)) return seen.get(operation);
  const tidy = operation
    .toLowerCase()
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/[ .]+$/, '')
    .trimStart();
  const meaning = MEANINGS.get(tidy);
  if (seen.size < MOST_SEEN) seen.set(operation, meaning);
  return meaning;
}
