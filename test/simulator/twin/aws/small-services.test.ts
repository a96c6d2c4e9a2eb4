import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startTwinAws, type TwinAws } from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

let twin: TwinAws;
let options: ReturnType<typeof asCaller>;
beforeAll(async () => {
  twin = await startTwinAws();
  options = asCaller(twin.endpoint, 'detect~3');
});
afterAll(() => twin.stop());

describe('a secret', () => {
  it('is empty until it is given a value, and has a new version with each', async () => {
    const secrets = new SecretsManagerClient(options);
    const { arn: SecretId } = await twin.putSecret('ringer/okta');
    const get = (): Promise<unknown> => secrets.send(new GetSecretValueCommand({ SecretId: 'ringer/okta' }));
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const put = new PutSecretValueCommand({ SecretId, SecretString: 'token' });
    const { VersionId } = await secrets.send(put);
    expect(await get()).toMatchObject({ ARN: SecretId, SecretString: 'token', VersionId });
    await twin.putSecret('ringer/okta', 'newer');
    expect(await get()).toMatchObject({ SecretString: 'newer' });
    const described = await secrets.send(new DescribeSecretCommand({ SecretId }));
    expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSCURRENT']]);
    expect(described.VersionIdsToStages).not.toHaveProperty([VersionId ?? '']);
  });

  it('that nobody made is not found', async () => {
    const get = new GetSecretValueCommand({ SecretId: 'nothing' });
    await expect(new SecretsManagerClient(options).send(get)).rejects.toThrow('specified secret.');
  });
});

describe('the event bus', () => {
  it('keeps events, and refuses those that are none', async () => {
    const entry = { Source: 'ringer', DetailType: 'Ringer Alert Changed', Detail: '{"id":"a"}' };
    const { FailedEntryCount, Entries } = await new EventBridgeClient(options).send(
      new PutEventsCommand({ Entries: [entry, { ...entry, Detail: 'no JSON' }] }),
    );
    expect([FailedEntryCount, Entries?.[1]?.ErrorCode]).toEqual([1, 'InvalidArgument']);
    expect(await twin.busEvents()).toMatchObject([
      {
        bus: 'default',
        source: 'ringer',
        detailType: 'Ringer Alert Changed',
        detail: '{"id":"a"}',
        caller: 'detect',
      },
    ]);
    expect(await twin.busEvents(1)).toEqual([]);
  });

  it('takes no more than 256 KiB at once', async () => {
    const Entries = [{ Source: 'ringer', DetailType: 'x', Detail: `{"text":"${'x'.repeat(262_144)}"}` }];
    await expect(
      new EventBridgeClient(options).send(new PutEventsCommand({ Entries })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('tokens', () => {
  it('say who calls', async () => {
    const who = await new STSClient(options).send(new GetCallerIdentityCommand({}));
    expect(who).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:sts::000000000000:assumed-role/detect/detect',
    });
  });

  it('of another account’s role still name the caller', async () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/RingerReader';
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ringer' });
    const { Credentials } = await new STSClient(options).send(assume);
    expect(Credentials?.AccessKeyId).toBe('detect@123456789012.RingerReader~3');
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now());
  });
});

describe('stacks', () => {
  it('tell their outputs', async () => {
    await twin.setStackOutputs('RingerState', { AlertsTable: 'alerts & history' });
    const stacks = new CloudFormationClient(options);
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: 'RingerState' }));
    expect(Stacks?.[0]?.Outputs).toEqual([{ OutputKey: 'AlertsTable', OutputValue: 'alerts & history' }]);
    const unknown = new DescribeStacksCommand({ StackName: 'Nothing' });
    await expect(stacks.send(unknown)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Nothing does not exist',
    });
  });
});

describe('services of others', () => {
  it('are asked in their own protocol, and recorded', async () => {
    const other = createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(JSON.stringify({ Events: [{ EventId: request.headers['x-amz-target'] }] }));
      });
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    await twin.forward('cloudtrail', `http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    const { Events } = await new CloudTrailClient(options).send(new LookupEventsCommand({}));
    other.closeAllConnections();
    other.close();
    expect(Events?.[0]?.EventId).toMatch(/LookupEvents$/);
    expect((await twin.calls()).at(-1)).toMatchObject({
      action: 'cloudtrail:LookupEvents',
      resources: ['*'],
    });
  });
});
