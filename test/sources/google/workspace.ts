/** A fake Google Workspace and a connection to it, for tests. */
import { FakeGoogle, type FakeGoogleOptions } from '../../../lib/simulator/google/fake-google.ts';
import { googleCredential } from '../../../lib/sources/google/credential.ts';
import type { GoogleConnection } from '../../../lib/sources/google/list-page.ts';
import { googleReaders } from '../../../lib/sources/google/readers.ts';
import { googleManifest } from '../../../lib/sources/google/manifest.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import type { Clock } from '../../../lib/sources/transport.ts';
import { rsaKeys, type KeyPair } from '../keys.ts';

export const KEYS: KeyPair = rsaKeys();
export const ACCOUNT = {
  clientEmail: 'ringer@example-project.iam.gserviceaccount.com',
  publicKey: KEYS.publicPem,
  subject: 'auditor@example.com',
  scopes: [...new Set(googleManifest.feeds.flatMap((feed) => feed.permissions))],
} as const;

/** Makes a key file with the administrator added, as the secret has it. */
export function keyFile(over: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(
    {
      type: 'service_account',
      project_id: 'example-project',
      private_key_id: '0123456789abcdef',
      private_key: KEYS.privatePem,
      client_email: ACCOUNT.clientEmail,
      subject: ACCOUNT.subject,
      ...over,
    },
    null,
    2,
  );
}

export async function startGoogle(
  clock: Clock,
  options: Partial<FakeGoogleOptions> = {},
): Promise<FakeGoogle> {
  const google = new FakeGoogle({ account: ACCOUNT, now: clock.now, ...options });
  await google.start();
  return google;
}

export function connect(
  google: FakeGoogle,
  clock: Clock,
  secret: () => string = keyFile,
  transport: GoogleConnection['transport'] = fetch,
): GoogleConnection {
  const credential = googleCredential(() => Promise.resolve(secret()), {
    tokenUrl: google.tokenUrl,
    transport,
    clock,
  });
  return { apiUrl: google.url, credential, transport, clock };
}

/** Reads a feed until its reader ends, or until `most` pages were taken. */
export async function readFeed(
  connection: GoogleConnection,
  feed: string,
  cursor: unknown,
  deadline: number,
  most = Infinity,
): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of googleReaders(connection).get(feed)?.read(cursor, { deadline }) ?? []) {
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}

/** Gives what tells the records of pages apart. */
export function qualifiers(pages: readonly Page[]): unknown[] {
  return pages.flatMap((page) =>
    page.records.map((record) => ((record as RawRecord)['id'] as RawRecord)['uniqueQualifier']),
  );
}

/** Gives what was asked of a list, in order. */
export function asked(google: FakeGoogle, path = '/admin/'): Record<string, string>[] {
  return google.requests
    .filter((request) => request.startsWith(path))
    .map((request) => Object.fromEntries(new URL(request, google.url).searchParams));
}
