/** Second accounts of one person: administrators have one for their duties, and enrol one telephone for both. */

/** Words that an account for duties has beside its owner's name. */
const DUTIES: ReadonlySet<string> = new Set(
  'a adm admin administrator da ga ea pa sa priv privileged su super root t0 t1 t2 tier0 tier1 tier2 cloud azure az entra okta gws aws test tst dev ext svc emergency'.split(
    ' ',
  ),
);

/**
 * Gives the part of an address that two accounts of one owner share.
 *
 * @example ownerName('adm-jane.doe@example.com') // => 'janedoe'
 * @example ownerName('jane.doe@example.onmicrosoft.com') // => 'janedoe'
 */
export function ownerName(address: string): string {
  const at = address.lastIndexOf('@');
  const local = (at < 0 ? address : address.slice(0, at)).toLowerCase();
  const words = local.split(/[._+-]+/).filter((word) => !DUTIES.has(word));
  return words.length === 0 ? local : words.join('');
}
