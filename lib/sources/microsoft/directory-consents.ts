/**
 * Consent given to applications. One consent writes several records: `Consent to application` names the application,
 * but repeats the old permissions when an earlier consent grows; then only `Add delegated permission grant` has the new
 * ones. Both carry the application's object id, so that a detection keyed on it sees one application.
 */
import type { Application, OauthConsent } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { scopesIn } from '../scopes.ts';
import { shortValue } from './audit-properties.ts';
import { baseOf } from './directory-change.ts';
import type { DirectoryChange } from './directory-change.ts';

/** Gives the consent a record tells of; none when it grants nothing or failed. */
export function consentsOf(
  change: DirectoryChange,
  by: 'consent' | 'delegated-grant' | 'app-role',
): readonly OauthConsent[] {
  const grant = by === 'consent' ? consent(change) : by === 'app-role' ? appRole(change) : delegated(change);
  if (grant === undefined || !change.success) return [];
  return [{ kind: 'oauth-consent', ...baseOf(change), activity: 'grant', ...grant }];
}

type Grant = Pick<OauthConsent, 'application' | 'scopes' | 'forEveryone'>;

function consent(change: DirectoryChange): Grant {
  const text = change.properties.get('ConsentAction.Permissions')?.after ?? '';
  const [before = '', after = ''] = text.includes('=>') ? text.split('=>') : ['', text];
  const held = new Set(scopesOf(before));
  const all = scopesOf(after);
  const added = all.filter((scope) => !held.has(scope));
  const everyone =
    change.properties.get('ConsentContext.OnBehalfOfAll')?.after.toLowerCase() === 'true' ||
    after.includes('ConsentType: AllPrincipals');
  const target = change.targets.find((each) => each.is === 'service') ?? change.targets[0];
  return {
    application: applicationOf(target?.uid, target?.name) ?? {},
    scopes: added.length > 0 ? added : all,
    ...(everyone && { forEveryone: true }),
  };
}

function delegated(change: DirectoryChange): Grant | undefined {
  const scope = change.properties.get('DelegatedPermissionGrant.Scope');
  const held = new Set(scopesIn([scope?.before]));
  const scopes = scopesIn([scope?.after]).filter((each) => !held.has(each));
  if (scopes.length === 0) return undefined;
  const everyone = change.properties.get('DelegatedPermissionGrant.ConsentType')?.after === 'AllPrincipals';
  return { application: clientOf(change), scopes, ...(everyone && { forEveryone: true }) };
}

/** A permission given to the application itself reaches everybody's data. */
function appRole(change: DirectoryChange): Grant | undefined {
  const scopes = scopesIn([change.properties.get('AppRole.Value')?.after]);
  return scopes.length === 0 ? undefined : { application: clientOf(change), scopes, forEveryone: true };
}

/** In these records the target is the API; the application that gets the permission is a property. */
function clientOf(change: DirectoryChange): Application {
  const uid = shortValue(change.properties.get('ServicePrincipal.ObjectID'));
  const name = shortValue(change.properties.get('ServicePrincipal.DisplayName'));
  return applicationOf(uid, name) ?? {};
}

/** Consents are described in words, `Scope: Mail.Read User.Read`; some exports carry the bare list of scopes. */
function scopesOf(text: string): readonly string[] {
  const listed = Array.from(text.matchAll(/Scope: ([^,\]]*)/g), (match) => match[1]);
  return scopesIn(listed.length > 0 || text.includes('Id:') ? listed : [text.replace(/["[\],]/g, ' ')]);
}
