/** What administrators do through the console or the API: keys, policies, zones, log streams, exports, consents. */
import type {
  ApiActivity,
  ApiPurpose,
  Application,
  OauthConsent,
  Resource,
  SourceEvent,
} from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { asObject, idAt, objectAt, textAt } from '../fields.ts';
import { scopesIn } from '../scopes.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { eventBase, findTarget, findTargetUser, type LogEvent } from './log-event.ts';

const PURPOSES: Readonly<Partial<Record<ApiPurpose, readonly string[]>>> = {
  'access-key-create': ['system.api_token.create', 'app.oauth2.credentials.lifecycle.create'],
  'bulk-export': ['analytics.reports.export.download', 'application.user_membership.show_password'],
  'audit-log-change': [
    'system.log_stream.lifecycle.create',
    'system.log_stream.lifecycle.update',
    'system.log_stream.lifecycle.deactivate',
    'system.log_stream.lifecycle.delete',
    'event_hook.updated',
    'event_hook.deactivated',
    'event_hook.deleted',
  ],
  'mfa-policy-off': ['security.authenticator.lifecycle.deactivate'],
  'security-policy-change': [
    'zone.create',
    'zone.update',
    'zone.activate',
    'zone.deactivate',
    'zone.delete',
    'zone.make_blacklist',
    'zone.remove_blacklist',
    'policy.lifecycle.create',
    'policy.lifecycle.update',
    'policy.lifecycle.overwrite',
    'policy.lifecycle.activate',
    'policy.lifecycle.deactivate',
    'policy.lifecycle.delete',
    'policy.rule.add',
    'policy.rule.update',
    'policy.rule.activate',
    'policy.rule.deactivate',
    'policy.rule.delete',
    'application.policy.sign_on.update',
    'application.policy.sign_on.rule.create',
    'application.policy.sign_on.rule.delete',
    'device.assurance.policy.update',
    'device.assurance.policy.delete',
    'group.privilege.grant',
    'iam.resourceset.bindings.add',
    'app.oauth2.client.privilege.grant',
    'security.authenticator.lifecycle.update',
    'security.attack_protection.settings.update',
    'security.behavior.settings.update',
    'security.behavior.settings.delete',
    'security.protected_action.settings.update',
    'security.session_protection.status.update',
    'security.threat.configuration.update',
    'system.idp.lifecycle.create',
    'system.idp.lifecycle.update',
    'system.idp.lifecycle.activate',
  ],
};

/** Event types that are such a change, and what it means. */
export const ADMIN_CHANGES: ReadonlyMap<string, ApiPurpose> = new Map(
  Object.entries(PURPOSES).flatMap(([purpose, types]) =>
    types.map((type): [string, ApiPurpose] => [type, purpose as ApiPurpose]),
  ),
);

/** Event types that give or take an application's access to data. */
export const CONSENTS: ReadonlyMap<string, OauthConsent['activity']> = new Map<
  string,
  OauthConsent['activity']
>([
  ['app.oauth2.as.consent.grant', 'grant'],
  ['app.oauth2.consent.grant', 'grant'],
  ['app.oauth2.admin.consent.grant', 'grant'],
  ['app.oauth2.as.consent.revoke', 'revoke'],
  ['app.oauth2.as.consent.revoke.user', 'revoke'],
  ['app.oauth2.as.consent.revoke.user.client', 'revoke'],
  ['app.oauth2.admin.consent.revoke', 'revoke'],
]);

/** Where the debug data has the scopes, the surest first. */
const SCOPE_LISTS: readonly string[] = ['grantedScopes', 'scopes', 'requestedScopes', 'scope'];

/** A log event has some ten targets. */
const TARGETS_LIMIT = 200;

/** Makes the change, named as Okta names it. */
export function readAdminChange(log: LogEvent): readonly SourceEvent[] {
  const purpose = ADMIN_CHANGES.get(log.type);
  if (purpose === undefined || log.status === undefined || log.actor === undefined) return [];
  if (log.type === 'application.user_membership.show_password' && isOwnPassword(log)) return [];
  const event = eventBase(log) as Writable<ApiActivity>;
  event.kind = 'api-activity';
  event.operation = log.type;
  event.purpose = purpose;
  event.status = log.status;
  const resource = readResource(log.record);
  if (resource !== undefined) event.resource = resource;
  const userAgent = textAt(objectAt(objectAt(log.record, 'client'), 'userAgent'), 'rawUserAgent');
  if (userAgent !== undefined) event.userAgent = userAgent;
  return [event];
}

/** Makes a consent. Scopes are targets of their own, or a list in the debug data. */
export function readConsent(log: LogEvent): readonly SourceEvent[] {
  const activity = CONSENTS.get(log.type);
  if (activity === undefined || log.status !== 'success' || log.actor === undefined) return [];
  const event = eventBase(log) as Writable<OauthConsent>;
  event.kind = 'oauth-consent';
  event.activity = activity;
  event.application = readClient(log);
  event.scopes = readScopes(log);
  if (log.type.startsWith('app.oauth2.admin.')) event.forEveryone = true;
  return [event];
}

/** Looking up one's own password of an application is what the button is for. */
function isOwnPassword(log: LogEvent): boolean {
  const owner = findTargetUser(log.record);
  return owner === undefined || owner.address === log.actor?.address;
}

function readResource(record: RawRecord): Resource | undefined {
  const target = findTarget(record, () => true);
  const type = textAt(target, 'type');
  const uid = idAt(target, 'id');
  if (type === undefined || uid === undefined) return undefined;
  const resource: Writable<Resource> = { type, uid };
  const name = textAt(target, 'displayName');
  if (name !== undefined) resource.name = name;
  return resource;
}

function readClient(log: LogEvent): Application {
  const target = findTarget(log.record, isClient);
  const uid = idAt(target, 'id') ?? idAt(log.debugData, 'clientId');
  return applicationOf(uid, textAt(target, 'displayName')) ?? {};
}

function isClient(type: string): boolean {
  return /app|client/i.test(type) && type !== 'AppUser';
}

function readScopes(log: LogEvent): readonly string[] {
  const targets = log.record['target'];
  const named = (Array.isArray(targets) ? targets.slice(0, TARGETS_LIMIT) : []).map(scopeName);
  for (const texts of [named, ...SCOPE_LISTS.map((key) => [log.debugData?.[key]])]) {
    const scopes = scopesIn(texts);
    if (scopes.length > 0) return scopes;
  }
  return [];
}

function scopeName(each: unknown): string | undefined {
  const target = asObject(each);
  return /scope/i.test(textAt(target, 'type') ?? '') ? textAt(target, 'displayName') : undefined;
}
