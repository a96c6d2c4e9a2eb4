/** Microsoft 365's audit log: files read, synchronised and shared, mail sent elsewhere, searches exported. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Laptop } from '../staff.ts';
import { agentOn } from './agents.ts';
import { guid } from './ids.ts';

const TENANT = '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001';
const SYNC_CLIENT = 'Microsoft SkyDriveSync 25.020 ship; Windows NT 10.0 (26100)';

/** A file in SharePoint, or in somebody's OneDrive. */
export interface CloudFile {
  /** A site's name, or the address of a OneDrive's owner. */
  readonly site: string;
  /** Folder, without slashes at its ends. */
  readonly folder: string;
  readonly name: string;
  readonly bytes?: number;
}

export interface FileOptions {
  readonly file: CloudFile;
  readonly device?: Laptop;
}

export type FileOperation =
  'FileAccessed' | 'FilePreviewed' | 'FileDownloaded' | 'FileModified' | 'FileUploaded' | 'FileDeleted';

/** Something is done to a file in the browser. */
export function fileOperation(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { operation, file, device }: FileOptions & { readonly operation: FileOperation },
): RawRecord {
  return {
    ...fileRecord(who, at, from, random, operation, file),
    UserAgent: agentOn(device).text,
    FileSizeBytes: file.bytes ?? 48_213,
    IsManagedDevice: device !== undefined,
  };
}

/** A file is downloaded in the browser. */
export function fileDownloaded(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  options: FileOptions,
): RawRecord {
  return fileOperation(who, at, from, random, { ...options, operation: 'FileDownloaded' });
}

/** A file is copied to a computer by OneDrive's client. */
export function fileSynced(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { file, managed = true }: { readonly file: CloudFile; readonly managed?: boolean },
): RawRecord {
  return {
    ...fileRecord(who, at, from, random, 'FileSyncDownloadedFull', file),
    UserAgent: SYNC_CLIENT,
    IsManagedDevice: managed,
    FileSyncBytesCommitted: String(file.bytes ?? 48_213),
  };
}

/** A file is shared with somebody: as a permission, or by a link that only they can use. */
export function fileShared(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    file,
    device,
    operation = 'SharingSet',
    target,
    guest,
  }: FileOptions & {
    readonly operation?: 'SharingSet' | 'AddedToSecureLink';
    readonly target: string;
    /** The target is from elsewhere. */
    readonly guest: boolean;
  },
): RawRecord {
  return {
    ...fileRecord(who, at, from, random, operation, file),
    UserAgent: agentOn(device).text,
    IsManagedDevice: device !== undefined,
    EventData: '<Type>Edit</Type>',
    TargetUserOrGroupName: guest && operation === 'SharingSet' ? guestName(target) : target,
    TargetUserOrGroupType: guest ? 'Guest' : 'Member',
  };
}

/** A link is made that whoever has it can use. */
export function anonymousLinkCreated(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { file, device }: FileOptions,
): RawRecord {
  return {
    ...fileRecord(who, at, from, random, 'AnonymousLinkCreated', file),
    UserAgent: agentOn(device).text,
    IsManagedDevice: device !== undefined,
    EventData: '<Type>View</Type>',
  };
}

/** A rule of the mailbox is made; with `forwardTo`, one that sends mail there. */
export function inboxRuleCreated(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { name = 'Newsletters', forwardTo }: { readonly name?: string; readonly forwardTo?: string } = {},
): RawRecord {
  const what =
    forwardTo === undefined
      ? { Name: 'MoveToFolder', Value: 'Newsletters' }
      : { Name: 'ForwardTo', Value: `smtp:${forwardTo}` };
  return exchangeRecord(who, at, from, random, 'New-InboxRule', [
    { Name: 'AlwaysDeleteOutlookRulesBlob', Value: 'False' },
    { Name: 'Name', Value: name },
    what,
  ]);
}

/** A whole mailbox is set to forward. */
export function mailboxForwardingSet(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { of = who, forwardTo }: { readonly of?: Account; readonly forwardTo: string },
): RawRecord {
  return exchangeRecord(who, at, from, random, 'Set-Mailbox', [
    { Name: 'Identity', Value: of.address },
    { Name: 'ForwardingSmtpAddress', Value: `smtp:${forwardTo}` },
    { Name: 'DeliverToMailboxAndForward', Value: 'True' },
  ]);
}

/** What a search of the compliance centre found is exported. */
export function searchExported(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { search = 'Quarterly review' }: { readonly search?: string } = {},
): RawRecord {
  return {
    ...auditRecord(who, at, from, random, 'SearchExported', 24, 'SecurityComplianceCenter'),
    ObjectId: search,
    Parameters: `-Name "${search}"`,
  };
}

function fileRecord(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  operation: string,
  { site, folder, name }: CloudFile,
): RawRecord {
  const isPersonal = site.includes('@');
  const siteUrl = isPersonal
    ? `https://examplecorp-my.sharepoint.com/personal/${site.replace(/[@.]/g, '_')}/`
    : `https://examplecorp.sharepoint.com/sites/${site}/`;
  return {
    ...auditRecord(
      who,
      at,
      from,
      random,
      operation,
      /Shar|Link/.test(operation) ? 14 : 6,
      isPersonal ? 'OneDrive' : 'SharePoint',
    ),
    ObjectId: `${siteUrl}${folder}/${name}`,
    EventSource: 'SharePoint',
    ItemType: 'File',
    SiteUrl: siteUrl,
    SourceFileName: name,
    SourceFileExtension: name.slice(name.lastIndexOf('.') + 1),
    SourceRelativeUrl: folder,
  };
}

function exchangeRecord(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  operation: string,
  parameters: readonly RawRecord[],
): RawRecord {
  return {
    ...auditRecord(who, at, from, random, operation, 1, 'Exchange'),
    ResultStatus: 'True',
    ObjectId: `examplecorp.onmicrosoft.com\\${who.address}`,
    ExternalAccess: false,
    OrganizationName: 'examplecorp.onmicrosoft.com',
    Parameters: parameters,
  };
}

/** `CreationTime` is UTC and does not say so. */
function auditRecord(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  Operation: string,
  RecordType: number,
  Workload: string,
): RawRecord {
  return {
    CreationTime: isoTime(at).slice(0, 19),
    Id: guid(random, at),
    Operation,
    OrganizationId: TENANT,
    RecordType,
    UserKey: who.entraId,
    UserType: 0,
    Version: 1,
    Workload,
    ClientIP: from.ip,
    UserId: who.address,
    CorrelationId: guid(random),
  };
}

/** How the tenant calls a guest. */
function guestName(address: string): string {
  return `${address.replace('@', '_')}#EXT#@examplecorp.onmicrosoft.com`;
}
