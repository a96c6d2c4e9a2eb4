/** How the live client gets its tokens, over HTTP from a fake tenant. */
import { generateKeyPairSync } from 'node:crypto';
import { HOUR_MS } from '../../../lib/core/time.ts';
import { selfSigned } from '../../support/certificate.ts';
import { CLIENT_ID, NOW, SECRET, TENANT_ID, TestTenant } from './tenant.ts';

let tenant: TestTenant;

beforeEach(async () => {
  tenant = new TestTenant();
  await tenant.fake.start();
});

afterEach(() => tenant.fake.stop());

const soon = { through: NOW, spanMs: 2 * HOUR_MS };

function tokenRequests(): readonly string[] {
  return tenant.fake.requests.filter((request) => request.includes('/oauth2/'));
}

it('asks for one token, and asks nobody where to ask', async () => {
  await tenant.read('sign-ins');
  expect(tokenRequests()).toHaveLength(1);
  expect(tokenRequests()[0]).toContain(`/${TENANT_ID}/oauth2/v2.0/token`);
  expect(tenant.fake.requests.filter((request) => !/oauth2|signIns/.test(request))).toEqual([]);
});

it('keeps the token from one run to the next', async () => {
  const readers = tenant.readers();
  const run = { deadline: NOW + HOUR_MS };
  for (const cursor of [soon, soon]) {
    for await (const page of readers.get('sign-ins')?.read(cursor, run) ?? []) expect(page.last).toBe(true);
  }
  expect(tokenRequests()).toHaveLength(1);
});

it('asks for another with a secret read anew when Microsoft refuses the token', async () => {
  tenant.fake.misbehaveWhen('signIns', { vice: 'status', status: 401 });
  expect(await tenant.read('sign-ins', soon)).toHaveLength(1);
  expect(tokenRequests()).toHaveLength(2);
  expect(tenant.secretsRead).toBe(2);
});

it('gives up when Microsoft refuses the second one too', async () => {
  tenant.fake.misbehaveWhen('signIns', { vice: 'status', status: 401 }, 2);
  await expect(tenant.read('sign-ins', soon)).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
});

it('tries again after faults of the sign-in service', async () => {
  tenant.fake.misbehaveAtSignIn(
    { vice: 'status', status: 503 },
    { vice: 'too-many', retryAfterSeconds: 60 },
    { vice: 'status', status: 500 },
  );
  expect(await tenant.read('sign-ins', soon)).toHaveLength(1);
  expect(tokenRequests()).toHaveLength(4);
});

it('says that there is no token after five faults', async () => {
  tenant.fake.misbehaveAtSignIn(
    ...Array.from({ length: 5 }, () => ({ vice: 'status', status: 503 }) as const),
  );
  await expect(tenant.read('sign-ins', soon)).rejects.toMatchObject({
    code: 'SOURCE_UNAVAILABLE',
    message: expect.stringContaining('status 503') as unknown,
  });
});

it('names Microsoft’s own number when the secret is wrong, and says nothing of the secret', async () => {
  tenant.secret = SECRET.replace('invented~secret', 'expired~secret');
  const { thrown } = await tenant.readToError('sign-ins', soon);
  expect(thrown).toMatchObject({
    code: 'SOURCE_DENIED',
    message: 'Microsoft gave no token (AADSTS7000215)',
  });
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toMatch(/expired~secret|Trace ID/);
});

it('goes on when the secret has been filled anew', async () => {
  const readers = tenant.readers();
  const run = { deadline: NOW + HOUR_MS };
  const read = async (): Promise<number> => {
    let pages = 0;
    for await (const _ of readers.get('sign-ins')?.read(soon, run) ?? []) pages++;
    return pages;
  };
  tenant.secret = SECRET.replace('invented~secret', 'expired~secret');
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  tenant.secret = SECRET;
  expect(await read()).toBe(1);
});

describe('a certificate', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const certificate = selfSigned(keys);
  const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const app = { tenantId: TENANT_ID, clientId: CLIENT_ID, certificate };

  beforeEach(async () => {
    await tenant.fake.stop();
    tenant = new TestTenant({ certificate });
    await tenant.fake.start();
  });

  it('signs for the application', async () => {
    tenant.secret = JSON.stringify({ ...app, privateKey });
    expect(await tenant.read('sign-ins', soon)).toHaveLength(1);
  });

  it('is refused when the key is not its own', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    tenant.secret = JSON.stringify({ ...app, privateKey: other.export({ type: 'pkcs8', format: 'pem' }) });
    await expect(tenant.read('sign-ins', soon)).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  });

  it.each([
    ['a key', { ...app, privateKey: 'no key' }, 'the private key of the Microsoft connection cannot sign'],
    [
      'a certificate',
      { ...app, privateKey, certificate: 'no certificate' },
      'the certificate of the Microsoft connection is no PEM certificate',
    ],
  ])('is denied when it is not %s', async (_, secret, message) => {
    tenant.secret = JSON.stringify(secret);
    const { thrown } = await tenant.readToError('sign-ins', soon);
    expect(thrown).toMatchObject({ code: 'SOURCE_DENIED', message });
    expect(tokenRequests()).toEqual([]);
  });
});

it('passes on why the secret could not be read, and reads it again', async () => {
  const busy = new Error('ThrottlingException');
  const secret = jest.fn().mockRejectedValueOnce(busy).mockResolvedValue(SECRET);
  const readers = tenant.readers({ secret });
  const read = async (): Promise<void> => {
    for await (const _ of readers.get('audit')?.read(undefined, { deadline: NOW + HOUR_MS }) ?? []);
  };
  await expect(read()).rejects.toBe(busy);
  await read();
  expect(secret).toHaveBeenCalledTimes(2);
});

it.each([
  ['no JSON', 'invented~secret', 'not a JSON object'],
  ['no tenant', '{"clientId":"x","clientSecret":"invented~secret"}', 'no tenantId'],
  ['no GUID', SECRET.replace(TENANT_ID, 'example.com'), 'tenantId in the secret has to be a GUID'],
  ['no proof', SECRET.replace('clientSecret', 'other'), 'no clientSecret'],
])('denies a secret with %s, and says why without quoting it', async (_, secret, because) => {
  tenant.secret = secret;
  for (const feed of ['sign-ins', 'audit']) {
    const { thrown } = await tenant.readToError(feed, soon);
    const { code, message } = thrown as { code: string; message: string };
    expect(code).toBe('SOURCE_DENIED');
    expect(message).toContain(because);
    expect(message).not.toContain('invented~secret');
  }
});
