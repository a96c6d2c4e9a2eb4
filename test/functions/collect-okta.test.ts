/** An Okta organization, read by the handler that is deployed, as a service app. */
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { FakeOkta } from '../../lib/simulator/okta/fake-okta.ts';
import { NEW_YORK, sessionStart } from '../../lib/simulator/okta/records.ts';
import { ecKeys } from '../sources/keys.ts';
import { CONTEXT } from '../support/lambda.ts';
import { LocalAws } from '../support/local-aws.ts';

const KEYS = ecKeys();
const CLIENT_ID = '0oaexample0000000000';
const aws = new LocalAws();
const okta = new FakeOkta({
  app: {
    clientId: CLIENT_ID,
    publicKey: KEYS.publicPem,
    scopes: ['okta.logs.read', 'okta.users.read', 'okta.devices.read'],
  },
});

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  const secret = { clientId: CLIENT_ID, privateKey: KEYS.privatePem };
  aws.secrets.set('ringer/okta-main', JSON.stringify(secret, null, 2));
  Object.assign(process.env, {
    [ENVIRONMENT.connection]: 'okta-main',
    [ENVIRONMENT.orgUrl]: await okta.start(),
    [ENVIRONMENT.secretId]: 'ringer/okta-main',
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.eventsQueueUrl]: await aws.createQueue('events'),
  });
}, 20_000);

afterAll(async () => {
  await okta.stop();
  await aws.stop();
});

it('collects the log, the users and the devices', async () => {
  const { handler } = await import('../../functions/collect-okta.ts');
  const login = 'ada.novak@example.com';
  okta.add(
    sessionStart({
      uuid: 'one',
      time: Date.now(),
      login,
      name: 'Ada Novak',
      ip: '192.0.2.10',
      place: NEW_YORK,
    }),
  );
  okta.putUsers({ id: '00u1', status: 'ACTIVE', profile: { login, email: login } });
  okta.putUsers({ id: '00u2', status: 'DEPROVISIONED', profile: { login: 'bo.ek@example.com' } });
  okta.putDevices({ id: 'guo1', status: 'ACTIVE', profile: { platform: 'MACOS', displayName: 'Mac' } });
  expect(await handler({ feed: 'system-log' }, CONTEXT)).toMatchObject({ counts: { used: 1 }, more: false });
  expect(await handler({ feed: 'users' }, CONTEXT)).toMatchObject({ counts: { used: 2 }, more: false });
  expect(await handler({ feed: 'devices' }, CONTEXT)).toMatchObject({ counts: { used: 1 }, more: false });
}, 20_000);
