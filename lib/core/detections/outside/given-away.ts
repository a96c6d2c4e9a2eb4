import type { ApiActivity } from '../../events/index.ts';

const COPIES: ReadonlySet<string> = new Set(['snapshot', 'image', 'database-snapshot']);

/**
 * Tells whether another account is given a copy of data as a whole: a snapshot of a disk or database, an image of a
 * machine, a bucket replicated into it. Access to what stays in its place is not.
 */
export function isCopyGivenAway({ purpose, operation, resource }: ApiActivity): boolean {
  return (
    purpose === 'external-access' &&
    (COPIES.has(resource?.type ?? '') || operation === 'PutBucketReplication')
  );
}
