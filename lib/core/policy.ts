/** What the organization allows and has approved: the `policy` and `approvals` of ringer.yaml, read. */
import type { Person } from './people/person.ts';
import type { EpochMs } from './time.ts';

export interface Policy {
  readonly workCountries: readonly string[];
  readonly deniedCountries: readonly string[];
  readonly remoteTools: readonly Allowed[];
  readonly software: readonly Allowed[];
  /** In Okta's spelling. */
  readonly vpnOperators: readonly string[];
  /** E-mail, ARN or client id, lower case. */
  readonly serviceAccounts: ReadonlySet<string>;
  readonly schedules: readonly Schedule[];
  readonly approvals: readonly Approval[];
}

/** A product everybody, or those named, may use. */
export interface Allowed {
  readonly name: string;
  readonly for?: For;
}

export interface For {
  readonly people?: readonly string[];
  readonly departments?: readonly string[];
  readonly devices?: readonly string[];
}

export interface Schedule {
  readonly for?: For;
  /** Minutes after local midnight. */
  readonly startMinute: number;
  readonly endMinute: number;
  readonly timeZone: string;
}

export type ApprovalKind =
  'travel' | 'location' | 'tool' | 'software' | 'egress' | 'bulk' | 'sharing' | 'leave';

/** A recorded exception with an end and a reason. */
export interface Approval {
  readonly kind: ApprovalKind;
  readonly for: For;
  readonly country?: string;
  readonly city?: string;
  readonly name?: string;
  readonly from?: EpochMs;
  readonly until: EpochMs;
  readonly reason: string;
  readonly owner?: string;
}

export const NO_POLICY: Policy = {
  workCountries: [],
  deniedCountries: [],
  remoteTools: [],
  software: [],
  vpnOperators: [],
  serviceAccounts: new Set(),
  schedules: [],
  approvals: [],
};

/**
 * Tells whether a `for` covers a person or a device. Without a `for`, everybody is covered; an empty one covers nobody.
 *
 * Compares without regard to case; people by any of their addresses.
 */
export function covers(
  scope: For | undefined,
  who: { person?: Person | undefined; device?: string | undefined },
): boolean {
  if (scope === undefined) return true;
  const { person, device } = who;
  return (
    (person !== undefined &&
      (scope.people ?? []).some((address) => person.addresses.includes(address.toLowerCase()))) ||
    (person?.department !== undefined && includesText(scope.departments, person.department)) ||
    (device !== undefined && includesText(scope.devices, device))
  );
}

/** Tells whether two names are the same but for case and surrounding space. */
export function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function includesText(list: readonly string[] | undefined, text: string): boolean {
  return (list ?? []).some((entry) => sameName(entry, text));
}
