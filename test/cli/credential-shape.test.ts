import { generateKeyPairSync } from 'node:crypto';
import { sourceCredential, webhookUrl } from '../../lib/cli/credential-shape.ts';
import { selfSigned } from '../support/certificate.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
const jwk = keys.privateKey.export({ format: 'jwk' });
const GUID = '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001';
const APP = { tenantId: GUID, clientId: GUID };
const certified = { ...APP, certificate: selfSigned(keys), privateKey: pem };
const KEY_FILE = {
  type: 'service_account',
  project_id: 'example-project',
  private_key: pem,
  client_email: 'ringer@example-project.iam.gserviceaccount.com',
};

describe('a credential is taken', () => {
  it.each([
    ['an Okta service app with a PEM key', 'okta', { clientId: 'a', privateKey: pem, keyId: 'k' }],
    ['an Okta service app with a JWK', 'okta', { clientId: 'a', privateKey: jwk }],
    ['a Microsoft application with a secret', 'microsoft', { ...APP, clientSecret: 'invented' }],
    ['a Microsoft application with a certificate', 'microsoft', certified],
    ['a Google key file with its administrator', 'google', { ...KEY_FILE, subject: 'admin@example.com' }],
  ] as const)('%s', (_, vendor, given) => {
    expect(JSON.parse(sourceCredential(vendor, JSON.stringify(given, null, 2)))).toEqual(given);
  });

  it('an Okta API token, without the space around it', () => {
    expect(sourceCredential('okta', ' 00invented_token-of-Okta\n')).toBe('00invented_token-of-Okta');
  });

  it('an Okta service app whose JWK is text, as Okta shows it', () => {
    const given = JSON.stringify({ clientId: 'a', privateKey: JSON.stringify(jwk) });
    expect(JSON.parse(sourceCredential('okta', given))).toEqual({ clientId: 'a', privateKey: jwk });
  });

  it('a Google key file, whose administrator is given apart', () => {
    const stored = sourceCredential('google', JSON.stringify(KEY_FILE), 'admin@example.com');
    expect(JSON.parse(stored)).toEqual({ ...KEY_FILE, subject: 'admin@example.com' });
  });

  it('the URL of a webhook', () => {
    const url = 'https://hooks.slack.com/services/T0EXAMPLE/B0EXAMPLE/invented';
    expect(webhookUrl(`${url}\n`)).toBe(url);
  });
});

describe('a credential is refused', () => {
  it.each([
    ['of two lines', 'okta', 'SECRET-1\nSECRET-2', 'an API token'],
    ['with a damaged key', 'okta', { clientId: 'a', privateKey: 'SECRET' }, 'privateKey'],
    [
      'with a key nobody knows',
      'okta',
      { clientId: 'a', privateKey: pem, SECRET: 1 },
      'a key that is not known',
    ],
    ['without a client', 'okta', { privateKey: pem }, 'clientId'],
    ['that is no JSON', 'microsoft', '{"clientSecret": SECRET', 'JSON'],
    ['without a secret', 'microsoft', APP, 'clientSecret'],
    [
      'whose certificate is of another key',
      'microsoft',
      { ...certified, privateKey: others.privateKey.export({ type: 'pkcs8', format: 'pem' }) },
      'the one of the other',
    ],
    ['whose certificate is none', 'microsoft', { ...certified, certificate: 'SECRET' }, 'as PEM'],
    ['of a user', 'google', { ...KEY_FILE, type: 'authorized_user', subject: 'a@example.com' }, 'type'],
    ['without an administrator', 'google', KEY_FILE, '--subject'],
    ['that is a list', 'google', ['SECRET'], 'key file'],
  ] as const)('%s, and nothing of it is said', (_, vendor, given, says) => {
    const written = typeof given === 'string' ? given : JSON.stringify(given);
    let message = '';
    try {
      sourceCredential(vendor, written);
    } catch (thrown) {
      message = (thrown as Error).message;
    }
    expect(message).toContain(says);
    for (const secret of ['SECRET', 'PRIVATE']) expect(message).not.toContain(secret);
  });

  it.each(['http://hooks.slack.com/x', 'https://a:b@hooks.slack.com/x', 'SECRET-TEXT', ''])(
    'that is to be a webhook and is %j',
    (written) => {
      expect(() => webhookUrl(written)).toThrow('expected an https URL');
    },
  );
});
