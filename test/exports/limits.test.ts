import { LIMITS } from '../../lib/exports/limits.ts';
import { readBytes } from '../../lib/exports/read.ts';
import { read } from './collecting.ts';
import type { Sink } from '../../lib/exports/read.ts';

const MEGABYTE = 1024 * 1024;
const nested = (depth: number): string => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
const arrays = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

describe.each([
  ['an array', (record: string) => `[{"n":1},${record},{"n":3}]`],
  ['lines', (record: string) => `{"n":1}\n${record}\n{"n":3}\n`],
  ['a page', (record: string) => `{"value":[{"n":1},${record},{"n":3}]}`],
])('in %s', (_, file) => {
  it.each([nested(200), arrays(200)])('nesting of 200 passes', async (record) => {
    const { values, damaged } = await read(file(record));
    expect(values).toHaveLength(3);
    expect(damaged).toEqual([]);
  });

  it.each([nested(201), arrays(201), nested(100_000)])(
    'nesting beyond 200 costs that record',
    async (record) => {
      const { values, damaged } = await read(file(record), { chunkBytes: 1000 });
      expect(values).toEqual([{ n: 1 }, { n: 3 }]);
      expect(damaged).toEqual(['record nested deeper than 200']);
    },
  );

  it('many brackets side by side are not nesting', async () => {
    const { values, damaged } = await read(file(JSON.stringify({ a: Array(500).fill({}) })));
    expect(values).toHaveLength(3);
    expect(damaged).toEqual([]);
  });

  it.each([1, 100, 1_000_000])(
    'a record larger than the limit costs that record, in chunks of %i',
    async (chunkBytes) => {
      const limits = { ...LIMITS, recordBytes: 1024 };
      const { values, damaged, damagedAt } = await read(file(`{"a":"${'x'.repeat(1017)}"}`), {
        limits,
        chunkBytes,
      });
      expect(values).toEqual([{ n: 1 }, { n: 3 }]);
      expect(damaged).toEqual([expect.stringContaining('record larger than')]);
      expect(damagedAt[0]?.record).toBe(2);
    },
  );

  it('a record as large as the limit passes', async () => {
    const limits = { ...LIMITS, recordBytes: 1024 };
    const { values } = await read(file(`{"a":"${'x'.repeat(1016)}"}`), { limits, chunkBytes: 100 });
    expect(values).toHaveLength(3);
  });
});

/** Gives the parts in turn, each as one chunk that is used again. */
async function* stream(
  head: string,
  chunk: Buffer,
  times: number,
  tail: string,
): AsyncGenerator<Buffer, void> {
  yield await Promise.resolve(Buffer.from(head));
  for (let i = 0; i < times; i++) yield chunk;
  yield Buffer.from(tail);
}

async function measure(
  chunks: AsyncIterable<Buffer>,
): Promise<{ records: number; damaged: string[]; grownBytes: number; outcome: string }> {
  let records = 0;
  const damaged: string[] = [];
  const sink: Sink = {
    json: () => records++,
    row: () => records++,
    damaged: (reason) => damaged.push(reason),
  };
  const before = process.memoryUsage();
  let most = 0;
  async function* watched(): AsyncGenerator<Buffer, void> {
    let count = 0;
    for await (const chunk of chunks) {
      yield chunk;
      if (count++ % 16 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
  }
  const outcome = await readBytes('large.json', watched(), sink);
  return { records, damaged, grownBytes: most - before.arrayBuffers, outcome: outcome.kind };
}

it('never holds a line of 100 MB', async () => {
  const { records, damaged, grownBytes } = await measure(
    stream('{"n":1}\n{"a":"', Buffer.alloc(MEGABYTE, 'x'), 100, '"}\n{"n":3}\n'),
  );
  expect(records).toBe(2);
  expect(damaged).toEqual(['record larger than 16 MB']);
  expect(grownBytes).toBeLessThan(64 * MEGABYTE);
}, 30_000);

it('never holds an array of hundreds of megabytes', async () => {
  const chunk = Buffer.from(`{"a":"${'x'.repeat(1000)}"},`.repeat(1000));
  const { records, damaged, grownBytes, outcome } = await measure(stream('[', chunk, 200, '{}]'));
  expect(records).toBe(200_001);
  expect(damaged).toEqual([]);
  expect(outcome).toBe('read');
  expect(grownBytes).toBeLessThan(32 * MEGABYTE);
}, 30_000);
