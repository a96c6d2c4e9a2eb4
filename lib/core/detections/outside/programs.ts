import type { Actor, Application } from '../../events/index.ts';
import type { Policy } from '../../policy.ts';

/** Tells whether a program did it: the record says so, or `policy.serviceAccounts` names its account or application. */
export function isProgram(
  { actor, application }: { readonly actor?: Actor; readonly application?: Application },
  { serviceAccounts }: Policy,
): boolean {
  if (actor?.type === 'service') return true;
  if (serviceAccounts.size === 0) return false;
  const names = [actor?.address, actor?.accountUid, actor?.name, application?.uid];
  return names.some((name) => name !== undefined && serviceAccounts.has(name.toLowerCase()));
}
