import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { LIMITS } from '../../lib/exports/limits.ts';
import { gzip, read } from './collecting.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, n) => `${JSON.stringify({ n, text: Math.sin(n).toString(36) })}\n`).join(
    '',
  );

it('tells gzip by its bytes, not by the name', async () => {
  expect((await read(gzip('{"n":1}'), { name: 'x.json' })).values).toEqual([{ n: 1 }]);
  expect((await read('{"n":1}', { name: 'x.json.gz' })).values).toEqual([{ n: 1 }]);
});

it('reads several gzip streams one after another, wherever the chunks are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 80 }), async (chunkBytes) => {
      const { values, outcome } = await read(
        Buffer.concat([gzip('{"n":1}\n'), gzip('{"n":2}\n'), gzip('{"n":3}\n')]),
        { chunkBytes },
      );
      expect(values).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
      expect(outcome).toEqual({ kind: 'read' });
    }),
  );
});

it('gives what is whole of a stream that was cut, and fails', async () => {
  const whole = gzip(lines(20_000));
  const { values, damaged, outcome } = await read(whole.subarray(0, whole.length / 2));
  expect(values.length).toBeGreaterThan(5_000);
  expect(values).toEqual(values.map((_, n) => ({ n, text: Math.sin(n).toString(36) })));
  expect(damaged).toEqual([]);
  expect(outcome).toMatchObject({
    kind: 'failed',
    code: 'FILE_ENDS_EARLY',
    message: expect.stringContaining('compressed stream stops') as string,
  });
});

it('fails when only the checksum of a stream is missing', async () => {
  const { values, outcome } = await read(gzip('{"n":1}\n').subarray(0, -4));
  expect(values).toEqual([{ n: 1 }]);
  expect(outcome).toMatchObject({ code: 'FILE_ENDS_EARLY' });
});

it('never throws, and gives a prefix, wherever a stream is cut', async () => {
  const whole = gzip(lines(30));
  for (let length = 0; length < whole.length; length += 7) {
    const { values, damaged } = await read(whole.subarray(0, length), { chunkBytes: 50 });
    expect(values).toEqual(values.map((_, n) => ({ n, text: Math.sin(n).toString(36) })));
    expect(damaged).toEqual([]);
  }
});

it('gives what came before wrong bytes in a stream', async () => {
  const whole = gzip(lines(60_000));
  whole.fill(0xff, whole.length - 20_000, whole.length - 10_000);
  const { values, outcome } = await read(whole);
  expect(values.length).toBeGreaterThan(10_000);
  expect(outcome).toMatchObject({
    code: 'FILE_ENDS_EARLY',
    message: expect.stringContaining('damaged') as string,
  });
});

it('cannot parse a file that only begins like gzip', async () => {
  const { outcome } = await read(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
  expect(outcome).toMatchObject({ code: 'FILE_UNPARSABLE' });
});

it('cannot parse compressed binary', async () => {
  const { outcome } = await read(gzip(Buffer.from('\x7fELF\0\0\0\0\0\0')));
  expect(outcome).toMatchObject({ code: 'FILE_UNPARSABLE' });
});

describe('a bomb', () => {
  it.each([
    ['of blanks after a record', Buffer.from(`{"n":1}\n${' '.repeat(40_000_000)}`)],
    ['of zeros', Buffer.alloc(40_000_000)],
    ['of one text', Buffer.from(`[{"a":"${'x'.repeat(40_000_000)}"}]`)],
  ])('%s is given up and counted as damaged', async (_, content) => {
    const { damaged, outcome } = await read(gzipSync(content, { level: 9 }));
    expect(damaged.at(-1)).toBe('compressed more than 1,000 to 1');
    expect(outcome).toEqual({ kind: 'read' });
  });

  it('by sheer length is given up', async () => {
    const limits = { ...LIMITS, gzipBytes: 100_000 };
    const { values, damaged } = await read(gzip(lines(20_000)), { limits });
    expect(values.length).toBeGreaterThan(0);
    expect(damaged).toEqual([expect.stringContaining('decompresses to more than')]);
  });

  it('is not a small file of blanks', async () => {
    const { values, damaged } = await read(gzipSync(`${' '.repeat(9_000_000)}{"n":1}`, { level: 9 }));
    expect(values).toEqual([{ n: 1 }]);
    expect(damaged).toEqual([]);
  });
});
