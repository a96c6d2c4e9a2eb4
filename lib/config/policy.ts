/** The policy and the networks of ringer.yaml, as the core and the address lookup take them. */
import type { Policy } from '../core/policy.ts';
import type { RingerConfig } from './schema.ts';

/** A way out to the Internet of the organization's own: an entry of `policy.egress`. */
export interface Egress {
  readonly name: string;
  /** Canonical: `203.0.113.0/24`, `2001:db8::/32`. */
  readonly cidrs: readonly string[];
  readonly kind: 'office' | 'vpn' | 'sase';
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly city?: string;
}

/** Gives what the organization allows and has approved. */
export function toPolicy(config: Pick<RingerConfig, 'policy' | 'approvals'>): Policy {
  const { egress: _egress, serviceAccounts, ...rest } = config.policy;
  return { ...rest, serviceAccounts: new Set(serviceAccounts), approvals: config.approvals };
}

/** Gives the organization's own networks. */
export function toEgress(config: Pick<RingerConfig, 'policy'>): readonly Egress[] {
  return config.policy.egress;
}
