/** What people change of their own account: second factors, recovery, password, forwarding. Application `user_accounts`. */
import type { AccountChange, Actor, ApiActivity, SourceEvent } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, nameOf, type Activity, type Reader } from './activity.ts';
import { textParameter } from './parameters.ts';

/** What becomes of an account, and of which factor. */
export type Change = readonly [activity: AccountChange['activity'], factor?: string];

const OWN_CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['2sv_enroll', ['mfa-factor-enable', '2-step verification']],
  ['2sv_disable', ['mfa-factor-disable', '2-step verification']],
  ['titanium_enroll', ['mfa-factor-enable', 'Advanced Protection']],
  ['titanium_unenroll', ['mfa-factor-disable', 'Advanced Protection']],
  ['passkey_enrolled', ['mfa-factor-enable', 'passkey']],
  ['passkey_removed', ['mfa-factor-disable', 'passkey']],
  ['password_edit', ['password-change']],
  ['recovery_email_edit', ['recovery-change']],
  ['recovery_phone_edit', ['recovery-change']],
  ['recovery_secret_qa_edit', ['recovery-change']],
]);

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...[...OWN_CHANGES].map(([name, [kind, factor]]): [string, Reader] => [
    name,
    (_, activity, part) => accountChange(activity, part, kind, activity.actor, factor),
  ]),
  ['email_forwarding_out_of_domain', readForwarding],
]);

export const userAccounts = activityFeed('user_accounts', ['user_accounts'], findAccountChange);

/** Finds the reader of a change people make to their own account. */
export function findAccountChange(name: string): Reader | undefined {
  return READERS.get(name);
}

/** Makes a change of somebody's account; nothing when it is not said whose. */
export function accountChange(
  activity: Activity,
  part: number,
  kind: AccountChange['activity'],
  user: Actor | undefined,
  factor?: string,
): readonly AccountChange[] {
  if (user === undefined) return [];
  const event = eventBase(activity, part) as Writable<AccountChange>;
  event.kind = 'account-change';
  event.activity = kind;
  event.status = 'success';
  event.user = user;
  if (factor !== undefined) event.factor = factor;
  return [event];
}

function readForwarding(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (activity.actor === undefined) return [];
  const forwarding = eventBase(activity, part) as Writable<ApiActivity>;
  forwarding.kind = 'api-activity';
  forwarding.operation = nameOf(event);
  forwarding.purpose = 'mail-forwarding';
  forwarding.status = 'success';
  const target = emailOf(textParameter(event, 'email_forwarding_destination_address'));
  if (target !== undefined) forwarding.targets = [target];
  return [forwarding];
}
