/** Who can see a Drive file after its sharing was changed. */
import type { FileHostingActivity, Share } from '../../core/events/index.ts';
import { domainOf, emailOf } from '../addresses.ts';
import { textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Activity } from './activity.ts';
import { textParameter, wordsParameter } from './parameters.ts';

type Audience = Share['audience'];

/**
 * Events that change sharing. What follows from a folder's change (`…_hierarchy_reconciled`) is left out: the folder's
 * own event says it once. So is `change_acl_editors`, which says whether editors may share, not with whom they did.
 */
export const SHARES: ReadonlySet<string> = new Set([
  'change_user_access',
  'change_document_visibility',
  'change_document_access_scope',
  'publish_change',
  'shared_drive_membership_change',
]);

/** Google's words for who sees a file. `unknown` says nothing. */
const AUDIENCES: ReadonlyMap<string, Audience> = new Map<string, Audience>([
  ['private', 'internal'],
  ['shared_internally', 'internal'],
  ['people_within_domain_with_link', 'internal'],
  ['public_in_the_domain', 'internal'],
  ['shared_externally', 'external'],
  ['people_with_link', 'anyone-with-link'],
  ['public_on_the_web', 'public'],
]);

export interface Sharing {
  readonly activity: Extract<FileHostingActivity['activity'], 'share' | 'unshare'>;
  /** Absent when the record does not tell whom it concerns. */
  readonly share?: Share;
}

/** Reads what an event of `SHARES` did. */
export function readShare(name: string, event: RawRecord, activity: Activity): Sharing | undefined {
  switch (name) {
    case 'change_user_access':
      return withSomebody(event, activity, textParameter(event, 'target_user'), isTakenAway(event));
    case 'shared_drive_membership_change':
      return withSomebody(event, activity, textParameter(event, 'target'), isRemoval(event));
    case 'publish_change':
      return withEverybody(event, textParameter(event, 'new_publish_visibility'));
    default:
      return byLink(event, activity);
  }
}

/** One person or group gets or loses access. A file may be open to outsiders already; who was added decides. */
function withSomebody(
  event: RawRecord,
  activity: Activity,
  target: string | undefined,
  taken: boolean,
): Sharing {
  const address = emailOf(target);
  const domain = address === undefined ? undefined : domainOf(address);
  const inside = domain !== undefined && domain === homeDomain(event, activity);
  const audience = inside ? 'internal' : taken ? outsider(domain) : outsideAudience(event, domain);
  const done = taken ? 'unshare' : 'share';
  if (audience === undefined) return { activity: done };
  return { activity: done, share: address === undefined ? { audience } : { audience, targets: [address] } };
}

/** What the file is after losing somebody does not say who was lost; another domain's address does. */
function outsider(domain: string | undefined): Audience | undefined {
  return domain === undefined ? undefined : 'external';
}

/** Another domain is outside unless Google, which knows all domains of the organization, says otherwise. */
function outsideAudience(event: RawRecord, domain: string | undefined): Audience | undefined {
  if (textParameter(event, 'visibility_change') === 'external') return 'external';
  const visibility = AUDIENCES.get(textParameter(event, 'visibility') ?? '');
  if (visibility === undefined) return outsider(domain);
  return visibility === 'internal' ? 'internal' : 'external';
}

/** The link opens to a domain, to everybody who has it, or to nobody any more. */
function byLink(event: RawRecord, activity: Activity): Sharing | undefined {
  const after = wordsParameter(event, 'new_value').find((value) => AUDIENCES.has(value));
  const visibility = textParameter(event, 'visibility') ?? after;
  const now = after ?? visibility;
  const audience = AUDIENCES.get(now ?? '');
  if (audience === undefined) return undefined;
  const domain = textParameter(event, 'target_domain')?.toLowerCase();
  const closed = now === 'private' || wordsParameter(event, 'new_value').includes('none');
  // A link limited to one domain is not open to anyone, whatever the new value is called.
  if (domain === undefined || domain === 'all' || !domain.includes('.') || audience === 'internal') {
    return { activity: closed ? 'unshare' : 'share', share: { audience } };
  }
  const limited = domain === homeDomain(event, activity) ? 'internal' : 'external';
  return { activity: closed ? 'unshare' : 'share', share: { audience: limited, targets: [domain] } };
}

function withEverybody(event: RawRecord, visibility: string | undefined): Sharing | undefined {
  const audience = AUDIENCES.get(visibility ?? textParameter(event, 'visibility') ?? '');
  if (audience === undefined) return undefined;
  const withdrawn = wordsParameter(event, 'new_value').some(
    (value) => value.startsWith('un') || value.startsWith('not'),
  );
  return { activity: withdrawn ? 'unshare' : 'share', share: { audience } };
}

function isTakenAway(event: RawRecord): boolean {
  return wordsParameter(event, 'new_value').includes('none');
}

function isRemoval(event: RawRecord): boolean {
  return textParameter(event, 'membership_change_type')?.startsWith('remove') === true;
}

function homeDomain(event: RawRecord, activity: Activity): string | undefined {
  const domain = textAt(activity.record, 'ownerDomain')?.toLowerCase();
  const address = emailOf(textParameter(event, 'owner')) ?? activity.actor?.address;
  return domain ?? (address === undefined ? undefined : domainOf(address));
}
