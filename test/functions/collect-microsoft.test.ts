/** The collector that is deployed, from a fake tenant over HTTP to events in the queue. */
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { HOUR_MS } from '../../lib/core/time.ts';
import { FakeMicrosoft } from '../../lib/simulator/microsoft/fake-microsoft.ts';
import { fileDownloaded, signIn } from '../../lib/simulator/microsoft/records.ts';
import { microsoftManifest } from '../../lib/sources/microsoft/manifest.ts';
import { CONTEXT } from '../support/lambda.ts';
import { LocalAws } from '../support/local-aws.ts';

const APP = {
  tenantId: '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001',
  clientId: '0b7e0002-5c1d-4e2f-8a90-3f6d2c1b0002',
  clientSecret: 'invented~secret',
};
const WHO = { userName: 'ada.novak@example.com', ip: '192.0.2.10' };

const aws = new LocalAws();
const fake = new FakeMicrosoft(APP);
let queueUrl: string;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  // Keys as PEM have lines: the secret is not one line of text.
  aws.secrets.set('ringer/microsoft-main', JSON.stringify(APP, null, 2));
  queueUrl = await aws.createQueue('events');
  const url = await fake.start();
  Object.assign(process.env, {
    [ENVIRONMENT.connection]: 'microsoft-main',
    [ENVIRONMENT.secretId]: 'ringer/microsoft-main',
    [ENVIRONMENT.graphUrl]: url,
    [ENVIRONMENT.loginUrl]: url,
    [ENVIRONMENT.manageUrl]: url,
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.eventsQueueUrl]: queueUrl,
  });
}, 20_000);

afterAll(async () => {
  await fake.stop();
  await aws.stop();
});

async function collect(feed: string) {
  const { handler } = await import('../../functions/collect-microsoft.ts');
  const outcome = await handler({ feed }, CONTEXT);
  return outcome.outcome === 'collected' ? { ...outcome.counts, more: outcome.more } : outcome;
}

it.each(microsoftManifest.feeds.map(({ id }) => id).filter((id) => id !== 'audit'))(
  'reads an empty %s to its end',
  async (feed) => {
    expect(await collect(feed)).toMatchObject({ records: 0, more: false });
  },
  20_000,
);

it('reads sign-ins once, though every run reads the last hour again', async () => {
  fake.add('sign-ins', [signIn({ ...WHO, id: 'sign-in', time: Date.now() - HOUR_MS / 2 })]);
  expect(await collect('sign-ins')).toMatchObject({ used: 1, events: 1, repeated: 0 });
  expect(await collect('sign-ins')).toMatchObject({ used: 0, events: 0, repeated: 1 });
}, 20_000);

it('reads downloads of Microsoft 365, and counts a blob that has expired', async () => {
  const availableTime = Date.now() - HOUR_MS;
  const records = [fileDownloaded({ ...WHO, id: 'download', time: availableTime - HOUR_MS })];
  fake.addContent({ contentType: 'Audit.SharePoint', records, availableTime });
  fake.addContent({ contentType: 'Audit.SharePoint', records, availableTime, expiresTime: availableTime });
  expect(await collect('audit')).toMatchObject({ used: 1, rejected: 1, events: 1, more: false });
  expect(await collect('audit')).toMatchObject({ records: 0, more: false });
}, 20_000);

it('asks for the devices of programs that detections watch, and of no others', async () => {
  const device = { id: 'device', deviceName: 'LT-0412', userPrincipalName: WHO.userName };
  const app = { deviceCount: 1, sizeInByte: 0, managedDevices: [device] };
  fake.add('detected-apps', [
    { ...app, id: 'tool', displayName: 'AnyDesk' },
    { ...app, id: 'jiggler', displayName: 'Mouse Jiggler' },
    { ...app, id: 'editor', displayName: 'Some Editor' },
  ]);
  expect(await collect('detected-apps')).toMatchObject({ records: 3, used: 3 });
  const asked = fake.requests.flatMap(
    (request) => /detectedApps\/(\w+)\/managedDevices/.exec(request)?.[1] ?? [],
  );
  expect(asked).toEqual(['tool', 'jiggler']);
}, 20_000);
