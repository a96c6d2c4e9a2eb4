import { awsCaller, nameInArn } from '../../lib/stores/caller.ts';
import { findOutputs } from '../../lib/stores/stack-outputs.ts';
import { FakeDeployment } from '../support/fake-deployment.ts';

const aws = new FakeDeployment();
beforeAll(async () => {
  await aws.start();
  aws.stacks.set('RingerState', { AlertsTable: 'alerts-1', LedgerTable: 'ledger-1' });
  aws.stacks.set('RingerPipeline', { EventsQueueUrl: 'https://sqs/events', AlertsTopicArn: 'topic' });
  aws.stacks.set('RingerStagingState', { AlertsTable: 'alerts-2' });
});
afterAll(() => aws.stop());
beforeEach(() => aws.described.splice(0));

describe('the outputs of a deployment', () => {
  it.each(['Ringer', 'RingerState', 'RingerPipeline'])('are found by the name %s', async (name) => {
    await expect(findOutputs(name, ['alertsTable', 'eventsQueueUrl'])).resolves.toEqual({
      alertsTable: 'alerts-1',
      eventsQueueUrl: 'https://sqs/events',
    });
  });

  it('are those of the deployment that was named', async () => {
    expect((await findOutputs('RingerStaging', ['alertsTable'])).alertsTable).toBe('alerts-2');
  });

  it('need the right to see no stack but their own', async () => {
    await findOutputs('RingerState', ['alertsTable', 'ledgerTable']);
    expect(aws.described).toEqual(['RingerState']);
  });

  it.each(['Nothing', 'State', 'RingerStagingState'])(
    'are not made up where %s has none of them',
    async (name) => {
      await expect(findOutputs(name, ['eventsQueueUrl'])).rejects.toMatchObject({
        code: 'STORE_FAILED',
        message: expect.stringContaining(name) as string,
      });
    },
  );

  it('say what CloudFormation said', async () => {
    const before = process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'];
    process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = 'http://127.0.0.1:1';
    await expect(findOutputs('Ringer', ['alertsTable'])).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
    process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = before;
  });
});

describe('the caller', () => {
  it('is whom STS knows', async () => {
    await expect(awsCaller()).resolves.toEqual({
      who: 'arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com',
      name: 'ann@example.com',
    });
  });

  it.each([
    ['arn:aws:iam::123456789012:user/people/ann', 'ann'],
    ['arn:aws:iam::123456789012:root', 'root'],
    ['arn:aws-us-gov:sts::123456789012:assumed-role/Admin/Ann.Lee', 'Ann.Lee'],
  ])('of %s is called %s', (arn, name) => {
    expect(nameInArn(arn)).toBe(name);
  });
});
