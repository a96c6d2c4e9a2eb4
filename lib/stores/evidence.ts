/**
 * The evidence: every change of an alert as an object that nobody can alter or delete before its time; the bucket's
 * Object Lock sees to that. An object's name tells the day of the change, the alert and its version, so that writing a
 * change twice is writing the same.
 */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { StoredAlert } from './alerts.ts';

export interface Evidence {
  /** Resolves once the change is safely kept. */
  readonly keep: (change: AlertChange) => Promise<void>;
}

/** An alert after a change, and who changed what, when and why. */
export interface AlertChange extends Pick<StoredAlert, 'alert' | 'newest'> {
  /** Rises with every change of the alert. */
  readonly version: number;
}

let shared: S3Client | undefined;

export function openEvidence(bucket: string): Evidence {
  return {
    async keep(change) {
      shared ??= new S3Client({});
      await shared.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: evidenceName(change),
          Body: `${JSON.stringify({ schemaVersion: 1, ...change })}\n`,
          ContentType: 'application/json',
        }),
      );
    },
  };
}

/** @example evidenceName(change) // => 'changes/day=2026-11-02/0123456789abcdef0123456789abcdef-000007.json' */
export function evidenceName({ alert, newest, version }: AlertChange): string {
  return `changes/day=${newest.time.slice(0, 10)}/${alert.id}-${String(version).padStart(6, '0')}.json`;
}
