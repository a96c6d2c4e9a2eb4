import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import type { FakeOkta } from '../../../lib/simulator/okta/fake-okta.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import { TestClock } from '../../support/clock.ts';
import { ecKeys, rsaKeys } from '../keys.ts';
import { asked, connect, readFeed, startOkta, TOKEN } from './organization.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const RSA = rsaKeys();
const EC = ecKeys();
const APP = {
  clientId: '0oaexample0000000000',
  publicKey: RSA.publicPem,
  scopes: ['okta.logs.read', 'okta.users.read', 'okta.devices.read'],
};

let okta: FakeOkta;
let clock: TestClock;
let secret: string;

beforeEach(async () => {
  clock = new TestClock(NOW);
  okta = await startOkta(clock, { app: APP });
  secret = appSecret(RSA.privatePem);
});

afterEach(() => okta.stop());

function appSecret(privateKey: unknown, more: object = {}): string {
  return JSON.stringify({ clientId: APP.clientId, privateKey, ...more });
}

/** Makes a reader that keeps its credential from run to run. */
function reader(feed = 'devices'): () => Promise<Page[]> {
  const connection = connect(okta, clock, () => secret);
  return () => readFeed(connection, feed, undefined, clock.time + HOUR_MS);
}

function tokensAsked(): number {
  return asked(okta).filter(({ path }) => path === '/oauth2/v1/token').length;
}

async function restart(app: Partial<typeof APP>, more: { token?: string } = {}): Promise<void> {
  await okta.stop();
  okta = await startOkta(clock, { app: { ...APP, ...app }, ...more });
}

describe('a service app', () => {
  it.each([
    ['RSA in PKCS #8', RSA, RSA.privatePem],
    ['RSA in PKCS #1', RSA, RSA.privateKey.export({ type: 'pkcs1', format: 'pem' })],
    ['RSA as JWK', RSA, { ...RSA.privateKey.export({ format: 'jwk' }), kid: 'one' }],
    ['RSA as the text of a JWK', RSA, JSON.stringify(RSA.privateKey.export({ format: 'jwk' }), null, 2)],
    ['EC in PKCS #8', EC, EC.privatePem],
    ['EC in SEC 1', EC, EC.privateKey.export({ type: 'sec1', format: 'pem' })],
    ['EC as JWK', EC, EC.privateKey.export({ format: 'jwk' })],
  ])('is let in by its private key: %s', async (_, { publicPem }, privateKey) => {
    await restart({ publicKey: publicPem });
    secret = appSecret(privateKey);
    expect((await reader()()).at(-1)?.last).toBe(true);
    expect(tokensAsked()).toBe(1);
  });

  it('keeps its token from run to run until shortly before it ends', async () => {
    const read = reader();
    await read();
    clock.time += HOUR_MS - MINUTE_MS - SECOND_MS;
    await read();
    expect(tokensAsked()).toBe(1);
    clock.time += SECOND_MS;
    await read();
    expect(tokensAsked()).toBe(2);
  });

  it('gets a new token, for a new assertion, when Okta refuses the one it has', async () => {
    const read = reader();
    await read();
    okta.revokeTokens();
    expect((await read()).at(-1)?.last).toBe(true);
    expect(tokensAsked()).toBe(2);
  });

  it('asks for the scope its feed needs and no other', async () => {
    await restart({ scopes: ['okta.logs.read'] });
    expect((await reader('system-log')()).at(-1)?.last).toBe(true);
    await expect(reader('users')()).rejects.toMatchObject({
      code: 'SOURCE_DENIED',
      message: expect.stringMatching(/okta\.users\.read: invalid_scope$/) as unknown,
    });
  });

  it('is refused with a key that Okta does not know, and not asked for again and again', async () => {
    secret = appSecret(rsaKeys().privatePem);
    await expect(reader()()).rejects.toMatchObject({
      code: 'SOURCE_DENIED',
      message: expect.stringMatching(/okta\.devices\.read: invalid_client$/) as unknown,
    });
    expect(tokensAsked()).toBe(1);
  });

  it('is refused under another client id', async () => {
    secret = JSON.stringify({ clientId: '0oaother000000000000', privateKey: RSA.privatePem });
    await expect(reader()()).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  });

  it.each([-10 * MINUTE_MS, 2 * HOUR_MS])('is refused when its clock is off by %d ms', async (offMs) => {
    const off = new TestClock(NOW + offMs);
    const connection = connect(okta, off, () => secret);
    await expect(readFeed(connection, 'devices', undefined, off.time + HOUR_MS)).rejects.toMatchObject({
      code: 'SOURCE_DENIED',
    });
  });

  it('takes a new key from the secret without being started again', async () => {
    const read = reader();
    const good = secret;
    secret = appSecret(rsaKeys().privatePem);
    await expect(read()).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
    secret = good;
    await expect(read()).resolves.toHaveLength(1);
  });

  it('waits out faults of the token endpoint', async () => {
    okta.failTokens(503, 429);
    await expect(reader()()).resolves.toHaveLength(1);
    expect(clock.slept).toHaveLength(2);
  });

  it.each([
    ['is damaged JSON', '{"clientId": 00secret'],
    ['has no client id', JSON.stringify({ privateKey: RSA.privatePem })],
    ['has no key', JSON.stringify({ clientId: APP.clientId })],
    ['has a damaged key', appSecret('-----BEGIN PRIVATE KEY-----\n00secret')],
    ['has a damaged JWK', appSecret({ kty: 'RSA', n: '00secret', d: 7 })],
    ['has a key of another curve', appSecret(ecKeys('P-384').privatePem)],
    ['has a short key', appSecret(rsaKeys(1024).privatePem)],
    ['is no text for a header', '00secret\n00secret'],
    ['is empty', ''],
  ])('whose secret %s is told so, and nothing of what is in it', async (_, text) => {
    secret = text;
    const failure: unknown = await reader()().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'SOURCE_DENIED' });
    expect(JSON.stringify([String(failure), (failure as Error).cause ?? null])).not.toContain('00secret');
    expect(okta.requests).toEqual([]);
  });
});

describe('an API token', () => {
  it('is told from a service app’s key by its text, and is taken beside it', async () => {
    await restart({}, { token: TOKEN });
    await reader()();
    secret = ` ${TOKEN}\n`;
    expect((await reader()()).at(-1)?.last).toBe(true);
    expect(tokensAsked()).toBe(1);
  });
});
