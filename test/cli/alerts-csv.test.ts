import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvRow } from '../../lib/cli/alerts-csv.ts';

describe('a row of CSV', () => {
  it('reads back as it was written', () => {
    const harmless = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 2 }), (cells) => {
        expect(parse(csvRow(cells), { relax_column_count: true })).toEqual([cells]);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('is no formula: %j', (cell) => {
    expect(parse(csvRow([cell, 'x']))[0]?.[0]).toBe(`'${cell}`);
  });

  it('leaves numbers numbers, and nothing empty', () => {
    expect(csvRow([1, -2, undefined, 'a'])).toBe('1,-2,,a\r\n');
  });
});
