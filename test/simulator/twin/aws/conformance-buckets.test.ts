/** What the archive and evidence rely on of S3. */
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startTwinAws, type TwinAws } from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

const Bucket = 'archive';
let twin: TwinAws;
let s3: S3Client;
beforeAll(async () => {
  twin = await startTwinAws();
  s3 = new S3Client(asCaller(twin.endpoint, 'tester'));
});
afterAll(async () => {
  s3.destroy();
  await twin.stop();
});
beforeEach(async () => {
  await twin.createBucket(Bucket);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const Objects = Contents.map(({ Key }) => ({ Key }));
  if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
});

const put = (Key: string, Body: string | Uint8Array, more: object = {}): Promise<unknown> =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string): Promise<Uint8Array | undefined> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToByteArray();

describe('a bucket', () => {
  it('gives back every byte, whatever the key is made of', async () => {
    const key = 'records/source=okta/day=2026-11-02/a b+c%é.ndjson.gz';
    const body = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
    await put(key, body, { ContentType: 'application/gzip', Metadata: { feed: 'system-log' } });
    expect(Buffer.compare(Buffer.from((await get(key)) ?? []), Buffer.from(body))).toBe(0);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: key }))).toMatchObject({
      ContentLength: 3_000_000,
      ContentType: 'application/gzip',
      Metadata: { feed: 'system-log' },
    });
  });

  it('lists by prefix, in order, page by page', async () => {
    for (const key of ['a/2', 'a/10', 'b/1', 'a/1']) await put(key, 'x');
    const page = { Bucket, Prefix: 'a/', MaxKeys: 2 };
    const first = await s3.send(new ListObjectsV2Command(page));
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/10']);
    const ContinuationToken = first.NextContinuationToken;
    const second = await s3.send(new ListObjectsV2Command({ ...page, ContinuationToken }));
    expect([second.Contents?.map(({ Key }) => Key), second.IsTruncated]).toEqual([['a/2'], false]);
  });

  it('says that an object is not there', async () => {
    await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    const elsewhere = new GetObjectCommand({ Bucket: 'nowhere', Key: 'x' });
    await expect(s3.send(elsewhere)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('lets only the first write an object that must not exist', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(Buffer.from((await get('once')) ?? []).toString()).toBe('first');
  });
});
