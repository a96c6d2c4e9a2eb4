/** Nobody approves their own exception. */
import { normalAddress } from '../core/people/address-groups.ts';
import type { Person } from '../core/people/person.ts';
import { covers, type For } from '../core/policy.ts';

/**
 * Tells whether an approval would cover whoever records it.
 *
 * A session and a machine name people by their address or its local part, so that the same local part is taken for the
 * same person: a namesake has to ask somebody else, too. Whose a device is, is not known here.
 *
 * @param caller - name of the session, user or account
 * @param people - with them, other addresses and departments are known
 * @returns what names the caller
 */
export function coversCaller(scope: For, caller: string, people: readonly Person[]): string | undefined {
  const isCaller = (address: string): boolean => isSamePerson(address, caller);
  return (
    scope.people?.find(isCaller) ??
    people.find((person) => person.addresses.some(isCaller) && covers(scope, { person }))?.id
  );
}

function isSamePerson(a: string, b: string): boolean {
  return localPart(a) === localPart(b);
}

function localPart(address: string): string {
  return normalAddress(address).split('@', 1)[0] ?? '';
}
