/** What `userIdentity` and the fields around it say, in the small questions several readers ask. */
import { objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** The console acts for the person in front of it; any other `invokedBy` is a service acting by itself. */
const CONSOLE: ReadonlySet<string> = new Set(['signin.amazonaws.com', 'console.amazonaws.com']);

/** Tells whether an AWS service made the call, on its own or on somebody's earlier behalf. */
export function isByService(identity: RawRecord | undefined): boolean {
  const invokedBy = textAt(identity, 'invokedBy');
  return invokedBy !== undefined && !CONSOLE.has(invokedBy);
}

/** Tells whether the record's address is one of AWS's own back ends rather than somebody's. */
export function isFromAws(record: RawRecord): boolean {
  const source = textAt(record, 'sourceIPAddress');
  return (
    source !== undefined &&
    (source === 'AWS Internal' || source.endsWith('.amazonaws.com')) &&
    !CONSOLE.has(source)
  );
}

/** Gives the account the record was written for, else the caller's. */
export function accountOf(record: RawRecord): string | undefined {
  return textAt(record, 'recipientAccountId') ?? textAt(objectAt(record, 'userIdentity'), 'accountId');
}

/**
 * Writes the ARN of something of IAM in the record's account and partition.
 *
 * @example arnIn({ recipientAccountId: '123456789012' }, 'user/ana') // => 'arn:aws:iam::123456789012:user/ana'
 */
export function arnIn(record: RawRecord, resource: string): string | undefined {
  const account = accountOf(record);
  if (account === undefined) return undefined;
  return `arn:${partitionOf(textAt(record, 'awsRegion') ?? '')}:iam::${account}:${resource}`;
}

/** Gives the partition a Region belongs to: the first part of every ARN there. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
