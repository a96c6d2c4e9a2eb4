import { phoneUid } from '../../lib/sources/authenticators.ts';

describe('the name of a telephone', () => {
  const plain = phoneUid('+12025550143');

  it.each(['+1 202-555-0143', '+1 (202) 555.0143', '12025550143'])('is the same for %s', (spelling) => {
    expect(phoneUid(spelling)).toBe(plain);
  });

  it('is another for another number, and shows neither', () => {
    expect(phoneUid('+12025550144')).not.toBe(plain);
    expect(plain).toMatch(/^phone:[0-9a-f]{32}$/);
    expect(plain).not.toContain('0143');
  });

  it.each([
    ['masked digits', '+1 XXX-XXX-0143'],
    ['masked digits', '+1********43'],
    ['an extension', '4711'],
    ['more digits than a number has', '1234567890123456'],
    ['no number', 'mobile'],
    ['nothing', ''],
    ['a text of any length', `+${'1'.repeat(100_000)}`],
  ])('is not made of %s', (_what, text) => {
    expect(phoneUid(text)).toBeUndefined();
  });

  it('is not made of what is not there', () => {
    expect(phoneUid(undefined)).toBeUndefined();
  });
});
