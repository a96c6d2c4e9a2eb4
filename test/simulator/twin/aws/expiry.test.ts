import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startTwinAws, type TwinAws } from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

const DAY_MS = 86_400_000;

let twin: TwinAws;
let client: DynamoDBClient;
let TableName: string;
let now = Date.UTC(2026, 10, 2, 12);
let tests = 0;
beforeAll(async () => {
  twin = await startTwinAws();
  client = new DynamoDBClient(asCaller(twin.endpoint, 'tester'));
});
beforeEach(async () => {
  // Nothing of the test before has any time left.
  await twin.setNow((now += 30 * DAY_MS));
  await twin.expireItems();
  TableName = `ledger-${++tests}`;
  await twin.createTable({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});
afterAll(async () => {
  client.destroy();
  await twin.stop();
});

const put = (pk: string, expires?: number): Promise<unknown> =>
  client.send(
    new PutItemCommand({
      TableName,
      Item: {
        pk: { S: pk },
        ...(expires === undefined ? {} : { expiresAt: { N: String(expires / 1_000) } }),
      },
    }),
  );
const isThere = async (pk: string): Promise<boolean> =>
  (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } }))).Item !== undefined;

describe('time to live', () => {
  it('removes what has expired by the twin’s clock, and only that', async () => {
    await put('soon', now + 60_000);
    await put('later', now + DAY_MS);
    await put('never');
    expect(await twin.expireItems()).toBe(0);
    await twin.setNow(now + 61_000);
    expect(await twin.expireItems()).toBe(1);
    expect(await Promise.all(['soon', 'later', 'never'].map(isThere))).toEqual([false, true, true]);
  });

  it('leaves what was given more time meanwhile', async () => {
    await put('a', now + 60_000);
    await put('a', now + DAY_MS);
    await twin.setNow(now + 61_000);
    expect(await twin.expireItems()).toBe(0);
  });

  it('leaves what expired more than five years ago', async () => {
    await put('a', now - 6 * 365 * DAY_MS);
    expect(await twin.expireItems()).toBe(0);
  });

  it('tells the stream that the service did it', async () => {
    await put('a', now - 1_000);
    await twin.expireItems();
    const [, removed] = await twin.readStream(TableName, undefined, 10);
    expect(removed).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      dynamodb: { Keys: { pk: { S: 'a' } } },
    });
  });

  it('costs nobody a unit', async () => {
    await put('a', now - 1_000);
    await twin.expireItems();
    expect((await twin.capacity()).filter(({ table }) => table === TableName)).toEqual([
      { caller: 'tester', table: TableName, index: undefined, readUnits: 0, writeUnits: 1 },
    ]);
  });
});

describe('a stream', () => {
  it('is read on from a record', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    const [first] = await twin.readStream(TableName, undefined, 1);
    const rest = await twin.readStream(TableName, first?.dynamodb.SequenceNumber, 10);
    expect(rest.map(({ dynamodb }) => dynamodb.Keys['pk'])).toEqual([{ S: 'b' }, { S: 'c' }]);
  });

  it('forgets what is older than a day', async () => {
    await put('old');
    await twin.setNow(now + DAY_MS + 1_000);
    await put('new');
    expect(await twin.readStream(TableName, undefined, 10)).toHaveLength(1);
  });
});
