/** Who is outside the organization. What its policy says of a domain wins over what a vendor's record says. */
import type { Context } from '../contract.ts';
import { isFreeMail } from './free-mail.ts';

/** What is asked of the context: an outsider is one to somebody. */
export type Whose = Pick<Context, 'organization' | 'person' | 'subject'>;

/** An address or a bare domain is looked at no further than this; no real one is longer (RFC 5321). */
const LONGEST_ADDRESS = 320;

/**
 * Gives what follows the last @; a text without one is a domain itself.
 *
 * @example domainOf('ann@mail.example.com') // => 'mail.example.com'
 */
export function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
}

/**
 * Tells whether an address, or a bare domain, is neither the organization's nor a partner's. A domain counts with all
 * below it. Where the organization has not said who is inside, the domains of the person's own addresses are.
 *
 * A name without a domain (`jane roe`) is nobody outside: it is how a directory names its own.
 */
export function isOutside(address: string, whose: Whose): boolean {
  const domain = domainOf(address.slice(-LONGEST_ADDRESS));
  if (!domain.includes('.') || /\s/.test(domain)) return false;
  const { domains, partnerDomains } = whose.organization;
  const inside = domains.length > 0 ? domains : ownDomains(whose);
  return ![...inside, ...partnerDomains].some((each) => isWithin(domain, each));
}

/**
 * Tells whether the subject is one of the organization's: what others do with what was shared with them is their own
 * organization's to watch. Somebody without an address is an account of ours.
 */
export function isOurs(whose: Whose): boolean {
  const { domains } = whose.organization;
  const addresses = whose.person?.addresses ?? [whose.subject.id];
  if (whose.subject.kind !== 'person' || domains.length === 0) return true;
  return addresses.some((address) => domains.some((each) => isWithin(domainOf(address), each)));
}

/** A mailbox anybody can have says nothing of whom its owner works for. */
function ownDomains({ person, subject }: Whose): readonly string[] {
  const addresses = person?.addresses ?? (subject.kind === 'person' ? [subject.id] : []);
  return addresses
    .filter((each) => each.includes('@'))
    .map(domainOf)
    .filter((each) => !isFreeMail(each));
}

function isWithin(domain: string, of: string): boolean {
  return domain === of || domain.endsWith(`.${of}`);
}
