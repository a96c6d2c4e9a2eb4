/** The archive: objects of compressed lines in a bucket, which encrypts them by its own default and lets them expire. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

export interface Archive {
  /** Resolves once the lines are safely in an object of this name. */
  readonly put: (name: string, lines: readonly string[]) => Promise<void>;
}

const compress = promisify(gzip);
let shared: S3Client | undefined;

/** Opens the archive in a bucket. */
export function openArchive(bucket: string): Archive {
  return {
    async put(name, lines) {
      shared ??= new S3Client({});
      const Body = await compress(lines.map((line) => `${line}\n`).join(''));
      // No Content-Encoding: clients that know it would hand out something else than what the name says.
      await shared.send(
        new PutObjectCommand({ Bucket: bucket, Key: name, Body, ContentType: 'application/gzip' }),
      );
    },
  };
}
