import { isOurs, isOutside } from '../../../../lib/core/detections/outside/addresses.ts';
import { isFreeMail } from '../../../../lib/core/detections/outside/free-mail.ts';

const whose = (
  domains: readonly string[],
  partnerDomains: readonly string[] = [],
  id = 'sam@example.com',
) => ({
  subject: { kind: 'person' as const, id },
  organization: { peopleCount: 1, domains, partnerDomains },
});

describe('who is outside', () => {
  it.each([
    ['a@example.com', false],
    ['A@Example.COM', false],
    ['a@eu.example.com', false],
    ['example.com', false],
    ['a@notexample.com', true],
    ['a@example.com.example.net', true],
    ['a@partner.example.org', false],
    ['a@x.partner.example.org', false],
    ['ann lee', false],
    ['ann', false],
    ['"Ann" a@b c.example.net', false],
    ['', false],
  ])('%s: %s', (address, outside) => {
    expect(isOutside(address, whose(['example.com'], ['partner.example.org']))).toBe(outside);
  });

  it('is told by the person’s own addresses where the organization has not said', () => {
    expect(isOutside('a@example.com', whose([]))).toBe(false);
    expect(isOutside('a@example.net', whose([]))).toBe(true);
    // A private address among theirs makes no colleague of everybody there.
    expect(isOutside('a@gmail.com', whose([], [], 'sam@gmail.com'))).toBe(true);
  });
});

describe('who is ours', () => {
  it('has an address of ours, or is an account without any', () => {
    expect(isOurs(whose(['example.com']))).toBe(true);
    expect(isOurs(whose(['example.com'], [], 'x@client.example.net'))).toBe(false);
    expect(isOurs(whose([], [], 'x@client.example.net'))).toBe(true);
    const account = { kind: 'account' as const, id: 'arn:aws:iam::123456789012:root' };
    expect(isOurs({ ...whose(['example.com']), subject: account })).toBe(true);
  });
});

describe('a mailbox anybody can have', () => {
  it.each([
    ['gmail.com', true],
    ['yahoo.co.jp', true],
    ['hotmail.fr', true],
    ['outlook.com.br', true],
    ['live.example.com', false],
    ['mygmail.com', false],
    ['example.com', false],
  ])('is of %s: %s', (domain, free) => expect(isFreeMail(domain)).toBe(free));
});
