/** A Google Workspace, read by the handler that is deployed: from its secret to the queue of events. */
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { MINUTE_MS } from '../../lib/core/time.ts';
import { FakeGoogle } from '../../lib/simulator/google/fake-google.ts';
import { signIn } from '../../lib/simulator/google/records.ts';
import { ACCOUNT, keyFile } from '../sources/google/workspace.ts';
import { CONTEXT } from '../support/lambda.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
const google = new FakeGoogle({ account: ACCOUNT });
let queueUrl: string;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  aws.secrets.set('ringer/google-main', keyFile());
  queueUrl = await aws.createQueue('events');
  Object.assign(process.env, {
    [ENVIRONMENT.connection]: 'google-main',
    [ENVIRONMENT.apiUrl]: await google.start(),
    [ENVIRONMENT.tokenUrl]: google.tokenUrl,
    [ENVIRONMENT.secretId]: 'ringer/google-main',
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.eventsQueueUrl]: queueUrl,
  });
}, 20_000);

afterAll(async () => {
  await google.stop();
  await aws.stop();
});

function record(qualifier: string, minutesAgo: number): ReturnType<typeof signIn> {
  return signIn({
    time: Date.now() - minutesAgo * MINUTE_MS,
    qualifier,
    email: 'ada.novak@example.com',
    ip: '192.0.2.10',
  });
}

it('sends each sign-in to the queue once, one that was late among them', async () => {
  const { handler } = await import('../../functions/collect-google.ts');
  google.add(record('1', 90), record('2', 10));
  expect(await handler({ feed: 'login' }, CONTEXT)).toMatchObject({
    outcome: 'collected',
    counts: { used: 2, events: 2 },
    more: false,
  });
  expect(await aws.drain(queueUrl)).toHaveLength(1);
  google.add(record('3', 20));
  expect(await handler({ feed: 'login' }, CONTEXT)).toMatchObject({
    counts: { records: 2, used: 1, events: 1 },
  });
  expect(await aws.drain(queueUrl)).toHaveLength(1);
}, 20_000);

it('collects the directory under its own cursor', async () => {
  const { handler } = await import('../../functions/collect-google.ts');
  google.putUsers({
    kind: 'admin#directory#user',
    id: '101',
    primaryEmail: 'ada.novak@example.com',
    suspended: false,
  });
  expect(await handler({ feed: 'users' }, CONTEXT)).toMatchObject({ counts: { used: 1 }, more: false });
}, 20_000);
