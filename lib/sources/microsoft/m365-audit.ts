/**
 * Microsoft 365's unified audit log: records of the Management Activity API, and rows of a Purview export, which carry
 * the same record as text in `AuditData`.
 */
import { expected } from '../damage.ts';
import { asObject, has, textAt } from '../fields.ts';
import { events, IRRELEVANT, rejected, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { directoryMeaning } from './directory-operations.ts';
import { readDirectoryChange } from './m365-directory.ts';
import { FILE_ACTIVITIES, readFileActivity } from './m365-files.ts';
import { m365Base, M365_FEED, M365_SOURCE } from './m365-record.ts';
import type { M365Reader } from './m365-record.ts';
import { readAuditSetting, readExport, readForwarding, readSharingPolicy } from './m365-settings.ts';
import { readSignIn } from './m365-sign-ins.ts';

const READERS: ReadonlyMap<string, M365Reader> = new Map<string, M365Reader>([
  ...Array.from(FILE_ACTIVITIES.keys(), (operation) => [operation, readFileActivity] as const),
  ['UserLoggedIn', readSignIn],
  ['UserLoginFailed', readSignIn],
  ['New-InboxRule', readForwarding],
  ['Set-InboxRule', readForwarding],
  ['Remove-InboxRule', readForwarding],
  ['Disable-InboxRule', readForwarding],
  ['UpdateInboxRules', readForwarding],
  ['Set-Mailbox', readForwarding],
  ['New-TransportRule', readForwarding],
  ['Set-TransportRule', readForwarding],
  ['Remove-TransportRule', readForwarding],
  ['Disable-TransportRule', readForwarding],
  ['SearchExported', readExport],
  ['ViewedSearchExported', readExport],
  ['SearchExportDownloaded', readExport],
  ['New-ComplianceSearchAction', readExport],
  ['New-MailboxExportRequest', readExport],
  ['Set-AdminAuditLogConfig', readAuditSetting],
  ['Set-MailboxAuditBypassAssociation', readAuditSetting],
  ['SharingPolicyChanged', readSharingPolicy],
]);

export const m365Audit: Feed = { source: M365_SOURCE, id: M365_FEED, recognizes, normalize };

/** Log Analytics keeps the same log in other columns (`OfficeWorkload`, `TimeGenerated`); those are not read. */
function recognizes(record: RawRecord): boolean {
  if (has(record, 'AuditData'))
    return has(record, 'Operations') || has(record, 'Operation') || has(record, 'RecordType');
  if (!has(record, 'Operation'))
    return has(record, 'CreationTime') && has(record, 'Workload') && has(record, 'RecordType');
  if (has(record, 'OfficeWorkload') || has(record, 'TimeGenerated')) return false;
  const rest =
    Number(has(record, 'CreationTime')) +
    Number(has(record, 'Workload')) +
    Number(has(record, 'RecordType')) +
    Number(has(record, 'UserId')) +
    Number(has(record, 'OrganizationId'));
  return has(record, 'CreationTime') ? rest >= 2 : has(record, 'Workload') && rest >= 2;
}

function normalize(record: RawRecord): Normalized {
  if (!has(record, 'AuditData')) return normalizeRecord(record, record);
  const operation = textAt(record, 'Operations') ?? textAt(record, 'Operation');
  if (operation !== undefined && !isRelevant(operation)) return IRRELEVANT;
  const inner = parsed(record['AuditData']);
  return inner === undefined
    ? expected('AuditData', 'an audit record as JSON text', record['AuditData'])
    : normalizeRecord(inner, record);
}

/** @param whole - what the record came as: itself, or the row around it */
function normalizeRecord(record: RawRecord, whole: RawRecord): Normalized {
  const operation = textAt(record, 'Operation');
  // The entry of a listing, in the place of what it lists.
  if (operation === undefined && has(record, 'contentUri'))
    return rejected('contentUri: what it held has expired, or could not be fetched');
  if (operation === undefined) return expected('Operation', 'a text', record['Operation']);
  const reader = READERS.get(operation);
  const meaning = reader === undefined && isDirectory(record) ? directoryMeaning(operation) : undefined;
  if (reader === undefined && meaning === undefined) return IRRELEVANT;
  const base = m365Base(record, operation, whole);
  if (base === undefined) return IRRELEVANT;
  const made =
    reader !== undefined
      ? reader(record, operation, base)
      : meaning !== undefined
        ? readDirectoryChange(record, operation, base, meaning)
        : [];
  if (made.length > 0 && base.time === 0) return expected('CreationTime', 'a time', record['CreationTime']);
  return events(made);
}

/** Other workloads have operations of the same name, `Delete user` among them, that mean something else. */
function isDirectory(record: RawRecord): boolean {
  const workload = textAt(record, 'Workload');
  return workload === undefined || workload === 'AzureActiveDirectory';
}

function isRelevant(operation: string): boolean {
  return READERS.has(operation) || directoryMeaning(operation) !== undefined;
}

function parsed(value: unknown): RawRecord | undefined {
  if (typeof value !== 'string') return asObject(value);
  try {
    return asObject(JSON.parse(value));
  } catch {
    return undefined;
  }
}
