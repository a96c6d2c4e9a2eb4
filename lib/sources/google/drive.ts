/** The application `drive`: files read, copied and shared. */
import type { Application, FileHostingActivity, HostedFile, SourceEvent } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { idAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, nameOf, type Activity, type Reader } from './activity.ts';
import { booleanParameter, findParameter, idParameter, textParameter } from './parameters.ts';
import { readShare, SHARES } from './share.ts';

/** Ways to read a file, or to have a copy of it elsewhere. */
const READS: ReadonlyMap<string, FileHostingActivity['activity']> = new Map<
  string,
  FileHostingActivity['activity']
>([
  ['download', 'download'],
  ['download_forms_response', 'download'],
  ['email_as_attachment', 'download'],
  ['copy', 'copy'],
  ['source_copy', 'copy'],
  ['sync_item_content', 'sync'],
  ['view', 'open'],
  ['print', 'open'],
  ['preview', 'preview'],
]);

export const drive = activityFeed('drive', ['drive'], (name): Reader | undefined =>
  READS.has(name) || SHARES.has(name) ? readFile : undefined,
);

function readFile(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  // One action gives several events; the others describe the same thing from another side.
  if (activity.actor === undefined || !isPrimary(event)) return [];
  const file = readHostedFile(event);
  if (file === undefined) return [];
  const name = nameOf(event);
  const read = READS.get(name);
  const shared = read === undefined ? readShare(name, event, activity) : undefined;
  if (read === undefined && shared === undefined) return [];
  const done = eventBase(activity, part) as Writable<FileHostingActivity>;
  done.kind = 'file-hosting-activity';
  done.activity = read ?? shared?.activity ?? 'share';
  done.service = 'google-drive';
  done.file = file;
  if (shared?.share !== undefined) done.share = shared.share;
  // The copy lies in somebody else's Drive.
  if (name === 'source_copy' && textParameter(event, 'copy_type') === 'external')
    done.share = { audience: 'external' };
  const application = readApplication(event, activity.record);
  if (application !== undefined) done.application = application;
  return [done];
}

/** Without the parameter an event stands alone; with the parameter but no value it is not the primary one. */
function isPrimary(event: RawRecord): boolean {
  return (
    findParameter(event, 'primary_event') === undefined || booleanParameter(event, 'primary_event') === true
  );
}

/** Records without an id are told apart by title, which is better than losing them. */
function readHostedFile(event: RawRecord): HostedFile | undefined {
  const name = textParameter(event, 'doc_title');
  const sharedDrive = idParameter(event, 'shared_drive_id') ?? idParameter(event, 'team_drive_id');
  const uid =
    idParameter(event, 'doc_id') ?? sharedDrive ?? (name === undefined ? undefined : `title:${name}`);
  if (uid === undefined) return undefined;
  const file: Writable<HostedFile> = { uid };
  if (name !== undefined) file.name = name;
  const owner = textParameter(event, 'owner');
  if (isOnSharedDrive(event)) {
    const container = sharedDrive ?? owner;
    if (container !== undefined) file.container = container;
  } else if (owner !== undefined) {
    file.owner = owner.toLowerCase();
  }
  return file;
}

function isOnSharedDrive(event: RawRecord): boolean {
  return (
    booleanParameter(event, 'owner_is_shared_drive') ??
    booleanParameter(event, 'owner_is_team_drive') ??
    false
  );
}

function readApplication(event: RawRecord, record: RawRecord): Application | undefined {
  const acting = objectAt(objectAt(record, 'actor'), 'applicationInfo');
  const uid = idAt(acting, 'oauthClientId') ?? textParameter(event, 'originating_app_id');
  const name = textAt(acting, 'applicationName');
  return applicationOf(uid, name);
}
