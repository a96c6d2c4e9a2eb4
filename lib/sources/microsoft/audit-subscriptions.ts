/** Subscriptions of the Microsoft 365 audit log: nothing is gathered of a kind of content before somebody subscribes. */
import { RingerError } from '../../core/errors.ts';
import { asObject } from '../fields.ts';
import type { Management } from './management.ts';

/** The kinds of content there are, but for DLP.All: no detection reads it, and it needs a permission of its own. */
export const CONTENT_TYPES = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
] as const;

export type ContentType = (typeof CONTENT_TYPES)[number];

/** `not-yet`: Microsoft did not let us subscribe in time; the next run tries again. */
export type Subscribed = 'before' | 'just-now' | 'not-yet';

/**
 * Finds what is subscribed to, and subscribes to what is not.
 *
 * @returns `undefined` when there was no time to ask
 */
export async function subscribe(
  management: Management,
): Promise<ReadonlyMap<ContentType, Subscribed> | undefined> {
  const answer = await management.get(management.urlOf('subscriptions/list'));
  if (answer.outcome === 'out-of-time') return undefined;
  if (answer.outcome === 'gone' || !Array.isArray(answer.body))
    throw new RingerError(
      'SOURCE_SHAPE_CHANGED',
      'the Management Activity API answered with no list of subscriptions',
    );
  const enabled = new Set<unknown>();
  for (const each of answer.body.map(asObject))
    if (each?.['status'] !== 'disabled') enabled.add(each?.['contentType']);
  const result = new Map<ContentType, Subscribed>();
  for (const type of CONTENT_TYPES)
    result.set(type, enabled.has(type) ? 'before' : await start(type, management));
  return result;
}

async function start(contentType: ContentType, management: Management): Promise<Subscribed> {
  const { outcome } = await management.post(management.urlOf('subscriptions/start', { contentType }));
  if (outcome === 'answered') return 'just-now';
  // 400 is AF20024, already enabled; whether that is so, the listing of its content tells.
  return outcome === 'gone' ? 'before' : 'not-yet';
}
