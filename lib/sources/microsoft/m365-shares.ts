/** With whom a file in SharePoint or OneDrive was shared, or no longer is, as far as the record says. */
import type { Share } from '../../core/events/index.ts';
import { domainOf, emailOf } from '../addresses.ts';
import { textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { guestHome } from './principals.ts';

type Audience = Share['audience'];

const LINK_AUDIENCES: ReadonlyMap<string, Audience> = new Map<string, Audience>([
  ['AnonymousLinkCreated', 'anyone-with-link'],
  ['AnonymousLinkUpdated', 'anyone-with-link'],
  ['AnonymousLinkRemoved', 'anyone-with-link'],
  ['CompanyLinkCreated', 'internal'],
  ['CompanyLinkRemoved', 'internal'],
]);

const SCOPE_AUDIENCES: ReadonlyMap<string, Audience> = new Map<string, Audience>([
  ['Anyone', 'anyone-with-link'],
  ['Anonymous', 'anyone-with-link'],
  ['Organization', 'internal'],
]);

/**
 * Gives the audience of a share: by the kind of link, else by its scope, else by who was given access.
 *
 * @returns `undefined` when the record says none of these
 */
export function shareOf(record: RawRecord, operation: string): Share | undefined {
  const link = LINK_AUDIENCES.get(operation) ?? SCOPE_AUDIENCES.get(textAt(record, 'SharingLinkScope') ?? '');
  if (link !== undefined) return { audience: link };
  const given = textAt(record, 'TargetUserOrGroupName')?.toLowerCase();
  const type = textAt(record, 'TargetUserOrGroupType')?.toLowerCase();
  if (given === undefined) return type === 'guest' ? { audience: 'external' } : undefined;
  const name = given.startsWith('i:0') ? given.slice(given.lastIndexOf('|') + 1) : given;
  // SharePoint keeps each link's readers in a group whose name tells the kind of link.
  if (name.startsWith('sharinglinks.'))
    return { audience: name.includes('.anonymous') ? 'anyone-with-link' : 'internal' };
  const target = guestHome(name) ?? emailOf(name);
  const outside =
    type === 'guest' || type === 'partner' || name.includes('#ext#') || isElsewhere(record, type, target);
  return { audience: outside ? 'external' : 'internal', ...(target !== undefined && { targets: [target] }) };
}

/** Where the record does not say who the target is, another domain than the sharer's is outside. */
function isElsewhere(record: RawRecord, type: string | undefined, target: string | undefined): boolean {
  if (type !== undefined || target === undefined) return false;
  const sharer = emailOf(textAt(record, 'UserId'));
  return sharer !== undefined && domainOf(sharer) !== domainOf(target);
}
