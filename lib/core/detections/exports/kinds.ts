/** Ways to take data out as a whole, under the vendors' own names. */
import type { AlertObject } from '../../alerts/alert.ts';
import { quoted } from '../../alerts/quoted.ts';
import type { ApiActivity, SourceId } from '../../events/index.ts';
import { isCopyGivenAway } from '../outside/given-away.ts';

const NAME_LENGTH = 80;

/** What was done, as a sentence without its subject; `what` is the resource's name, or empty. */
const DONE: ReadonlyMap<string, (what: string, event: ApiActivity) => string> = new Map<
  string,
  (what: string, event: ApiActivity) => string
>([
  ['STARTED_USER_TAKEOUT', (_, event) => `Began an export of Google account data${takenOut(event)}.`],
  ['SCHEDULED_USER_TAKEOUT', (_, event) => `Scheduled exports of Google account data${takenOut(event)}.`],
  ['COMPLETED_USER_TAKEOUT', (_, event) => `An export of Google account data is ready${takenOut(event)}.`],
  ['DOWNLOADED_USER_TAKEOUT', (_, event) => `Downloaded an export of Google account data${takenOut(event)}.`],
  ['REQUEST_MAILBOX_DUMP', (what) => `Requested a copy of the whole mailbox${of(what)}.`],
  ['CREATE_DATA_TRANSFER_REQUEST', (what) => `Had the data${of(what)} transferred to another account.`],

  ['SearchExported', (what) => `Exported the results of the content search${named(what)}.`],
  ['ViewedSearchExported', (what) => `Opened the exported results of the content search${named(what)}.`],
  ['SearchExportDownloaded', (what) => `Downloaded the results of the content search${named(what)}.`],
  ['New-ComplianceSearchAction', (what) => `Exported the results of the content search${named(what)}.`],
  ['New-MailboxExportRequest', (what) => `Exported a mailbox to a PST file${named(what)}.`],

  ['analytics.reports.export.download', (what) => `Downloaded an Okta report${named(what)}.`],
  [
    'application.user_membership.show_password',
    (what) => `Looked up the password that ${what === '' ? 'somebody else' : what} uses for an application.`,
  ],

  ['CreateExportTask', (what) => `Exported the log group${named(what)} to S3.`],
  ['ExportTableToPointInTime', (what) => `Exported the table${named(what)} to S3.`],
  ['StartExportTask', (what) => `Exported the database snapshot${named(what)} to S3.`],
  ['CreateInstanceExportTask', (what) => `Exported the machine${named(what)} to S3.`],
  ['ExportImage', (what) => `Exported the machine image${named(what)} to S3.`],
  ['CreateStoreImageTask', (what) => `Stored the machine image${named(what)} in S3.`],
  [
    'PutBucketReplication',
    (what, event) => `Had the bucket${named(what)} replicated into ${accounts(event)}.`,
  ],
]);

/** Products of Google that hold other people's work; the rest is calendars, contacts and settings. */
const HEAVY = /drive|mail|vault|chat|group|photo|meet|voice|sites|keep|cloud|analytics|everything|\ball\b/i;

const SERVICES: Readonly<Partial<Record<SourceId, AlertObject>>> = {
  google: { kind: 'service', id: 'google-workspace', name: 'Google Workspace' },
  m365: { kind: 'service', id: 'microsoft-365', name: 'Microsoft 365' },
  entra: { kind: 'service', id: 'entra', name: 'Microsoft Entra' },
  okta: { kind: 'service', id: 'okta', name: 'Okta' },
  aws: { kind: 'service', id: 'aws', name: 'AWS' },
};

/** Gives the service data is exported from. */
export function exportedFrom({ source }: ApiActivity): AlertObject {
  return SERVICES[source] ?? { kind: 'service', id: source, name: source };
}

/** Tells whether an event takes data out as a whole. */
export function isExport(event: ApiActivity): boolean {
  return event.revokes !== true && (event.purpose === 'bulk-export' || isCopyGivenAway(event));
}

/** Tells whether an export is one's own data from Google, as everybody can take it. */
export function isTakeout({ operation }: ApiActivity): boolean {
  return operation.endsWith('_USER_TAKEOUT');
}

/** Tells whether the record says that only little was taken; one that does not say may be of everything. */
export function isLittle({ contents }: ApiActivity): boolean {
  return contents !== undefined && contents.length > 0 && !contents.some((product) => HEAVY.test(product));
}

/** Says what was done, as a sentence. */
export function exportText(event: ApiActivity): string {
  const { operation, resource } = event;
  const what = resource === undefined ? '' : quoted(resource.name ?? resource.uid, NAME_LENGTH);
  const done = DONE.get(operation);
  if (done !== undefined) return done(what, event);
  if (operation.startsWith('CUSTOMER_TAKEOUT_'))
    return `Exported the data of everybody in the organization (${quoted(operation, NAME_LENGTH)}).`;
  if (isCopyGivenAway(event))
    return `Gave the ${(resource?.type ?? 'copy').replace('-', ' ')}${named(what)} to ${accounts(event)}.`;
  return `${quoted(operation, NAME_LENGTH)}${what === '' ? '' : `: ${what}`}.`;
}

function takenOut({ contents = [], targets = [] }: ApiActivity): string {
  const products = contents.length === 0 ? '' : ` (${quoted(contents.join(', '), NAME_LENGTH)})`;
  // Sent by mail is a link to a download; the others are somebody's storage.
  const to = targets.filter((target) => target !== 'email' && target !== 'unknown');
  return `${products}${to.length === 0 ? '' : ` to ${quoted(to.join(', '), NAME_LENGTH)}`}`;
}

function accounts({ targets = [] }: ApiActivity): string {
  return targets.length === 1 ? `AWS account ${targets[0] ?? ''}` : `${targets.length} AWS accounts`;
}

function of(what: string): string {
  return what === '' ? '' : ` of ${what}`;
}

function named(what: string): string {
  return what === '' ? '' : ` ${what}`;
}
