/** Changes to accounts, factors and privileges, authenticators registered, and pushes refused. */
import type { AccountChange, Device, SourceEvent } from '../../core/events/index.ts';
import { phoneUid } from '../authenticators.ts';
import { idAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { eventBase, findTarget, findTargetUser, type LogEvent } from './log-event.ts';

/** Event types that change an account, and what they do to it. */
export const ACCOUNT_CHANGES: ReadonlyMap<string, AccountChange['activity']> = new Map<
  string,
  AccountChange['activity']
>([
  ['user.lifecycle.create', 'create'],
  ['user.lifecycle.activate', 'enable'],
  ['user.lifecycle.reactivate', 'enable'],
  ['user.lifecycle.unsuspend', 'enable'],
  ['user.lifecycle.deactivate', 'disable'],
  ['user.lifecycle.suspend', 'disable'],
  ['user.lifecycle.delete.completed', 'delete'],
  ['user.account.lock', 'lock'],
  ['user.account.lock.limit', 'lock'],
  ['user.account.unlock', 'unlock'],
  ['user.account.unlock_by_admin', 'unlock'],
  ['user.account.update_password', 'password-change'],
  ['user.account.reset_password', 'password-reset'],
  ['user.account.update_primary_email', 'recovery-change'],
  ['user.account.update_secondary_email', 'recovery-change'],
  ['user.account.privilege.grant', 'privilege-grant'],
  ['user.account.privilege.revoke', 'privilege-revoke'],
  ['user.mfa.factor.activate', 'mfa-factor-enable'],
  ['user.mfa.factor.unsuspend', 'mfa-factor-enable'],
  ['user.mfa.factor.deactivate', 'mfa-factor-disable'],
  ['user.mfa.factor.suspend', 'mfa-factor-disable'],
  ['user.mfa.factor.reset_all', 'mfa-factor-reset-all'],
  ['user.mfa.okta_verify.deny_push', 'mfa-challenge-denied'],
  ['device.enrollment.create', 'device-register'],
  ['device.user.add', 'device-register'],
  ['system.sms.send_phone_verification_message', 'device-register'],
  ['system.voice.send_phone_verification_call', 'device-register'],
]);

/** A code is sent to a telephone that somebody is about to enrol. */
const PHONE_VERIFICATIONS: ReadonlySet<string> = new Set([
  'system.sms.send_phone_verification_message',
  'system.voice.send_phone_verification_call',
]);

/** `User reset FIDO_WEBAUTHN factor` */
const FACTOR_IN_REASON = /\b([A-Z][A-Z0-9_]{2,60}) factor\b/;

/** Makes the change. It is about the target, or about who acted when people change their own. */
export function readAccountChange(log: LogEvent): readonly SourceEvent[] {
  const activity = ACCOUNT_CHANGES.get(log.type);
  if (activity === undefined) return [];
  const status = statusOf(activity, log);
  return status === undefined ? [] : change(log, activity, status);
}

/** Okta gives the outcome of the sign-in that was going on: it failed, and so the account was locked. */
function statusOf(activity: AccountChange['activity'], log: LogEvent): AccountChange['status'] | undefined {
  if (activity === 'lock') return 'success';
  return activity === 'mfa-challenge-denied' ? 'failure' : log.status;
}

/**
 * Makes a refused push of a failed factor. Identity Engine has no event of its own for it: there is no code to get
 * wrong, so wrong credentials mean that the person said no, or let it run out.
 */
export function deniedPush(log: LogEvent, part: number): readonly SourceEvent[] {
  if (log.type !== 'user.authentication.auth_via_mfa' || log.status !== 'failure') return [];
  if (textAt(log.debugData, 'factor') !== 'OKTA_VERIFY_PUSH') return [];
  return change(log, 'mfa-challenge-denied', 'failure').map((event) => ({ ...event, part }));
}

function change(
  log: LogEvent,
  activity: AccountChange['activity'],
  status: AccountChange['status'],
): AccountChange[] {
  const user = findTargetUser(log.record) ?? (log.actor?.type === 'user' ? log.actor : undefined);
  if (user === undefined) return [];
  const phone = PHONE_VERIFICATIONS.has(log.type) ? phoneToVerify(log) : undefined;
  if (phone === undefined && PHONE_VERIFICATIONS.has(log.type)) return [];
  const event = eventBase(log) as Writable<AccountChange>;
  event.kind = 'account-change';
  event.activity = activity;
  event.status = status;
  event.user = user;
  if (phone !== undefined) {
    event.factor = 'phone';
    event.authenticatorUid = phone;
  } else if (activity === 'device-register') {
    readAuthenticator(event, log.record);
  } else if (activity.startsWith('mfa-')) {
    const factor = readFactor(log);
    if (factor !== undefined) event.factor = factor;
  } else if (activity.startsWith('privilege-')) {
    const privilege = textAt(log.debugData, 'privilegeGranted') ?? textAt(log.debugData, 'privilegeRevoked');
    if (privilege !== undefined) event.privilege = privilege;
  }
  return [event];
}

/**
 * Names the telephone that a code was sent to. Classic Engine has it as a target, Identity Engine in the debug data.
 *
 * @see https://developer.okta.com/docs/guides/oie-upgrade-event-hooks/main/
 */
function phoneToVerify({ record, debugData }: LogEvent): string | undefined {
  const target = findTarget(record, (type) => type === 'MobilePhone');
  const uid = idAt(target, 'id');
  return (
    phoneUid(textAt(debugData, 'phoneNumber')) ??
    phoneUid(textAt(target, 'alternateId')) ??
    (uid === undefined ? undefined : `phone:${uid}`)
  );
}

function readAuthenticator(event: Writable<AccountChange>, record: RawRecord): void {
  const target = findTarget(record, isDevice);
  const uid = idAt(target, 'id') ?? event.device?.uid;
  if (uid === undefined) return;
  event.authenticatorUid = uid;
  const name = textAt(target, 'displayName');
  const device: Writable<Device> = { ...(event.device?.uid === uid ? event.device : {}), uid };
  if (name !== undefined) device.name = name;
  event.device = device;
}

function isDevice(type: string): boolean {
  return type === 'UDDevice' || type === 'Device' || type === 'DEVICE';
}

function readFactor(log: LogEvent): string | undefined {
  return (
    textAt(log.debugData, 'factor') ??
    textAt(findTarget(log.record, isEnrollment), 'displayName') ??
    (log.reason === undefined ? undefined : FACTOR_IN_REASON.exec(log.reason)?.[1])
  );
}

function isEnrollment(type: string): boolean {
  return type === 'AuthenticatorEnrollment' || type === 'AuthenticatorMethod';
}
