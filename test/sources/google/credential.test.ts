import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import type { FakeGoogle } from '../../../lib/simulator/google/fake-google.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import { TestClock } from '../../support/clock.ts';
import { rsaKeys } from '../keys.ts';
import { ACCOUNT, connect, keyFile, readFeed, startGoogle } from './workspace.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const REPORTS = 'https://www.googleapis.com/auth/admin.reports.audit.readonly';

let google: FakeGoogle;
let clock: TestClock;
let secret: string;

beforeEach(async () => {
  clock = new TestClock(NOW);
  google = await startGoogle(clock);
  secret = keyFile();
});

afterEach(() => google.stop());

/** Makes a reader of the directory that keeps its credential from run to run. */
function reader(feed = 'users'): () => Promise<Page[]> {
  const connection = connect(google, clock, () => secret);
  return () => readFeed(connection, feed, undefined, clock.time + HOUR_MS);
}

function tokensAsked(): number {
  return google.requests.filter((request) => request === '/token').length;
}

it('shows its key once and keeps the token from run to run', async () => {
  const read = reader();
  expect(await read()).toHaveLength(2);
  expect(await read()).toHaveLength(2);
  expect(tokensAsked()).toBe(1);
});

it('gets a new token shortly before the old one ends by Google’s own word', async () => {
  const read = reader();
  await read();
  clock.time += HOUR_MS - MINUTE_MS - SECOND_MS;
  await read();
  expect(tokensAsked()).toBe(1);
  clock.time += SECOND_MS;
  await read();
  expect(tokensAsked()).toBe(2);
});

it('gets a new token when Google refuses the one it has', async () => {
  const read = reader();
  await read();
  google.revokeTokens();
  expect(await read()).toHaveLength(2);
  expect(tokensAsked()).toBe(2);
});

it('asks for the scope its feed needs and no other, and says which one was not delegated', async () => {
  await google.stop();
  google = await startGoogle(clock, { account: { ...ACCOUNT, scopes: [REPORTS] } });
  expect((await reader('login')()).at(-1)?.last).toBe(true);
  await expect(reader('users')()).rejects.toMatchObject({
    code: 'SOURCE_DENIED',
    message: expect.stringMatching(/admin\.directory\.user\.readonly: unauthorized_client$/) as unknown,
  });
});

it('uses one token for all the applications of the Reports API', async () => {
  const connection = connect(google, clock);
  await readFeed(connection, 'login', undefined, NOW + HOUR_MS);
  await readFeed(connection, 'drive', undefined, NOW + HOUR_MS);
  expect(tokensAsked()).toBe(1);
});

it.each([
  ['a key that Google does not know', { private_key: rsaKeys().privatePem }],
  ['an administrator the account may not act as', { subject: 'somebody.else@example.com' }],
  ['another account', { client_email: 'other@example-project.iam.gserviceaccount.com' }],
])('is refused with %s', async (_, over) => {
  secret = keyFile(over);
  await expect(reader()()).rejects.toMatchObject({
    code: 'SOURCE_DENIED',
    message: expect.stringMatching(/invalid_grant$/) as unknown,
  });
});

it('is refused when its clock is hours off', async () => {
  const late = new TestClock(NOW - 2 * HOUR_MS);
  await expect(readFeed(connect(google, late), 'users', undefined, NOW)).rejects.toMatchObject({
    code: 'SOURCE_DENIED',
  });
});

it('takes a new key from the secret without being started again', async () => {
  const good = secret;
  secret = keyFile({ private_key: rsaKeys().privatePem });
  const read = reader();
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  secret = good;
  expect(await read()).toHaveLength(2);
});

it('waits out faults and limits of the token endpoint', async () => {
  google.failTokens(503, 429);
  expect(await reader()()).toHaveLength(2);
  expect(clock.slept).toHaveLength(2);
});

it('gives up after five faults of the token endpoint', async () => {
  google.failTokens(500, 500, 500, 500, 500);
  await expect(reader()()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
});

it.each([
  ['is no JSON', 'AIza-invented-secret'],
  ['is a list', '["AIza-invented-secret"]'],
  ['has no administrator', keyFile({ subject: undefined })],
  ['has no key', keyFile({ private_key: undefined })],
  ['has a damaged key', keyFile({ private_key: '-----BEGIN PRIVATE KEY-----\nAIza-invented-secret\n' })],
  ['has a short key', keyFile({ private_key: rsaKeys(1024).privatePem })],
])('says what is wrong with a secret that %s, and nothing of what is in it', async (_, text) => {
  secret = text;
  const failure: unknown = await reader()().catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: 'SOURCE_DENIED' });
  expect(JSON.stringify([String(failure), (failure as Error).cause ?? null])).not.toContain('AIza');
  expect(google.requests).toEqual([]);
});
