import { asText, exactTextAt, idAt } from '../../lib/sources/fields.ts';

describe('a text of a record', () => {
  it.each(['', '  ', 'null', 'NULL', 'Unknown', 'None', 'n/a', '-', '(null)', 'undefined', 'Not Available'])(
    '%j says nothing',
    (value) => expect(asText(value)).toBeUndefined(),
  );

  it('of zeros alone is no id, in any case and amid spaces', () => {
    expect(asText(' 00000000-0000-0000-0000-000000000000 ')).toBeUndefined();
  });

  it.each([
    'Nora',
    'none of these',
    'N',
    '0',
    '-1',
    '(nullable)',
    'unknown.user',
    '00000000-0000-0000-0000-000000000001',
  ])('%j is a text like any other', (value) => expect(asText(value)).toBe(value));

  it('is trimmed and cut', () => {
    expect(asText(` ${'x'.repeat(300)} `)).toBe('x'.repeat(256));
  });
});

describe('an id of a record', () => {
  it('is none when the vendor writes a word for nothing, lest all who have none be one', () => {
    expect(idAt({ id: 'unknown' }, 'id')).toBeUndefined();
  });

  it('may be a whole number', () => {
    expect(idAt({ id: 42 }, 'id')).toBe('42');
  });
});

describe('a name that customers choose', () => {
  it.each(['none', 'null', '-', 'report '])('is kept as it is: %j', (name) => {
    expect(exactTextAt({ name }, 'name')).toBe(name);
  });

  it('is the first of a list', () => {
    expect(exactTextAt({ name: ['a', 'b'] }, 'name')).toBe('a');
  });

  it.each([[undefined], [''], [7], [[]], [{}]])('is not there when it is %j', (name) => {
    expect(exactTextAt({ name }, 'name')).toBeUndefined();
  });

  it('is not what objects have by nature', () => {
    expect(exactTextAt({}, 'constructor')).toBeUndefined();
  });
});
