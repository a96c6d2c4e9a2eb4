/** Files in SharePoint and OneDrive: read, copied, taken away, shared. */
import type { Application, FileHostingActivity, HostedFile } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { booleanAt, idAt, numberAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import type { M365Reader } from './m365-record.ts';
import { shareOf } from './m365-shares.ts';

type Activity = FileHostingActivity['activity'];

/** What is done to the file, by operation. Versions, check-outs, renames and moves inside a site are of no use. */
export const FILE_ACTIVITIES: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['FileDownloaded', 'download'],
  ['FileSyncDownloadedFull', 'sync'],
  ['FileSyncDownloadedPartial', 'sync'],
  ['FileAccessed', 'open'],
  ['FileAccessedExtended', 'open'],
  ['FilePreviewed', 'preview'],
  ['FileCopied', 'copy'],
  ['FileUploaded', 'upload'],
  ['FileSyncUploadedFull', 'upload'],
  ['FileModified', 'update'],
  ['FileDeleted', 'delete'],
  ['FileRecycled', 'delete'],
  ['FileDeletedFirstStageRecycleBin', 'delete'],
  ['FileDeletedSecondStageRecycleBin', 'delete'],
  ['SharingSet', 'share'],
  ['SharingInvitationCreated', 'share'],
  ['AddedToSecureLink', 'share'],
  ['AddedToSharingLink', 'share'],
  ['SecureLinkCreated', 'share'],
  ['SharingLinkCreated', 'share'],
  ['SharedLinkCreated', 'share'],
  ['CompanyLinkCreated', 'share'],
  ['AnonymousLinkCreated', 'share'],
  ['AnonymousLinkUpdated', 'share'],
  ['AnonymousLinkUsed', 'open'],
  ['SharingRevoked', 'unshare'],
  ['AnonymousLinkRemoved', 'unshare'],
  ['CompanyLinkRemoved', 'unshare'],
  ['SecureLinkDeleted', 'unshare'],
  ['SharingLinkDeleted', 'unshare'],
  ['SharedLinkDisabled', 'unshare'],
  ['RemovedFromSecureLink', 'unshare'],
]);

/** Reads the operations of `FILE_ACTIVITIES`. */
export const readFileActivity: M365Reader = (record, operation, base) => {
  const activity = FILE_ACTIVITIES.get(operation);
  if (activity === undefined) return [];
  const event: Writable<FileHostingActivity> = {
    kind: 'file-hosting-activity',
    ...base,
    activity,
    service: textAt(record, 'Workload') === 'OneDrive' ? 'onedrive' : 'sharepoint',
    file: fileOf(record, base.uid),
  };
  if (activity === 'download' || activity === 'sync') {
    const bytes = numberAt(record, 'FileSizeBytes') ?? numberAt(record, 'FileSyncBytesCommitted');
    if (bytes !== undefined && bytes >= 0) event.bytesOut = bytes;
  } else if (activity === 'share' || activity === 'unshare') {
    const share = shareOf(record, operation);
    if (share !== undefined) event.share = share;
  }
  const application = readApplication(record);
  if (application !== undefined) event.application = application;
  const userAgent = textAt(record, 'UserAgent');
  if (userAgent !== undefined) event.userAgent = userAgent;
  const managedDevice = booleanAt(record, 'IsManagedDevice');
  if (managedDevice !== undefined) event.managedDevice = managedDevice;
  return [event];
};

/** `ObjectId` is the file's whole URL. */
function fileOf(record: RawRecord, recordUid: string): HostedFile {
  const file: Writable<HostedFile> = {
    uid: idAt(record, 'ObjectId') ?? idAt(record, 'ListItemUniqueId') ?? '',
  };
  const name = textAt(record, 'SourceFileName');
  if (name !== undefined) file.name = name;
  const container = idAt(record, 'SiteUrl');
  if (container !== undefined) file.container = container;
  if (file.uid === '') file.uid = name === undefined ? recordUid : pathOf(record, container, name);
  return file;
}

function pathOf(record: RawRecord, container: string | undefined, name: string): string {
  return [container?.replace(/\/$/, ''), idAt(record, 'SourceRelativeUrl'), name]
    .filter((part) => part !== undefined)
    .join('/');
}

function readApplication(record: RawRecord): Application | undefined {
  const context = objectAt(record, 'AppAccessContext');
  const uid = idAt(context, 'ClientAppId') ?? idAt(record, 'ApplicationId');
  const name = textAt(context, 'ClientAppName') ?? textAt(record, 'ApplicationDisplayName');
  return applicationOf(uid, name);
}
