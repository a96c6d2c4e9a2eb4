/** The applications `login` and `saml`: sign-ins, challenges, sign-outs, and what Google finds suspicious about them. */
import type { Actor, Authentication, SourceEvent, VendorFinding } from '../../core/events/index.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { accountChange, findAccountChange } from './account-change.ts';
import { activityFeed, eventBase, nameOf, personAt, type Activity, type Reader } from './activity.ts';
import { booleanParameter, textParameter, wordsParameter } from './parameters.ts';

/** Sign-ins by a program that already has a credential, or of which Google does not say more. */
const BY_PROGRAM: ReadonlySet<string> = new Set(['exchange', 'reauth', 'unknown']);

const SECOND_FACTORS: ReadonlySet<string> = new Set([
  'backup_code',
  'google_authenticator',
  'google_prompt',
  'idv_any_phone',
  'idv_preregistered_phone',
  'internal_two_factor',
  'offline_otp',
  'security_key',
  'security_key_otp',
]);

/** Events that are a finding, and how grave: what somebody else did with the account is high. */
const FINDINGS: ReadonlyMap<string, VendorFinding['level']> = new Map<string, VendorFinding['level']>([
  ['suspicious_login', 'medium'],
  ['suspicious_login_less_secure_app', 'medium'],
  ['suspicious_programmatic_login', 'medium'],
  ['user_signed_out_due_to_suspicious_session_cookie', 'high'],
  ['gov_attack_warning', 'high'],
  ['account_disabled_hijacked', 'high'],
  ['account_disabled_password_leak', 'high'],
  ['account_disabled_generic', 'medium'],
  ['account_disabled_spamming', 'medium'],
  ['account_disabled_spamming_through_relay', 'medium'],
  ['risky_sensitive_action_allowed', 'medium'],
  ['risky_sensitive_action_blocked', 'low'],
]);

const LOGIN: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['login_success', readSuccess],
  ['login_failure', readFailure],
  ['login_challenge', readChallenge],
  ['login_verification', readChallenge],
  ['logout', (_, activity, part) => signIn(activity, part, 'logoff', 'success')],
  ...[...FINDINGS].map(([name, level]): [string, Reader] => [
    name,
    (event, activity, part) => finding(event, activity, part, name, level),
  ]),
]);

const SAML: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['login_success', readTicket],
  ['login_failure', readTicket],
]);

/** People's own changes to their account are in this log as well as in `user_accounts`. */
export const login = activityFeed('login', ['login'], (name) => LOGIN.get(name) ?? findAccountChange(name));

export const saml = activityFeed('saml', ['saml'], (name) => SAML.get(name));

function readSuccess(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const [success] = signIn(activity, part, 'logon', 'success', whose(event, activity));
  if (success === undefined) return [];
  if (!isAtKeyboard(event)) success.interactive = false;
  const methods = wordsParameter(event, 'login_challenge_method');
  if (methods.some((method) => SECOND_FACTORS.has(method))) success.isMfa = true;
  else if (methods.length > 0 && methods.every((method) => method === 'password')) success.isMfa = false;
  if (booleanParameter(event, 'is_suspicious') !== true) return [success];
  return [success, ...finding(event, activity, activity.count + part, 'suspicious_login', 'medium')];
}

function readFailure(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const [failure] = signIn(activity, part, 'logon', 'failure', whose(event, activity));
  if (failure === undefined) return [];
  if (!isAtKeyboard(event)) failure.interactive = false;
  const type = textParameter(event, 'login_failure_type');
  if (type !== undefined) failure.statusDetail = type;
  // Google asks for a second factor only after the right password.
  if (secondFactorAsked(event) || type?.includes('2sv') === true || type?.includes('challenge') === true) {
    failure.isMfa = true;
    failure.firstFactorPassed = true;
  }
  return [failure];
}

/** A challenge that was passed is followed by a success, which says it all; a failed one may be followed by nothing. */
function readChallenge(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (textParameter(event, 'login_challenge_status')?.toLowerCase().includes('fail') !== true) return [];
  const [failure] = signIn(activity, part, 'logon', 'failure', whose(event, activity));
  if (failure === undefined) return [];
  const method = textParameter(event, 'login_challenge_method');
  if (method !== undefined) failure.statusDetail = method;
  if (method !== 'password') {
    failure.isMfa = true;
    failure.firstFactorPassed = true;
  }
  // Numbered after all of the record's own events.
  return method === 'google_prompt' ? [failure, ...deniedPrompt(activity, activity.count + part)] : [failure];
}

/** The person said no on their telephone, or nothing. */
function deniedPrompt(activity: Activity, part: number): readonly SourceEvent[] {
  const denied = accountChange(activity, part, 'mfa-challenge-denied', activity.actor, 'Google prompt');
  return denied.map((event) => ({ ...event, status: 'failure' }));
}

function readTicket(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const failureType = textParameter(event, 'failure_type');
  const failed = nameOf(event) === 'login_failure';
  const [ticket] = signIn(activity, part, 'service-ticket', failed ? 'failure' : 'success');
  if (ticket === undefined) return [];
  if (failureType !== undefined) ticket.statusDetail = failureType;
  const name = textParameter(event, 'application_name');
  if (name !== undefined) ticket.application = { name };
  return [ticket];
}

function signIn(
  activity: Activity,
  part: number,
  kind: Authentication['activity'],
  status: Authentication['status'],
  actor: Actor | undefined = activity.actor,
): Writable<Authentication>[] {
  if (actor === undefined) return [];
  const event = eventBase(activity, part, actor) as Writable<Authentication>;
  event.kind = 'authentication';
  event.activity = kind;
  event.status = status;
  event.interactive = actor.type === 'user';
  return [event];
}

function finding(
  event: RawRecord,
  activity: Activity,
  part: number,
  riskType: string,
  level: VendorFinding['level'],
): readonly SourceEvent[] {
  const user = personAt(textParameter(event, 'affected_email_address')) ?? activity.actor;
  if (user === undefined) return [];
  const found = eventBase(activity, part, user) as Writable<VendorFinding>;
  found.kind = 'detection-finding';
  found.riskType = riskType;
  found.level = level;
  found.state = 'at-risk';
  found.user = user;
  return [found];
}

function whose(event: RawRecord, activity: Activity): Actor | undefined {
  return activity.actor ?? personAt(textParameter(event, 'affected_email_address'));
}

function isAtKeyboard(event: RawRecord): boolean {
  return !wordsParameter(event, 'login_type').some((type) => BY_PROGRAM.has(type));
}

function secondFactorAsked(event: RawRecord): boolean {
  return wordsParameter(event, 'login_challenge_method').some((method) => SECOND_FACTORS.has(method));
}
