/** The buckets: evidence that nobody can delete, an archive that ages away, and who touched either. */
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  type BucketProps,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { ARCHIVE_PREFIX } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';

export interface Buckets {
  readonly evidence: Bucket;
  readonly archive: Bucket;
}

const COMMON = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

export function addBuckets(scope: Stack, key: Key, retention: RingerConfig['retention']): Buckets {
  const evidenceFor = Duration.days(retention.evidenceDays);
  const accessLogs = new Bucket(scope, 'AccessLogs', {
    ...COMMON,
    // S3 delivers access logs to no bucket that is encrypted with a key of one's own.
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: evidenceFor, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  const kept = (prefix: string) => ({
    ...COMMON,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    serverAccessLogsBucket: accessLogs as IBucket,
    serverAccessLogsPrefix: `${prefix}/`,
  });
  const evidence = new Bucket(scope, 'Evidence', {
    ...kept('evidence'),
    versioned: true,
    objectLockEnabled: true,
    objectLockDefaultRetention:
      retention.evidenceLock === 'compliance'
        ? ObjectLockRetention.compliance(evidenceFor)
        : ObjectLockRetention.governance(evidenceFor),
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  const archive = new Bucket(scope, 'Archive', {
    ...kept('archive'),
    lifecycleRules: [
      expiry(ARCHIVE_PREFIX.records, retention.recordDays),
      expiry(ARCHIVE_PREFIX.events, retention.eventDays),
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  return { evidence, archive };
}

function expiry(prefix: string, days: number) {
  return { id: prefix, prefix: `${prefix}/`, expiration: Duration.days(days) };
}
