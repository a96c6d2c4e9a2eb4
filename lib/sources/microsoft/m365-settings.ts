/** Mail forwarding, exports and switched-off auditing, as Exchange and the compliance centre record them. */
import type { ApiActivity, ApiPurpose, Resource } from '../../core/events/index.ts';
import { addressesIn } from '../addresses.ts';
import { idAt, objectsAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { LONGEST_VALUE, namedValue } from './audit-properties.ts';
import { succeeded } from './m365-record.ts';
import type { M365Base, M365Reader } from './m365-record.ts';

/** Parameters that send mail elsewhere: of inbox rules, of mailboxes, of the organization's transport rules. */
const FORWARDING_PARAMETERS: readonly string[] = [
  'ForwardTo',
  'ForwardAsAttachmentTo',
  'RedirectTo',
  'ForwardingSmtpAddress',
  'ForwardingAddress',
  'RedirectMessageTo',
  'BlindCopyTo',
  'CopyTo',
  'AddToRecipients',
];

const RESOURCE_TYPES: ReadonlyMap<string, string> = new Map([
  ['New-InboxRule', 'inbox-rule'],
  ['Set-InboxRule', 'inbox-rule'],
  ['Remove-InboxRule', 'inbox-rule'],
  ['Disable-InboxRule', 'inbox-rule'],
  ['New-TransportRule', 'transport-rule'],
  ['Set-TransportRule', 'transport-rule'],
  ['Remove-TransportRule', 'transport-rule'],
  ['Disable-TransportRule', 'transport-rule'],
]);

const MOST_TARGETS = 50;

/** Reads inbox rules, mailbox settings and transport rules; of use only when they send mail elsewhere, or no longer do. */
export const readForwarding: M365Reader = (record, operation, base) => {
  const values = FORWARDING_PARAMETERS.map((name) =>
    namedValue(record, 'Parameters', name, LONGEST_VALUE),
  ).filter((value) => value !== undefined && value !== '$null');
  // Outlook on the desktop writes its rules as a description of the actions.
  const actions = namedValue(record, 'OperationProperties', 'RuleActions', LONGEST_VALUE);
  if (actions !== undefined && /forward|redirect/i.test(actions)) values.push(actions);
  const revokes = isRemoval(record, operation) || (values.length === 0 && isEmptied(record));
  if (values.length === 0 && !revokes) return [];
  const targets = [...new Set((values as string[]).flatMap(targetsIn))].slice(0, MOST_TARGETS);
  const uid =
    textAt(record, 'MailboxOwnerUPN')?.toLowerCase() ??
    idAt(record, 'ObjectId') ??
    namedValue(record, 'Parameters', 'Identity');
  const resource = uid === undefined ? undefined : { type: RESOURCE_TYPES.get(operation) ?? 'mailbox', uid };
  const event = settingChange(record, operation, base, 'mail-forwarding', resource);
  return [
    {
      ...event,
      ...(targets.length > 0 && { targets }),
      ...(revokes && { revokes: true as const }),
    },
  ];
};

function isRemoval(record: RawRecord, operation: string): boolean {
  return (
    /^(?:Remove|Disable)-/.test(operation) ||
    namedValue(record, 'OperationProperties', 'RuleOperation')?.startsWith('Remove') === true
  );
}

/** An empty value, or PowerShell's word for none, ends the forwarding. */
function isEmptied(record: RawRecord): boolean {
  return objectsAt(record, 'Parameters').some(({ Name, Value }) => {
    const isForwarding = typeof Name === 'string' && FORWARDING_PARAMETERS.includes(Name);
    return isForwarding && (Value === '' || Value === '$null');
  });
}

/** Reads searches whose results were exported. */
export const readExport: M365Reader = (record, operation, base) => {
  if (operation === 'New-ComplianceSearchAction' && !isExport(record)) return [];
  const search = idAt(record, 'ObjectId');
  return [
    settingChange(
      record,
      operation,
      base,
      'bulk-export',
      search === undefined ? undefined : { type: 'search', uid: search },
    ),
  ];
};

/** Reads changes that switch auditing off, or on. */
export const readAuditSetting: M365Reader = (record, operation, base) => {
  const what = idAt(record, 'ObjectId');
  return [
    settingChange(
      record,
      operation,
      base,
      'audit-log-change',
      what === undefined ? undefined : { type: 'audit-log', uid: what },
    ),
  ];
};

/** Reads changes to what the organization lets people share. */
export const readSharingPolicy: M365Reader = (record, operation, base) => {
  const site = idAt(record, 'ObjectId') ?? idAt(record, 'SiteUrl');
  return [
    settingChange(
      record,
      operation,
      base,
      'security-policy-change',
      site === undefined ? undefined : { type: 'site', uid: site },
    ),
  ];
};

function settingChange(
  record: RawRecord,
  operation: string,
  base: M365Base,
  purpose: ApiPurpose,
  resource: Resource | undefined,
): ApiActivity {
  const userAgent = textAt(record, 'UserAgent');
  return {
    kind: 'api-activity',
    ...base,
    operation,
    purpose,
    status: succeeded(record) ? 'success' : 'failure',
    ...(resource !== undefined && { resource }),
    ...(userAgent !== undefined && { userAgent }),
  };
}

/** An inner mailbox may be named without an address; then its name is the target. */
function targetsIn(value: string): readonly string[] {
  const addresses = addressesIn(value);
  if (addresses.length > 0) return addresses;
  return /[[{]/.test(value) || value.length > 256 ? [] : [value.toLowerCase()];
}

/** The same command previews and purges; the compliance centre writes its parameters as a list or as one text. */
function isExport(record: RawRecord): boolean {
  const names = objectsAt(record, 'Parameters').map((parameter) => `-${textAt(parameter, 'Name') ?? ''}`);
  const text = `${names.join(' ')} ${idAt(record, 'Parameters') ?? ''}`;
  return /-(?:Export|Report)\b/i.test(text) || !/-(?:Purge|Preview)\b/i.test(text);
}
