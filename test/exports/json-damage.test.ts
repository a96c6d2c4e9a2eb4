import { read } from './collecting.ts';

const SIZES = [1, 7, 1000];
const list = (from: number, to: number): { n: number }[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ n: from + index }));

describe.each(SIZES)('damage in chunks of %i bytes', (chunkBytes) => {
  it.each([
    ['an element that is no JSON', '[{"n":1},{"n":},{"n":3}]'],
    ['text between elements', '[{"n":1} oops, {"n":3}]'],
    ['a closing bracket too many', '[{"n":1}},{"n":3}]'],
    ['a bracket of the wrong kind', '[{"n":1},{"n":[2},{"n":3}]'],
    ['a missing closing brace', '[{"n":1},{"n":{"m":2},{"n":3}]'],
    ['a string that does not end', '[{"n":1},{"n":"2},{"n":3}]'],
    ['a string that does not end, on lines of its own', '[\n  {"n":1},\n  {"n":"2},\n  {"n":3}\n]'],
    ['damage in a page', '{"Records":[{"n":1},{"n":[2},{"n":3}],"next":"x"}'],
    ['a first line that stops', '{"n":"2\n{"n":1}\n{"n":3}\n'],
    ['a first line that stops after a bracket', '{"n":[2\n{"n":1}\n{"n":3}\n'],
    ['a line that stops', '{"n":1}\n{"n":"2\n{"n":3}\n'],
    ['a line of something else', '{"n":1}\nhello\n{"n":3}\n'],
    ['a first line of something else', 'hello\n{"n":1}\n{"n":3}\n'],
    ['a number among elements', '[{"n":1},2,{"n":3}]'],
    ['a text with brackets among elements', '[{"n":1},"}\\"],{",{"n":3}]'],
    ['an array among elements', '[{"n":1},[{"n":2}],{"n":3}]'],
    ['damage in the first of several documents', '{"n":[2}\n}\n{\n"n":1\n}\n{\n"n":3\n}\n'],
  ])('costs one record: %s', async (_, content) => {
    const { values, damaged, outcome } = await read(content, { chunkBytes });
    expect(values).toEqual([{ n: 1 }, { n: 3 }]);
    expect(damaged).toHaveLength(1);
    expect(outcome).toEqual({ kind: 'read' });
  });

  it.each([
    ['a comma too many', '[{"n":1},,{"n":2},]'],
    ['a comma too few', '[{"n":1} {"n":2}]'],
    ['lines that end in commas', '{"n":1},\n{"n":2},\n'],
    ['an object over several lines among objects on one', '{"n":1}\n{\n  "n": 2\n}\n'],
  ])('tolerates %s', async (_, content) => {
    const { values, damaged } = await read(content, { chunkBytes });
    expect(values).toEqual(list(1, 2));
    expect(damaged).toEqual([]);
  });

  it('reads every record after a nested array of a broken record, by the first key of the earlier ones', async () => {
    const record = (n: number): string => `{"uuid":"u${n}","target":[{"id":1},{"id":2}],"n":${n}}`;
    const broken = '{"uuid":"u2","target":[{"id":"1},{"id":2}],"n":2}';
    const { values, damaged } = await read(`[${record(1)},${broken},${record(3)},${record(4)}]`, {
      chunkBytes,
    });
    expect(values.map((value) => JSON.stringify(value))).toEqual([record(1), record(3), record(4)]);
    expect(damaged).toHaveLength(1);
  });
});

describe.each([1, 50, 100_000])(
  'a record that swallows those after it, in chunks of %i bytes',
  (chunkBytes) => {
    const record = (n: number): string => JSON.stringify({ id: n, list: [{ a: 1 }, { a: 2 }] });
    const records = Array.from({ length: 20 }, (_, n) => record(n));
    const withTenth = (broken: string): string =>
      [...records.slice(0, 9), broken, ...records.slice(10)].join(',');

    it.each([
      ['to the end of the file', `[${withTenth('{"id":9,"list":[{"a":1}')}]`],
      ['to a bracket that is not its own', `{"Records":[${withTenth('{"id":,"list":[{"a":1}')}]}`],
    ])('%s is cut at the next one, known by its first key', async (_, content) => {
      const { values, damaged, outcome } = await read(content, { chunkBytes });
      expect(values.map((value) => (value as { id: number }).id)).toEqual(
        records.map((_, n) => n).filter((n) => n !== 9),
      );
      expect(damaged).toHaveLength(1);
      expect(outcome).toEqual({ kind: 'read' });
    });
  },
);

it('does not cut a valid record that is far larger than others and holds objects that begin like records', async () => {
  const small = '{"id":1},'.repeat(100);
  const large = JSON.stringify({ id: 2, list: Array.from({ length: 100 }, (_, id) => ({ id })) });
  const { values, damaged } = await read(`[${small}${large}]`);
  expect(values).toHaveLength(101);
  expect(damaged).toEqual([]);
});

it('takes no record out of one that is cut off, though what is nested in it begins alike', async () => {
  const { values, outcome } = await read(
    '[{"id":1,"list":[{"id":2},{"id":3}]},{"id":4,"list":[{"id":5},{"id":6},{"id"',
  );
  expect(values).toHaveLength(1);
  expect(outcome).toMatchObject({ code: 'FILE_ENDS_EARLY' });
});

it('says one damage and reads on when a page of elements with different keys is broken', async () => {
  const { values, damaged, outcome } = await read('[{"a":1},{"b":{"m":2},{"c":3},{"d":4}]');
  expect(values).toEqual([{ a: 1 }, { c: 3 }, { d: 4 }]);
  expect(damaged).toHaveLength(1);
  expect(outcome).toEqual({ kind: 'read' });
});

it('reads a second document after one whose last record is broken', async () => {
  const { values, damaged } = await read('{"Records":[{"n":1},{"n":[2}]}\n{"Records":[{"n":3}]}\n');
  expect(values).toEqual([{ n: 1 }, { n: 3 }]);
  expect(damaged).toHaveLength(1);
});

it('names the line of a damaged line', async () => {
  const { damagedAt } = await read('{"n":1}\n{"n":\n{"n":3}\n');
  expect(damagedAt).toMatchObject([{ line: 2, record: 2, byte: 8 }]);
});

it('goes on counting lines after damage', async () => {
  const { positions } = await read('{"n":"1\n{"n":2}\n{"n":3}\n', { chunkBytes: 3 });
  expect(positions.map((at) => at.line)).toEqual([2, 3]);
});

it('reads much damage in time proportional to its length', async () => {
  const content = `[{"a":1},${'{"b":[1},'.repeat(200_000)}{"a":2}]`;
  const started = performance.now();
  const { values } = await read(content, { chunkBytes: 1024 * 1024 });
  expect(values.at(-1)).toEqual({ a: 2 });
  expect(performance.now() - started).toBeLessThan(10_000);
}, 20_000);

describe('a file that stops early', () => {
  it.each([
    ['in a record', '[{"n":1},{"n":'],
    ['between records', '[{"n":1},'],
    ['after a record', '[{"n":1}'],
    ['in a page', '{"Records":[{"n":1},{"n'],
    ['after the records of a page', '{"Records":[{"n":1}],"nex'],
    ['in a line', '{"n":1}\n{"n":'],
    ['in a document', '{\n"n":1\n}\n{\n"n"'],
    ['in a text', '[{"n":1},{"n":"abc\\'],
  ])('%s gives what is whole and fails', async (_, content) => {
    const { values, outcome } = await read(content);
    expect(values).toEqual([{ n: 1 }]);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'FILE_ENDS_EARLY' });
  });

  it('says after how many records', async () => {
    const { outcome } = await read('[{"n":1},{"n":2},{"n":');
    expect(outcome).toMatchObject({ message: expect.stringContaining('after 2 ') as string });
  });

  it('is not one that merely lacks the last newline', async () => {
    const { values, outcome } = await read('{"n":1}\n{"n":2}');
    expect(values).toEqual(list(1, 2));
    expect(outcome).toEqual({ kind: 'read' });
  });
});

describe('a file that cannot be parsed at all', () => {
  it.each([
    ['text', 'Access denied. Please sign in.\n'],
    ['a CSV named .json', 'a,b\n1,2\n'],
    ['binary bytes', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
    ['binary bytes with a bracket at the start of a line', Buffer.from('\x7fELF\0\0\0\n{"a":1}\n')],
    ['binary bytes in small chunks', Buffer.from('PK\x03\x04\x14\0\0\0{"n":1}')],
    ['a number', '42'],
  ])('is named so: %s', async (_, content) => {
    const { values, damaged, outcome } = await read(content, { chunkBytes: 5 });
    expect(values).toEqual([]);
    expect(damaged).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'failed', code: 'FILE_UNPARSABLE' });
  });
});

it.each(['', '\n\n', '\ufeff', '[]'])('finds nothing wrong with nothing: %j', async (content) => {
  const { values, damaged, outcome } = await read(content);
  expect(values).toEqual([]);
  expect(damaged).toEqual([]);
  expect(outcome).toEqual({ kind: 'read' });
});
