/** Tells a change to one's own account from one that somebody else made. */
import type { AccountChange, Actor } from '../../events/index.ts';
import type { Person } from '../../people/person.ts';

/**
 * Names who changed the account, when that was another person than its owner.
 *
 * @returns `undefined` for the owner, for a program (a provider's own, often on the owner's behalf), and where the record
 * names nobody
 */
export function somebodyElse({ actor, user }: AccountChange, person: Person | undefined): string | undefined {
  if (actor === undefined || actor.type === 'service') return undefined;
  if (actor.accountUid !== undefined && actor.accountUid === user.accountUid) return undefined;
  const owner = new Set([...namesOf(user), ...(person?.addresses ?? [])]);
  // An IAM user has a bare name; its owner in an assumed role is known by a session's name or an address.
  if (user.name !== undefined) owner.add(user.name.toLowerCase());
  if (namesOf(actor).some((name) => owner.has(name) || owner.has(localPart(name)))) return undefined;
  return actor.address ?? actor.sessionName ?? actor.name ?? actor.accountUid;
}

function namesOf({ address, otherAddresses = [], sessionName }: Actor): readonly string[] {
  return [address, ...otherAddresses, sessionName]
    .filter((name) => name !== undefined)
    .map((name) => name.toLowerCase());
}

function localPart(name: string): string {
  const at = name.lastIndexOf('@');
  return at < 0 ? name : name.slice(0, at);
}
