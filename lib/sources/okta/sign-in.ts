/** Sign-ins to Okta and through it, policy verdicts, and sign-outs. */
import type { Actor, Application, Authentication, SourceEvent } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { idAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { deniedPush } from './account-change.ts';
import { eventBase, findTarget, findTargetUser, type LogEvent } from './log-event.ts';
import { riskOfSignIn } from './risk.ts';

interface SignIn {
  readonly activity: Authentication['activity'];
  /** The address is an agent's, a VPN concentrator's or a mail service's, not the person's. */
  readonly byProgram?: true;
  /** A policy refused it, so that the factors before were right. */
  readonly refused?: true;
}

/** Event types that are a sign-in, and how to read them. */
export const SIGN_INS: ReadonlyMap<string, SignIn> = new Map<string, SignIn>([
  ['user.session.start', { activity: 'logon' }],
  ['user.session.end', { activity: 'logoff' }],
  ['user.authentication.slo', { activity: 'logoff' }],
  ['policy.evaluate_sign_on', { activity: 'preauth' }],
  ['application.policy.sign_on.deny_access', { activity: 'preauth', refused: true }],
  ['user.authentication.sso', { activity: 'service-ticket' }],
  ['app.oauth2.signon', { activity: 'service-ticket' }],
  ['user.authentication.auth', { activity: 'logon' }],
  ['user.authentication.auth_via_mfa', { activity: 'logon' }],
  ['user.authentication.auth_via_IDP', { activity: 'logon' }],
  ['user.authentication.auth_via_social', { activity: 'logon' }],
  ['user.authentication.auth_via_inbound_SAML', { activity: 'logon' }],
  ['user.authentication.auth_via_iwa', { activity: 'logon' }],
  ['user.authentication.authenticate', { activity: 'logon' }],
  ['user.authentication.verify', { activity: 'logon' }],
  ['user.authentication.auth_via_AD_agent', { activity: 'logon', byProgram: true }],
  ['user.authentication.auth_via_LDAP_agent', { activity: 'logon', byProgram: true }],
  ['user.authentication.auth_via_inbound_delauth', { activity: 'logon', byProgram: true }],
  ['user.authentication.auth_via_radius', { activity: 'logon', byProgram: true }],
  ['user.authentication.auth_via_richclient', { activity: 'logon', byProgram: true }],
]);

/** Steps that come after the password: Classic's sign-in call, and the answer to a challenge of Identity Engine. */
const AFTER_PASSWORD: readonly string[] = ['/api/v1/authn', '/idp/idx/challenge/answer'];

/** Makes the sign-in, and what Okta says of a person's risk; a refused push is also a change of its own. */
export function readSignIn(log: LogEvent): readonly SourceEvent[] {
  const signIn = SIGN_INS.get(log.type);
  const actor = person(log);
  if (signIn === undefined || log.status === undefined || actor === undefined) return [];
  const event = eventBase(log, actor) as Writable<Authentication>;
  event.kind = 'authentication';
  event.activity = signIn.activity;
  event.status = log.status;
  if (log.reason !== undefined) event.statusDetail = log.reason;
  event.interactive = signIn.byProgram !== true && actor.type === 'user' && !isByToken(log.record);
  readFactors(event, log, signIn);
  const application = readApplication(log.record);
  if (application !== undefined) event.application = application;
  const session = idAt(objectAt(log.record, 'authenticationContext'), 'externalSessionId');
  if (session !== undefined) event.session = session;
  const userAgent = textAt(objectAt(objectAt(log.record, 'client'), 'userAgent'), 'rawUserAgent');
  if (userAgent !== undefined) event.userAgent = userAgent;
  // Of a sign-in by a program, Okta weighed a server's address, not the person's.
  return [event, ...deniedPush(log, 1), ...(event.interactive ? riskOfSignIn(log, 2) : [])];
}

function person(log: LogEvent): Actor | undefined {
  return log.actor?.type === 'user' ? log.actor : (findTargetUser(log.record) ?? log.actor);
}

/** An API token signed in on somebody's behalf: the address is that of a server. */
function isByToken(record: RawRecord): boolean {
  const transaction = objectAt(record, 'transaction');
  return (
    transaction?.['type'] === 'JOB' ||
    idAt(objectAt(transaction, 'detail'), 'requestApiTokenId') !== undefined
  );
}

function readFactors(event: Writable<Authentication>, log: LogEvent, signIn: SignIn): void {
  if (log.type === 'user.authentication.auth_via_mfa') {
    const factor = textAt(log.debugData, 'factor');
    // Identity Engine reports the password by this event too: whoever has it is not in yet.
    if (factor?.startsWith('PASSWORD') === true) {
      event.activity = 'preauth';
      if (log.status === 'success') event.firstFactorPassed = true;
      return;
    }
    event.isMfa = true;
    if (log.status === 'failure' && !canComeFirst(factor)) event.firstFactorPassed = true;
  } else if (log.status === 'failure' && signIn.activity === 'preauth') {
    if (signIn.refused === true || isAfterPassword(log)) event.firstFactorPassed = true;
  }
}

/** Factors people sign in with instead of a password: a failure says nothing of an earlier one. */
function canComeFirst(factor: string | undefined): boolean {
  return (
    factor === 'SIGNED_NONCE' ||
    factor?.startsWith('FIDO') === true ||
    factor?.startsWith('WEBAUTHN') === true
  );
}

function isAfterPassword(log: LogEvent): boolean {
  if (objectAt(log.record, 'authenticationContext')?.['credentialType'] === 'PASSWORD') return true;
  if (findTarget(log.record, isEnrollment)?.['displayName'] === 'Password') return true;
  const uri = textAt(log.debugData, 'requestUri');
  return uri !== undefined && AFTER_PASSWORD.some((step) => uri.startsWith(step));
}

function isEnrollment(type: string): boolean {
  return type === 'AuthenticatorEnrollment';
}

function readApplication(record: RawRecord): Application | undefined {
  const target = findTarget(record, (type) => type === 'AppInstance');
  return applicationOf(idAt(target, 'id'), textAt(target, 'displayName'));
}
