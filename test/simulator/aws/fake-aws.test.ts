import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetInventoryCommand, ListInventoryEntriesCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { FakeAws, type FakeAwsOptions, type Place } from '../../../lib/simulator/aws/fake-aws.ts';
import { instancesDescribed } from '../../../lib/simulator/aws/records.ts';
import { TestClock } from '../../support/clock.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const OWN: Place = { account: '123456789012', region: 'eu-central-1' };
const OTHER: Place = { account: '210987654321', region: 'eu-central-1' };
const OWN_KEY = { accessKeyId: 'test', secretAccessKey: 'test' };

let clock: TestClock;
let aws: FakeAws;
let endpoint: string;

async function start(options: Partial<FakeAwsOptions> = {}): Promise<void> {
  const roles = [{ account: OTHER.account, roleName: 'RingerReader', externalId: 'invented-id' }];
  aws = new FakeAws({ ownAccount: OWN.account, roles, now: clock.now, ...options });
  endpoint = await aws.start();
}

beforeEach(() => {
  clock = new TestClock(NOW);
  return start();
});

afterEach(() => aws.stop());

function add(id: string, ageMs: number, place = OWN, listedTime?: number): void {
  const call = { ...place, id, time: NOW - ageMs, user: 'ana.silva', ip: '198.51.100.23' };
  aws.addEvent(place, instancesDescribed(call), listedTime);
}

const client = (credentials = OWN_KEY, region = OWN.region): CloudTrailClient =>
  new CloudTrailClient({ endpoint, region, credentials, maxAttempts: 1 });

type LookUp = ConstructorParameters<typeof LookupEventsCommand>[0];

async function lookUp(
  input: LookUp = {},
  from = client(),
): Promise<{ readonly ids: readonly unknown[]; readonly token: string | undefined }> {
  clock.time += SECOND_MS;
  const { Events = [], NextToken } = await from.send(new LookupEventsCommand(input));
  return { ids: Events.map(({ EventId }) => EventId), token: NextToken };
}

it('lists the newest first, and those of one second the last one first', async () => {
  add('b', MINUTE_MS);
  add('a', HOUR_MS);
  add('c', MINUTE_MS);
  expect((await lookUp()).ids).toEqual(['c', 'b', 'a']);
});

it('lists what happened from the start to the end, both included, and nothing older than 90 days', async () => {
  add('a', 91 * DAY_MS);
  for (const [id, hours] of Object.entries({ b: 4, c: 3, d: 2, e: 1 })) add(id, hours * HOUR_MS);
  const [StartTime, EndTime] = [new Date(NOW - 3 * HOUR_MS), new Date(NOW - 2 * HOUR_MS)];
  expect((await lookUp({ StartTime, EndTime })).ids).toEqual(['d', 'c']);
  expect((await lookUp()).ids).toEqual(['e', 'd', 'c', 'b']);
});

it('gives at most fifty, and goes on where the token says, whatever has been added since', async () => {
  for (let index = 0; index < 60; index++) add(`event-${index}`, index * MINUTE_MS);
  const first = await lookUp();
  expect(first.ids).toHaveLength(50);
  add('newer', 0);
  add('older', DAY_MS);
  const second = await lookUp({ NextToken: first.token });
  expect(second.ids).toEqual([...Array.from({ length: 10 }, (_, index) => `event-${50 + index}`), 'older']);
  expect(second.token).toBeUndefined();
});

it('refuses a token with other parameters, and parameters that cannot be', async () => {
  for (let index = 0; index < 3; index++) add(`event-${index}`, index * MINUTE_MS);
  const { token } = await lookUp({ MaxResults: 2 });
  const refused = (input: LookUp, name: string): Promise<void> =>
    expect(lookUp(input)).rejects.toMatchObject({ name });
  await refused({ MaxResults: 1, NextToken: token }, 'InvalidNextTokenException');
  await refused({ NextToken: 'invented' }, 'InvalidNextTokenException');
  await refused({ MaxResults: 51 }, 'InvalidMaxResultsException');
  await refused({ StartTime: new Date(NOW), EndTime: new Date(NOW - 1_000) }, 'InvalidTimeRangeException');
});

it('lists an event that is late only then, and one that was added twice twice', async () => {
  add('late', HOUR_MS, OWN, NOW + MINUTE_MS);
  add('twice', 2 * HOUR_MS);
  add('twice', 2 * HOUR_MS);
  expect((await lookUp()).ids).toEqual(['twice', 'twice']);
  clock.time += MINUTE_MS;
  expect((await lookUp()).ids).toEqual(['late', 'twice', 'twice']);
});

it('takes two lookups a second, of each account and Region', async () => {
  const send = (region?: string): Promise<unknown> =>
    client(OWN_KEY, region).send(new LookupEventsCommand({}));
  await send();
  await send();
  await expect(send()).rejects.toMatchObject({ name: 'ThrottlingException' });
  await send('eu-west-1');
  clock.time += SECOND_MS;
  await send();
});

it('gives each account and Region its own', async () => {
  add('own', MINUTE_MS);
  add('other', MINUTE_MS, OTHER);
  const sts = new STSClient({ endpoint, region: OWN.region, credentials: OWN_KEY, maxAttempts: 1 });
  const assume = async (ExternalId?: string): Promise<typeof OWN_KEY & { readonly sessionToken: string }> => {
    const RoleArn = `arn:aws:iam::${OTHER.account}:role/RingerReader`;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };
  const credentials = await assume('invented-id');
  expect((await lookUp()).ids).toEqual(['own']);
  expect((await lookUp({}, client(credentials))).ids).toEqual(['other']);
  expect((await lookUp({}, client(credentials, 'eu-west-1'))).ids).toEqual([]);
  await expect(assume('another')).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(sts.send(new GetCallerIdentityCommand())).rejects.toMatchObject({ name: 'InvalidAction' });

  const { accessKeyId } = credentials;
  await expect(lookUp({}, client({ ...OWN_KEY, accessKeyId }))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
  clock.time += HOUR_MS;
  await expect(lookUp({}, client(credentials))).rejects.toMatchObject({ name: 'ExpiredTokenException' });
});

it('can be told whose a key is', async () => {
  await aws.stop();
  await start({ accountOfKey: (key) => /@(\d{12})/.exec(key)?.[1] });
  add('other', MINUTE_MS, OTHER);
  const accessKeyId = `collect-aws@${OTHER.account}.RingerReader`;
  expect((await lookUp({}, client({ ...OWN_KEY, accessKeyId }))).ids).toEqual(['other']);
});

it('denies where it was told to', async () => {
  aws.deny(OWN);
  await expect(lookUp()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect((await lookUp({}, client(OWN_KEY, 'eu-west-1'))).ids).toEqual([]);
});

it('answers nobody without a signature', async () => {
  const headers = { 'x-amz-target': 'CloudTrail_20131101.LookupEvents' };
  const response = await fetch(endpoint, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});

it('gives no applications with the instances, and those of one when asked', async () => {
  const ssm = new SSMClient({ endpoint, region: OWN.region, credentials: OWN_KEY, maxAttempts: 1 });
  aws.putInstance(OWN, {
    id: 'i-0123456789abcdef0',
    captureTime: NOW,
    information: { ComputerName: 'build-1.example.com' },
    applications: [{ Name: 'AnyDesk' }],
  });
  const applications = [{ TypeName: 'AWS:Application' }];
  await expect(ssm.send(new GetInventoryCommand({ ResultAttributes: applications }))).rejects.toMatchObject({
    name: 'InvalidResultAttributeException',
  });
  const { Entities, NextToken } = await ssm.send(new GetInventoryCommand({}));
  expect(Entities?.map(({ Id, Data }) => [Id, Object.keys(Data ?? {})])).toEqual([
    ['i-0123456789abcdef0', ['AWS:InstanceInformation']],
  ]);
  expect(NextToken).toBe('');
  const list = (InstanceId: string): Promise<{ readonly Entries?: unknown }> =>
    ssm.send(new ListInventoryEntriesCommand({ InstanceId, TypeName: 'AWS:Application' }));
  expect((await list('i-0123456789abcdef0')).Entries).toEqual([{ Name: 'AnyDesk' }]);
  await expect(list('i-00000000000000000')).rejects.toMatchObject({ name: 'InvalidInstanceId' });
});
