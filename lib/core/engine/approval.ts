import type { Approvable } from '../detections/contract.ts';
import type { Person } from '../people/person.ts';
import { covers, sameName, type Approval, type Policy } from '../policy.ts';
import { dayOf, type EpochMs } from '../time.ts';

/**
 * Finds the recorded approval that covers a finding at the time of its event, and says so in a sentence for `why`.
 *
 * An approval without a name, country or city covers any. An expired one, or one not yet begun, covers nothing.
 */
export function approvalFor(
  approvable: Approvable | undefined,
  time: EpochMs,
  policy: Policy,
  person: Person | undefined,
): string | undefined {
  if (approvable === undefined) return undefined;
  const approval = policy.approvals.find((each) => matches(each, approvable, time, person));
  if (approval === undefined) return undefined;
  const owner = approval.owner === undefined ? '' : ` by ${approval.owner}`;
  return `Approved${owner} until ${dayOf(approval.until)}: ${approval.reason}`;
}

function matches(
  approval: Approval,
  approvable: Approvable,
  time: EpochMs,
  person: Person | undefined,
): boolean {
  if (![approvable.kind].flat().includes(approval.kind)) return false;
  if (time > approval.until || time < (approval.from ?? -Infinity)) return false;
  if (
    approval.name !== undefined &&
    !(approvable.names ?? []).some((name) => sameName(name, approval.name ?? ''))
  )
    return false;
  if (approval.country !== undefined && !(approvable.countries ?? []).includes(approval.country))
    return false;
  if (
    approval.city !== undefined &&
    !(approvable.cities ?? []).some((city) => sameName(city, approval.city ?? ''))
  )
    return false;
  if (approvable.people !== undefined)
    return approvable.people.every((address) => covers(approval.for, { person: namedOnly(address) }));
  return [undefined, ...(approvable.devices ?? [])].some((device) =>
    covers(approval.for, { person, device }),
  );
}

/** Somebody of whom an address knows no more than who they are. */
function namedOnly(address: string): Person {
  return { id: address, addresses: [address], onRoster: false };
}
