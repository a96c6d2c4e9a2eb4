import { connectionSecretId } from '../../lib/config/secret-ids.ts';

const named = (id: string) => ({ name: 'okta', credentials: { from: 'secret', id } as const });

it('names a secret of the deployment after the connection', () => {
  expect(connectionSecretId({ name: 'okta' }, 'ringer')).toBe('ringer/okta');
  const file = { from: 'file', path: '/key.json' } as const;
  expect(connectionSecretId({ name: 'google', credentials: file }, 'ringer-staging')).toBe(
    'ringer-staging/google',
  );
});

it('keeps two deployments of one ringer.yaml apart', () => {
  expect(connectionSecretId(named('ringer/main'), 'ringer')).toBe('ringer/main');
  expect(connectionSecretId(named('ringer/main'), 'ringer-staging')).toBe('ringer-staging/main');
});

it('leaves what is somebody else’s as it is', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:ringer/x-AbCdEf';
  expect(connectionSecretId(named(arn), 'ringer-staging')).toBe(arn);
  expect(connectionSecretId(named('security/okta'), 'ringer-staging')).toBe('security/okta');
});
