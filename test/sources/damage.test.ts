import { expected } from '../../lib/sources/damage.ts';

describe('the reason of a rejection', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [[1], 'a list'],
    [{ a: 1 }, 'an object'],
    [7, '7'],
    ['soon', '"soon"'],
    ['alice@example.com', 'a text'],
    ['198.51.100.7', 'a text'],
    ['[2001:db8::7]:443', 'a text'],
    ['{"UserId":"alice"', 'a text'],
  ])('shows %j as %s', (value, shown) => {
    expect(expected('f', 'a time', value)).toEqual({
      outcome: 'rejected',
      because: `f: expected a time, got ${shown}`,
    });
  });
});
