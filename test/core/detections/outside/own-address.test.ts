import { looksOwn } from '../../../../lib/core/detections/outside/own-address.ts';

const whose = (name: string | undefined, ...addresses: readonly [string, ...string[]]) => ({
  subject: { kind: 'person' as const, id: addresses[0] },
  person: { id: addresses[0], addresses, onRoster: true, ...(name === undefined ? {} : { name }) },
  organization: { peopleCount: 1, domains: [], partnerDomains: [] },
});
const sam = whose('Sam Doe', 'sam.doe@example.com');
const jose = whose('José Núñez Ángel', 'jnunez@example.com');

describe('an address outside', () => {
  it.each([
    'sam.doe@gmail.com',
    'samdoe@gmail.com',
    'sam_doe_1990@outlook.com',
    'doe.sam@yahoo.co.jp',
    'sdoe@proton.me',
    'sdoe.private@gmail.com',
    'samd@icloud.com',
    'thesamdoe@gmail.com',
    'sam.doe+work@gmail.com',
    'sam.doe@mail.example.net',
    'doesam@own-company.example.org',
  ])('%s looks like Sam Doe’s own', (address) => {
    expect(looksOwn(address, sam)).toBe(true);
  });

  it.each([
    'stranger@gmail.com',
    'sam@client.example.net',
    'sdoe@client.example.net',
    'sam@gmail.com',
    'samuel.doering@gmail.com',
    'sales@gmail.com',
    '@gmail.com',
    'gmail.com',
    '',
  ])('%s does not', (address) => {
    expect(looksOwn(address, sam)).toBe(false);
  });

  it('is own when it is one of theirs, whatever it is called', () => {
    expect(
      looksOwn('xk47@mail.example.org', whose('Sam Doe', 'sam.doe@example.com', 'xk47@mail.example.org')),
    ).toBe(true);
  });

  it('is compared without accents, with the first and last of several names', () => {
    expect(looksOwn('jose.angel@gmail.com', jose)).toBe(true);
    expect(looksOwn('jnunez88@gmail.com', jose)).toBe(true);
    expect(looksOwn('jose@gmail.com', jose)).toBe(false);
  });

  it('is compared with a login of one word only where anybody can have a mailbox', () => {
    const anna = whose(undefined, 'annabel@example.com');
    expect(looksOwn('annabel@client.example.net', anna)).toBe(false);
    expect(looksOwn('annabel.x@gmail.com', anna)).toBe(true);
    const shared = whose(undefined, 'support@example.com');
    expect(looksOwn('support@gmail.com', shared)).toBe(false);
  });

  it('of nobody known is compared with what the account is called', () => {
    const { person: _, ...unknown } = sam;
    expect(looksOwn('sam.doe@gmail.com', unknown)).toBe(true);
  });

  it('may be of any length', () => {
    expect(looksOwn(`${'a.'.repeat(200_000)}@gmail.com`, sam)).toBe(false);
  });
});
