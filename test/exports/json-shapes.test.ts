import fc from 'fast-check';
import { gzip, read, utf16 } from './collecting.ts';

const text = fc.string({
  unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ']', ',', ':', '\n', 'é', '😀', 'value'),
});
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.oneof(fc.constantFrom('id', 'Records', 'value', 'items', '__proto__'), text),
    tie('value'),
    {
      maxKeys: 4,
      noNullPrototype: true,
    },
  ),
}));
/** A record in a file of one kind; a key of a page whose value is an array of objects would make it a page. */
const record = json.object.map((fields) => ({ record: true, fields }));
const records = fc.array(record, { maxLength: 12 });
const white = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', '\r'), maxLength: 3 });

const shapes: Record<string, (list: readonly unknown[], space: string) => string> = {
  array: (list, space) =>
    `${space}[${space}${list.map((one) => JSON.stringify(one)).join(`${space},${space}`)}${space}]${space}`,
  'pretty array': (list) => JSON.stringify(list, null, 2),
  page: (list, space) =>
    `{"kind":${space}"x","Records"${space}:${space}[${list.map((one) => JSON.stringify(one)).join(',')}],"next":"[{"}`,
  'pretty page': (list) =>
    JSON.stringify({ '@odata.context': 'https://example.com', value: list, more: [1] }, null, 4),
  lines: (list) => list.map((one) => `${JSON.stringify(one)}\n`).join(''),
  'lines with blanks and carriage returns': (list) =>
    list.map((one) => ` ${JSON.stringify(one)} \r\n\r\n`).join(''),
  'lines with commas': (list) => list.map((one) => `${JSON.stringify(one)},\n`).join(''),
  'lines without the last newline': (list) => list.map((one) => JSON.stringify(one)).join('\n'),
  'lines of arrays': (list) => list.map((one) => `${JSON.stringify([one])}\n`).join(''),
  'pretty documents': (list) => list.map((one) => JSON.stringify(one, null, 2)).join('\n'),
  'documents side by side': (list) => list.map((one) => JSON.stringify(one)).join(''),
  'JSON text sequence': (list) => list.map((one) => `\u001e${JSON.stringify(one)}\n`).join(''),
  'pages one a line': (list) => list.map((one) => `${JSON.stringify({ Records: [one] })}\n`).join(''),
};
const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8': (content) => Buffer.from(content),
  'UTF-8 with a mark': (content) => Buffer.from(`\ufeff${content}`),
  'UTF-16 LE with a mark': (content) => utf16(content, 'little', true),
  'UTF-16 BE with a mark': (content) => utf16(content, 'big', true),
  'UTF-16 LE': (content) => utf16(content, 'little', false),
  'UTF-16 BE': (content) => utf16(content, 'big', false),
};

/** The second and later pages of a file of lines come whole: the consumer opens them. */
const opened = (values: readonly unknown[]): unknown[] =>
  values.flatMap((value) => {
    const page = value as { Records?: unknown[]; value?: unknown[]; kind?: unknown };
    return page.Records ?? page.value ?? [value];
  });

describe('records come out as they went in', () => {
  for (const [name, print] of Object.entries(shapes)) {
    it(`from ${name}, in any encoding, compressed or not, cut into chunks of any size`, async () => {
      await fc.assert(
        fc.asyncProperty(
          records,
          white,
          fc.constantFrom(...Object.keys(encodings)),
          fc.boolean(),
          fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(1_000_000)),
          async (list, space, encoding, compressed, chunkBytes) => {
            const encoded = encodings[encoding]!(print(list, space));
            const collected = await read(compressed ? gzip(encoded) : encoded, { chunkBytes });
            expect(collected.outcome).toEqual({ kind: 'read' });
            expect(collected.damaged).toEqual([]);
            expect(opened(collected.values)).toEqual(JSON.parse(JSON.stringify(list)));
          },
        ),
        { numRuns: 60 },
      );
    });

    it(`from ${name} cut anywhere, as far as they are whole`, async () => {
      await fc.assert(
        fc.asyncProperty(
          records,
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.integer({ min: 1, max: 50 }),
          async (list, where, chunkBytes) => {
            const whole = Buffer.from(print(list, ' '));
            const collected = await read(whole.subarray(0, Math.floor(where * whole.length)), { chunkBytes });
            const values = opened(collected.values);
            expect(values).toEqual((JSON.parse(JSON.stringify(list)) as unknown[]).slice(0, values.length));
            expect(collected.damaged).toEqual([]);
          },
        ),
        { numRuns: 60 },
      );
    });
  }

  it('from bytes that are anything, without an exception and with every record counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              '{"a":1}',
              '[',
              ']',
              '{',
              '}',
              '"',
              ',',
              '\n',
              '\\',
              ':',
              'x',
              ' ',
              '{"value":[',
              '\0',
            ),
            fc.string(),
          ),
          { maxLength: 60 },
        ),
        fc.constantFrom('x.json', 'x.csv', 'x.log', 'x.json.gz'),
        fc.integer({ min: 1, max: 30 }),
        async (parts, name, chunkBytes) => {
          const collected = await read(parts.join(''), { name, chunkBytes });
          const numbers = [...collected.positions, ...collected.damagedAt]
            .map((at) => at.record)
            .sort((a, b) => a - b);
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a page', () => {
  it.each(['Records', 'value', 'items', 'Events'])('under the key %s gives its elements', async (key) => {
    const { values } = await read(`{"a":[1],"${key}" : [ {"n":1}, {"n":2} ] }`);
    expect(values).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it.each([
    '{"Entities":[{"a":1}]}',
    '{"value":{"value":[{"a":1}]}}',
    '{"value":[]}',
    '{"items":["a"]}',
    '{"a":{"Records":[{"b":1}]}}',
    '{"x\\"value":[{"b":1}]}',
  ])('of another shape is handed over whole: %s', async (page) => {
    expect((await read(page)).values).toEqual([JSON.parse(page)]);
  });

  it('whose key is far from its colon and bracket in the chunks is still a page', async () => {
    const { values } = await read('{"Records" : \n [ {"n":1}]}', { chunkBytes: 1 });
    expect(values).toEqual([{ n: 1 }]);
  });

  it('follows another in the same file', async () => {
    const page = (n: number): string => JSON.stringify({ value: [{ n }] }, null, 2);
    expect((await read(`${page(1)}\n${page(2)}`)).values).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

describe('a position', () => {
  it('names the line of each record in a file of lines', async () => {
    const { positions } = await read('\n{"a":1}\n\n{"a":2}\n  {"a":3}');
    expect(positions.map((at) => at.line)).toEqual([2, 4, 5]);
  });

  it('counts records in each file from 1 and names the byte at which they start', async () => {
    const { positions } = await read('[ {"a":1},{"a":2}]', { chunkBytes: 5 });
    expect(positions).toEqual([
      { file: 'export.json', record: 1, byte: 2, line: undefined },
      { file: 'export.json', record: 2, byte: 10, line: undefined },
    ]);
  });
});

it('keeps a __proto__ key as a key of the text, and touches no prototype', async () => {
  const { values } = await read('[{"__proto__":{"polluted":1}}]');
  expect(Object.keys(values[0] as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
