/** A fake Okta organization and a connection to it, for tests. */
import { FakeOkta, type FakeOktaOptions } from '../../../lib/simulator/okta/fake-okta.ts';
import type { OktaConnection } from '../../../lib/sources/okta/client.ts';
import { oktaCredential } from '../../../lib/sources/okta/credential.ts';
import { oktaReaders } from '../../../lib/sources/okta/readers.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import type { Clock } from '../../../lib/sources/transport.ts';

export const TOKEN = '00invented-token';

export async function startOkta(
  clock: Clock,
  options: FakeOktaOptions = { token: TOKEN },
): Promise<FakeOkta> {
  const okta = new FakeOkta({ now: clock.now, ...options });
  await okta.start();
  return okta;
}

export function connect(okta: FakeOkta, clock: Clock, secret: () => string = () => TOKEN): OktaConnection {
  const organization = { orgUrl: okta.url, transport: fetch, clock };
  return { ...organization, credential: oktaCredential(() => Promise.resolve(secret()), organization) };
}

/** Reads a feed until its reader ends, or until `most` pages were taken. */
export async function readFeed(
  connection: OktaConnection,
  feed: string,
  cursor: unknown,
  deadline: number,
  most = Infinity,
): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of oktaReaders(connection).get(feed)?.read(cursor, { deadline }) ?? []) {
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}

/** Gives the ids of users and devices on pages. */
export function ids(pages: readonly Page[]): unknown[] {
  return pages.flatMap((page) => page.records.map((record) => (record as RawRecord)['id']));
}

/** Gives what was asked of Okta, in order. */
export function asked(okta: FakeOkta): { readonly path: string; readonly query: Record<string, string> }[] {
  return okta.requests.map((request) => {
    const { pathname, searchParams } = new URL(request, okta.url);
    return { path: pathname, query: Object.fromEntries(searchParams) };
  });
}
