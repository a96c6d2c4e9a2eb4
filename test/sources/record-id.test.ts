import { derivedId } from '../../lib/sources/record-id.ts';

describe('a derived id', () => {
  it('differs when the record does', () => {
    expect(derivedId({ a: [1, { b: 2 }] })).not.toBe(derivedId({ a: [1, { b: 3 }] }));
  });
});
