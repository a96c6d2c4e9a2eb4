import type { Application } from './authentication.ts';
import type { Actor, EventBase } from './event.ts';

/** A change to how somebody proves who they are, or to their account. OCSF Account Change (3001). */
export interface AccountChange extends EventBase {
  readonly kind: 'account-change';
  readonly activity:
    | 'create'
    | 'enable'
    | 'disable'
    | 'delete'
    | 'lock'
    | 'unlock'
    | 'password-change'
    | 'password-reset'
    | 'mfa-factor-enable'
    | 'mfa-factor-disable'
    | 'mfa-factor-reset-all'
    | 'recovery-change'
    | 'privilege-grant'
    | 'privilege-revoke'
    | 'device-register'
    | 'mfa-challenge-denied';
  readonly status: 'success' | 'failure';
  /** Whose account it is (OCSF `user`); `actor` is who did it. */
  readonly user: Actor;
  readonly factor?: string;
  readonly privilege?: string;
  /** The vendor's id of the authenticator or device registered. */
  readonly authenticatorUid?: string;
}

/** Consent given to an application. OCSF API Activity (6003), Create. */
export interface OauthConsent extends EventBase {
  readonly kind: 'oauth-consent';
  readonly activity: 'grant' | 'revoke';
  readonly application: Application;
  readonly scopes: readonly string[];
  /** The consent speaks for everybody in the organization. */
  readonly forEveryone?: boolean;
}

/** A setting changed or a resource touched through an API. OCSF API Activity (6003). */
export interface ApiActivity extends EventBase {
  readonly kind: 'api-activity';
  /** OCSF `api.operation`: the vendor's own name. */
  readonly operation: string;
  readonly purpose: ApiPurpose;
  readonly status: 'success' | 'failure';
  readonly resource?: Resource;
  /** Addresses, accounts, domains or services the change points to, lower case. */
  readonly targets?: readonly string[];
  /** What an export holds, in the vendor's words: `Drive`, `Mail`. */
  readonly contents?: readonly string[];
  /** It takes back what the purpose names: the forwarding is gone, the access closed. */
  readonly revokes?: true;
  /** Access key used (AWS), for following one key across networks. */
  readonly accessKeyUid?: string;
  readonly userAgent?: string;
}

/** What the change means to the catalogue, whatever the vendor calls it. */
export type ApiPurpose =
  | 'mail-forwarding'
  | 'bulk-export'
  | 'public-exposure'
  | 'external-access'
  | 'access-key-create'
  | 'root-use'
  | 'audit-log-change'
  | 'security-policy-change'
  /** Second factors are no longer asked for, or one of their kinds is gone, for everybody a policy is about. */
  | 'mfa-policy-off';

export interface Resource {
  readonly type: string;
  readonly uid: string;
  readonly name?: string;
}

/** A risk the vendor itself reports about a person. OCSF Detection Finding (2004). */
export interface VendorFinding extends EventBase {
  readonly kind: 'detection-finding';
  /** The vendor's own name of the risk: `unlikelyTravel`, `suspicious_login`. */
  readonly riskType: string;
  readonly level: 'low' | 'medium' | 'high' | 'hidden';
  readonly state: 'at-risk' | 'dismissed' | 'remediated' | 'confirmed';
  readonly user: Actor;
}
