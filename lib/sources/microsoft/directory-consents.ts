/**
 * Consent given to applications. One consent writes several records: `Consent to application` names the application,
 * but repeats the old permissions when an earlier consent grows; then only `Add delegated permission grant` has the new
 * ones. Both carry the application's object id, so that a detection keyed on it sees one application.
 */
import type { Application, OauthConsent } from '../../core/events/index.ts';
import { shortValue } from './audit-properties.ts';
import { baseOf } from './directory-change.ts';
import type { DirectoryChange } from './directory-change.ts';

const MOST_SCOPES = 200;
const LONGEST_SCOPE = 200;

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
  const held = new Set(scopesIn(before));
  const all = scopesIn(after);
  const added = all.filter((scope) => !held.has(scope));
  const everyone =
    change.properties.get('ConsentContext.OnBehalfOfAll')?.after.toLowerCase() === 'true' ||
    after.includes('ConsentType: AllPrincipals');
  const target = change.targets.find((each) => each.is === 'service') ?? change.targets[0];
  return {
    application: application(target?.uid, target?.name),
    scopes: added.length > 0 ? added : all,
    ...(everyone && { forEveryone: true }),
  };
}

function delegated(change: DirectoryChange): Grant | undefined {
  const scope = change.properties.get('DelegatedPermissionGrant.Scope');
  const held = new Set(words(scope?.before ?? ''));
  const scopes = words(scope?.after ?? '').filter((each) => !held.has(each));
  if (scopes.length === 0) return undefined;
  const everyone = change.properties.get('DelegatedPermissionGrant.ConsentType')?.after === 'AllPrincipals';
  return { application: clientOf(change), scopes, ...(everyone && { forEveryone: true }) };
}

/** A permission given to the application itself reaches everybody's data. */
function appRole(change: DirectoryChange): Grant | undefined {
  const scopes = words(change.properties.get('AppRole.Value')?.after ?? '');
  return scopes.length === 0 ? undefined : { application: clientOf(change), scopes, forEveryone: true };
}

/** In these records the target is the API; the application that gets the permission is a property. */
function clientOf(change: DirectoryChange): Application {
  return application(
    shortValue(change.properties.get('ServicePrincipal.ObjectID')),
    shortValue(change.properties.get('ServicePrincipal.DisplayName')),
  );
}

function application(uid: string | undefined, name: string | undefined): Application {
  return { ...(uid !== undefined && { uid }), ...(name !== undefined && { name }) };
}

function scopesIn(text: string): readonly string[] {
  const listed = Array.from(text.matchAll(/Scope: ([^,\]]*)/g), (match) => words(match[1] ?? '')).flat();
  // Some exports carry the bare list of scopes.
  const scopes = listed.length > 0 || text.includes('Id:') ? listed : words(text.replace(/["[\],]/g, ' '));
  return [...new Set(scopes)].slice(0, MOST_SCOPES);
}

function words(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '' && word.length <= LONGEST_SCOPE)
    .slice(0, MOST_SCOPES);
}
