import fc from 'fast-check';
import { LIMITS } from '../../lib/exports/limits.ts';
import { gzip, read, utf16 } from './collecting.ts';

const name = 'export.csv';
const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

it('gives rows by the names in the header', async () => {
  const { values, positions } = await read('a,b\n1,2\n3,4\n', { name });
  expect(values.map((row) => ({ ...(row as object) }))).toEqual([
    { a: '1', b: '2' },
    { a: '3', b: '4' },
  ]);
  expect(positions.map((at) => at.line)).toEqual([2, 3]);
});

it('keeps any cells whole, in any encoding and chunks of any size', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '😀', ' ', '{', '}') });
  const encode = fc.constantFrom<(text: string) => Buffer>(
    (text) => Buffer.from(text),
    (text) => Buffer.from(`\ufeff${text}`),
    (text) => utf16(text, 'little', true),
    (text) => utf16(text, 'big', false),
    (text) => gzip(text),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell)),
      encode,
      fc.integer({ min: 1, max: 60 }),
      async (rows, encoded, chunkBytes) => {
        const text = ['one,two', ...rows.map((row) => row.map(quote).join(','))].join('\n') + '\n';
        const { values, damaged, outcome } = await read(encoded(text), { name, chunkBytes });
        expect(values.map((row) => Object.values(row as Record<string, string>))).toEqual(rows);
        expect(damaged).toEqual([]);
        expect(outcome).toEqual({ kind: 'read' });
      },
    ),
  );
});

it('names the line at which a row starts, though the row before has newlines in it', async () => {
  const { positions } = await read('a,b\n"1\n\n1",2\n3,"4\n4"\n', { name });
  expect(positions.map((at) => at.line)).toEqual([2, 5]);
});

it('makes rows without a prototype, so that a column named __proto__ is only a column', async () => {
  const { values } = await read('__proto__,b\nx,y\n', { name });
  expect(Object.getPrototypeOf(values[0])).toBeNull();
  expect(Object.entries(values[0] as object)).toEqual([
    ['__proto__', 'x'],
    ['b', 'y'],
  ]);
});

it('leaves out the cells that a short row lacks', async () => {
  const { values } = await read('a,b\n1\n2,3\n', { name });
  expect(values.map((row) => ({ ...(row as object) }))).toEqual([{ a: '1' }, { a: '2', b: '3' }]);
});

it('counts a row with more cells than the header as damaged, by its line', async () => {
  const { values, damaged, damagedAt } = await read('a,b\n1,2\n"{"a":1,"b":2}",3\n4,5\n', { name });
  expect(values).toHaveLength(2);
  expect(damaged).toEqual(['expected 2 cells, got 3']);
  expect(damagedAt[0]?.line).toBe(3);
});

it.each(['', '\ufeff', '\n\n', 'a,b\n', 'a,b'])('finds no row and nothing wrong in %j', async (content) => {
  const { values, damaged, outcome } = await read(content, { name });
  expect(values).toEqual([]);
  expect(damaged).toEqual([]);
  expect(outcome).toEqual({ kind: 'read' });
});

it.each(['a,b\n1,2\n3', 'a,b\n1,2\n3,"4', 'a,b\n1,2\n"3'])(
  'fails after the whole rows of a file that stops early: %j',
  async (content) => {
    const { values, outcome } = await read(content, { name });
    expect(values).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'FILE_ENDS_EARLY' });
  },
);

it('counts a row beyond the limit as damaged and goes on at a later line', async () => {
  const limits = { ...LIMITS, recordBytes: 1000 };
  const filler = 'x,y\n'.repeat(40_000);
  const { values, damaged, outcome } = await read(`a,b\n1,2\n"${'x'.repeat(200_000)}",2\n${filler}`, {
    name,
    limits,
  });
  expect(damaged).toEqual([expect.stringContaining('record larger than')]);
  expect(values.length).toBeGreaterThan(20_000);
  expect(outcome).toEqual({ kind: 'read' });
});

it('cannot parse a binary file', async () => {
  const { outcome } = await read(Buffer.from([1, 2, 0, 44, 10, 0, 1]), { name });
  expect(outcome).toMatchObject({ code: 'FILE_UNPARSABLE' });
});

it('throws what the sink throws', async () => {
  const { readBytes } = await import('../../lib/exports/read.ts');
  const sink = {
    json: () => undefined,
    row: () => {
      throw new Error('output failed');
    },
    damaged: () => undefined,
  };
  async function* content(): AsyncGenerator<Buffer, void> {
    yield await Promise.resolve(Buffer.from('a\n1\n2\n'));
  }
  await expect(readBytes(name, content(), sink)).rejects.toThrow('output failed');
});
