/** The application `admin`: what administrators do to accounts, roles, settings and data. */
import type { ApiActivity, ApiPurpose, OauthConsent, SourceEvent } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { addressesIn, emailOf } from '../addresses.ts';
import { scopesIn } from '../scopes.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { accountChange, type Change } from './account-change.ts';
import { activityFeed, eventBase, nameOf, personAt, type Activity, type Reader } from './activity.ts';
import { textParameter, wordsParameter } from './parameters.ts';

const ACCOUNT_CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['CREATE_USER', ['create']],
  ['DELETE_USER', ['delete']],
  ['UNDELETE_USER', ['enable']],
  ['SUSPEND_USER', ['disable']],
  ['UNSUSPEND_USER', ['enable']],
  ['ARCHIVE_USER', ['disable']],
  ['UNARCHIVE_USER', ['enable']],
  ['CHANGE_PASSWORD', ['password-reset']],
  ['TURN_OFF_2_STEP_VERIFICATION', ['mfa-factor-reset-all', '2-step verification']],
  ['UNENROLL_USER_FROM_STRONG_AUTH', ['mfa-factor-reset-all', '2-step verification']],
  ['UNENROLL_USER_FROM_TITANIUM', ['mfa-factor-disable', 'Advanced Protection']],
  ['SECURITY_KEY_REGISTERED_FOR_USER', ['mfa-factor-enable', 'security key']],
  ['REVOKE_SECURITY_KEY', ['mfa-factor-disable', 'security key']],
  ['GENERATE_2SV_SCRATCH_CODES', ['mfa-factor-enable', 'backup codes']],
  ['ADD_RECOVERY_EMAIL', ['recovery-change']],
  ['CHANGE_RECOVERY_EMAIL', ['recovery-change']],
  ['REMOVE_RECOVERY_EMAIL', ['recovery-change']],
  ['ADD_RECOVERY_PHONE', ['recovery-change']],
  ['CHANGE_RECOVERY_PHONE', ['recovery-change']],
  ['REMOVE_RECOVERY_PHONE', ['recovery-change']],
  ['GRANT_ADMIN_PRIVILEGE', ['privilege-grant']],
  ['GRANT_DELEGATED_ADMIN_PRIVILEGES', ['privilege-grant']],
  ['ASSIGN_ROLE', ['privilege-grant']],
  ['REVOKE_ADMIN_PRIVILEGE', ['privilege-revoke']],
  ['UNASSIGN_ROLE', ['privilege-revoke']],
]);

const PURPOSES: ReadonlyMap<string, ApiPurpose> = new Map<string, ApiPurpose>([
  ['REQUEST_MAILBOX_DUMP', 'bulk-export'],
  ['CREATE_DATA_TRANSFER_REQUEST', 'bulk-export'],
  ['CREATE_EMAIL_MONITOR', 'mail-forwarding'],
  ['DELETE_EMAIL_MONITOR', 'mail-forwarding'],
  ['MAIL_ROUTING_DESTINATION_ADDED', 'mail-forwarding'],
  ['MAIL_ROUTING_DESTINATION_REMOVED', 'mail-forwarding'],
  ['ADD_TRUSTED_DOMAINS', 'external-access'],
  ['CHANGE_DOCS_SETTING', 'external-access'],
  ['ALLOW_STRONG_AUTHENTICATION', 'security-policy-change'],
  ['ENFORCE_STRONG_AUTHENTICATION', 'security-policy-change'],
  ['CHANGE_ALLOWED_TWO_STEP_VERIFICATION_METHODS', 'security-policy-change'],
  ['CHANGE_TWO_STEP_VERIFICATION_ENROLLMENT_PERIOD_DURATION', 'security-policy-change'],
  ['CHANGE_TWO_STEP_VERIFICATION_FREQUENCY', 'security-policy-change'],
  ['CHANGE_TWO_STEP_VERIFICATION_GRACE_PERIOD_DURATION', 'security-policy-change'],
  ['CHANGE_TWO_STEP_VERIFICATION_START_DATE', 'security-policy-change'],
  ['WEAK_PROGRAMMATIC_LOGIN_SETTINGS_CHANGED', 'security-policy-change'],
  ['SESSION_CONTROL_SETTINGS_CHANGE', 'security-policy-change'],
  ['CHANGE_SSO_SETTINGS', 'security-policy-change'],
  ['TOGGLE_SSO_ENABLED', 'security-policy-change'],
  ['ADD_TO_TRUSTED_OAUTH2_APPS', 'security-policy-change'],
]);

/** Names of changes that take back what their purpose names. */
const REVOKES: ReadonlySet<string> = new Set(['DELETE_EMAIL_MONITOR', 'MAIL_ROUTING_DESTINATION_REMOVED']);

/** Switches of which only one direction weakens anything. */
const FACTOR_SWITCHES: ReadonlySet<string> = new Set([
  'ALLOW_STRONG_AUTHENTICATION',
  'ENFORCE_STRONG_AUTHENTICATION',
]);

/** Settings of all applications come under these names; the setting's own name tells what it is about. */
const SETTING_CHANGES: ReadonlySet<string> = new Set([
  'CREATE_APPLICATION_SETTING',
  'CHANGE_APPLICATION_SETTING',
  'DELETE_APPLICATION_SETTING',
  'CREATE_GMAIL_SETTING',
  'CHANGE_GMAIL_SETTING',
  'CHANGE_EMAIL_SETTING',
]);
const ABOUT_FORWARDING = /forward|rout(?:e|ing)/i;
const ABOUT_SECURITY = /2-step|two.?step|advanced protection|less secure|password|security|session/i;
const ABOUT_SHARING = /shar(?:e|ing)|outside|external/i;

/** The longest value of a setting that is searched for addresses, and the most taken from it. */
const LONGEST_SETTING = 4_096;
const MOST_TARGETS = 50;

export const admin = activityFeed('admin', ['admin'], findReader);

function findReader(name: string): Reader | undefined {
  if (ACCOUNT_CHANGES.has(name)) return readAccountChange;
  if (PURPOSES.has(name) || SETTING_CHANGES.has(name) || name.startsWith('CUSTOMER_TAKEOUT_'))
    return readSetting;
  if (name === 'AUTHORIZE_API_CLIENT_ACCESS' || name === 'REMOVE_API_CLIENT_ACCESS') return readDelegation;
  return undefined;
}

function readAccountChange(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const change = ACCOUNT_CHANGES.get(nameOf(event));
  if (change === undefined) return [];
  const [kind, factor] = change;
  const [changed] = accountChange(activity, part, kind, personAt(textParameter(event, 'USER_EMAIL')), factor);
  if (changed === undefined) return [];
  if (!kind.startsWith('privilege-')) return [changed];
  const privilege = textParameter(event, 'ROLE_NAME') ?? textParameter(event, 'NEW_VALUE');
  return [privilege === undefined ? changed : { ...changed, privilege }];
}

function readSetting(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const name = nameOf(event);
  const setting = textParameter(event, 'SETTING_NAME');
  const isOff = FACTOR_SWITCHES.has(name) && textParameter(event, 'NEW_VALUE')?.toLowerCase() === 'false';
  const purpose = isOff
    ? 'mfa-policy-off'
    : purposeOf(name, `${textParameter(event, 'APPLICATION_NAME') ?? ''} ${setting ?? ''}`);
  if (purpose === undefined || activity.actor === undefined) return [];
  const changed = eventBase(activity, part) as Writable<ApiActivity>;
  changed.kind = 'api-activity';
  changed.operation = name;
  changed.purpose = purpose;
  changed.status = name === 'CUSTOMER_TAKEOUT_FAILED' ? 'failure' : 'success';
  const user = emailOf(textParameter(event, 'USER_EMAIL'));
  if (setting !== undefined) changed.resource = { type: 'setting', uid: setting };
  else if (user !== undefined) changed.resource = { type: 'user', uid: user };
  const revokes = REVOKES.has(name);
  const targets = readTargets(event, purpose, revokes);
  if (targets.length > 0) changed.targets = targets;
  if (revokes) changed.revokes = true;
  return [changed];
}

function purposeOf(name: string, about: string): ApiPurpose | undefined {
  if (name.startsWith('CUSTOMER_TAKEOUT_')) return 'bulk-export';
  if (!SETTING_CHANGES.has(name)) return PURPOSES.get(name);
  if (ABOUT_FORWARDING.test(about)) return 'mail-forwarding';
  if (ABOUT_SECURITY.test(about)) return 'security-policy-change';
  return ABOUT_SHARING.test(about) ? 'external-access' : undefined;
}

/** Where a change points to. A setting's `DOMAIN_NAME` is the organization's own, except where domains are trusted. */
function readTargets(event: RawRecord, purpose: ApiPurpose, revokes: boolean): readonly string[] {
  if (purpose === 'mail-forwarding') {
    const value = wordsParameter(event, revokes ? 'OLD_VALUE' : 'NEW_VALUE')[0]?.slice(0, LONGEST_SETTING);
    const monitor = emailOf(textParameter(event, 'EMAIL_MONITOR_DEST_EMAIL'));
    return [...(monitor === undefined ? [] : [monitor]), ...addressesIn(value ?? '').slice(0, MOST_TARGETS)];
  }
  const user = emailOf(textParameter(event, 'DESTINATION_USER_EMAIL'));
  const domain = textParameter(event, 'DOMAIN_NAME')?.toLowerCase();
  return [user, domain].filter((target) => target !== undefined);
}

/** Domain-wide delegation: the client may act as anybody in the organization. */
function readDelegation(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (activity.actor === undefined) return [];
  const consent = eventBase(activity, part) as Writable<OauthConsent>;
  consent.kind = 'oauth-consent';
  consent.activity = nameOf(event) === 'REMOVE_API_CLIENT_ACCESS' ? 'revoke' : 'grant';
  consent.application = applicationOf(textParameter(event, 'API_CLIENT_NAME'), undefined) ?? {};
  consent.scopes = scopesIn(wordsParameter(event, 'API_SCOPES'));
  consent.forEveryone = true;
  return [consent];
}
