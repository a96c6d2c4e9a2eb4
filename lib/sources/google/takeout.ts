/** The application `takeout`: people who take a copy of everything they have. */
import type { ApiActivity, SourceEvent } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, nameOf, type Activity } from './activity.ts';
import { textParameter } from './parameters.ts';

const EXPORTS: ReadonlySet<string> = new Set([
  'STARTED_USER_TAKEOUT',
  'SCHEDULED_USER_TAKEOUT',
  'COMPLETED_USER_TAKEOUT',
  'DOWNLOADED_USER_TAKEOUT',
]);

export const takeout = activityFeed('takeout', ['takeout'], (name) =>
  EXPORTS.has(name) ? readExport : undefined,
);

function readExport(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (activity.actor === undefined) return [];
  const exported = eventBase(activity, part) as Writable<ApiActivity>;
  exported.kind = 'api-activity';
  exported.operation = nameOf(event);
  exported.purpose = 'bulk-export';
  exported.status = 'success';
  const user = emailOf(textParameter(event, 'USER_EMAIL'));
  if (user !== undefined) exported.resource = { type: 'user', uid: user };
  return [exported];
}
