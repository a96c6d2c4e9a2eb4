import { addressesIn, emailOf, loginOf } from '../../lib/sources/addresses.ts';

describe('an address', () => {
  it('is written in lower case', () => {
    expect(emailOf('Jane.Doe@Example.com')).toBe('jane.doe@example.com');
  });

  it.each([
    undefined,
    'jdoe',
    '@example.com',
    'jane@',
    'jane doe@example.com',
    'a@b@example.com',
    `${'x'.repeat(320)}@example.com`,
  ])('is not %j', (text) => expect(emailOf(text)).toBeUndefined());
});

describe('a login', () => {
  it('need not be an address', () => {
    expect(loginOf('JDoe')).toBe('jdoe');
  });

  it.each([undefined, 'Jane Doe', 'jane\u00a0doe', 'x'.repeat(321)])('is not %j', (text) => {
    expect(loginOf(text)).toBeUndefined();
  });
});

describe('the addresses in a text', () => {
  it.each([
    ['"Jane" [SMTP:Jane@example.net];bob@example.org', ['jane@example.net', 'bob@example.org']],
    ['{"to":["a@example.net","A@example.net"]}', ['a@example.net']],
    ['nobody at all', []],
    ['', []],
  ])('%s are %j', (text, addresses) => expect(addressesIn(text)).toEqual(addresses));
});
