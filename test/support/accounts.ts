/** Changes to the accounts of invented people, and calls they make. */
import type { AccountChange, ApiActivity } from '../../lib/core/events/index.ts';
import type { Place } from '../../lib/core/places/place.ts';

export const SAM = 'sam.doe@example.com';
export const HELP_DESK = 'dana.okafor@example.com';

let sequence = 0;

export interface ChangeOptions extends Partial<AccountChange> {
  readonly at: number;
  /** Whose account; Sam's unless said. */
  readonly of?: string;
  /** Who did it; the owner unless said. */
  readonly by?: string;
  readonly place?: Place;
  readonly ip?: string;
}

export function changed(activity: AccountChange['activity'], options: ChangeOptions): AccountChange {
  const { at, of = SAM, by = of, place, ip = '198.51.100.7', ...rest } = options;
  sequence += 1;
  return {
    kind: 'account-change',
    time: at,
    source: 'okta',
    feed: 'system-log',
    uid: `change-${sequence}`,
    actor: { type: 'user', address: by },
    srcEndpoint: { ip, ...(place === undefined ? {} : { place }) },
    activity,
    status: 'success',
    user: { type: 'user', address: of },
    ...rest,
  };
}

/** A prompt for the second factor that was refused or not answered. */
export function refusal(options: ChangeOptions): AccountChange {
  return changed('mfa-challenge-denied', { status: 'failure', ...options });
}

export interface CallOptions extends Partial<ApiActivity> {
  readonly at: number;
  readonly arn?: string;
}

export const IAM_USER = 'arn:aws:iam::123456789012:user/ana.silva';
export const ROOT = 'arn:aws:iam::123456789012:root';

/** A call to AWS. */
export function call(purpose: ApiActivity['purpose'], options: CallOptions): ApiActivity {
  const { at, arn = IAM_USER, ...rest } = options;
  sequence += 1;
  return {
    kind: 'api-activity',
    time: at,
    source: 'aws',
    feed: 'cloudtrail',
    uid: `call-${sequence}`,
    actor: { type: 'user', accountUid: arn },
    operation: 'AnyCall',
    purpose,
    status: 'success',
    ...rest,
  };
}
