/** Okta's System Log: sign-ins, second factors, devices, and what administrators do. */
import type { EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Laptop, Phone } from '../staff.ts';
import { letters } from './ids.ts';
import { logEvent, userTarget } from './okta-log.ts';

export type Factor = 'OKTA_VERIFY_PUSH' | 'FIDO_WEBAUTHN' | 'TOKEN_SOFTWARE_TOTP' | 'SMS_FACTOR';

/** A session begins, or does not: with `failure`, for that reason. */
export function sessionStart(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { device, failure }: { readonly device?: Laptop | Phone; readonly failure?: string } = {},
): RawRecord {
  return logEvent(who, at, from, random, {
    type: 'user.session.start',
    message: 'User login to Okta',
    legacyType: failure === undefined ? 'core.user_auth.login_success' : 'core.user_auth.login_failed',
    ...(failure !== undefined && { result: 'FAILURE', reason: failure, hasSession: false }),
    ...(device !== undefined && { device }),
    target: [appTarget('Okta Dashboard', random)],
  });
}

/** An application is opened through Okta. */
export function singleSignOn(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { application, device }: { readonly application: string; readonly device?: Laptop | Phone },
): RawRecord {
  return logEvent(who, at, from, random, {
    type: 'user.authentication.sso',
    message: 'User single sign on to app',
    legacyType: 'app.auth.sso',
    ...(device !== undefined && { device }),
    debugData: { requestUri: '/app/sso/saml' },
    target: [appTarget(application, random)],
  });
}

/** A second factor is answered; with `failure`, wrongly, or with no. */
export function factorVerified(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    factor = 'OKTA_VERIFY_PUSH',
    device,
    failure,
  }: { readonly factor?: Factor; readonly device?: Laptop | Phone; readonly failure?: string } = {},
): RawRecord {
  return logEvent(who, at, from, random, {
    type: 'user.authentication.auth_via_mfa',
    message: 'Authentication of user via MFA',
    legacyType: `core.user.factor.attempt_${failure === undefined ? 'success' : 'fail'}`,
    ...(failure !== undefined && { result: 'FAILURE', reason: failure }),
    ...(device !== undefined && { device }),
    debugData: { factor, factorIntent: 'AUTHENTICATION', requestUri: '/idp/idx/challenge/answer' },
    target: [userTarget(who)],
  });
}

/** A policy lets a sign-in through, asks for more, or refuses it after the right password. */
export function policyEvaluated(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { result, device }: { readonly result: 'ALLOW' | 'CHALLENGE' | 'DENY'; readonly device?: Laptop | Phone },
): RawRecord {
  return logEvent(who, at, from, random, {
    type: 'policy.evaluate_sign_on',
    message: 'Evaluation of sign-on policy',
    result,
    reason: `Sign-on policy evaluation resulted in ${result}`,
    ...(device !== undefined && { device }),
    debugData: { requestUri: '/idp/idx/challenge/answer' },
    target: [
      appTarget('Okta Dashboard', random),
      {
        id: 'rstexample',
        type: 'Rule',
        alternateId: 'unknown',
        displayName: 'Catch-all Rule',
        detailEntry: null,
      },
    ],
  });
}

/** A second factor is put on or taken off; by its owner unless `of` says whose it is. */
export function factorChanged(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    change,
    factor = 'OKTA_VERIFY_PUSH',
    of = who,
    device,
  }: {
    readonly change: 'activate' | 'deactivate';
    readonly factor?: Factor;
    readonly of?: Account;
    readonly device?: Laptop | Phone;
  },
): RawRecord {
  const done = change === 'activate' ? 'set up' : 'reset';
  return logEvent(who, at, from, random, {
    type: `user.mfa.factor.${change}`,
    message: `${change === 'activate' ? 'Enroll' : 'Reset'} factor for user`,
    legacyType: `core.user.factor.${change}`,
    reason: `User ${done} ${factor} factor`,
    ...(device !== undefined && { device }),
    debugData: { factor },
    target: [userTarget(of)],
  });
}

/** All second factors of somebody are reset by an administrator. */
export function factorsReset(
  by: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { of }: { readonly of: Account },
): RawRecord {
  return logEvent(by, at, from, random, {
    type: 'user.mfa.factor.reset_all',
    message: 'Reset all factors for user',
    legacyType: 'core.user.factor.reset_all',
    target: [userTarget(of)],
  });
}

/** A phone or computer becomes an authenticator of somebody. */
export function deviceEnrolled(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { device }: { readonly device: Laptop | Phone },
): RawRecord {
  return logEvent(who, at, from, random, {
    type: 'device.enrollment.create',
    message: 'Create device enrollment',
    device,
    target: [
      { id: device.oktaId, type: 'UDDevice', alternateId: null, displayName: device.name, detailEntry: null },
      userTarget(who),
    ],
  });
}

/** A report is exported from the console. */
export function reportExported(
  by: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { report = 'Okta Usage', device }: { readonly report?: string; readonly device?: Laptop } = {},
): RawRecord {
  return logEvent(by, at, from, random, {
    type: 'analytics.reports.export.download',
    message: 'Download report export',
    ...(device !== undefined && { device }),
    target: [
      {
        id: `rep${letters(random, 17)}`,
        type: 'Report',
        alternateId: 'unknown',
        displayName: report,
        detailEntry: null,
      },
    ],
  });
}

export type LifecycleChange = 'create' | 'activate' | 'suspend' | 'deactivate';

/** An account is opened, suspended or closed. */
export function lifecycleChanged(
  by: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { change, of }: { readonly change: LifecycleChange; readonly of: Account },
): RawRecord {
  return logEvent(by, at, from, random, {
    type: `user.lifecycle.${change}`,
    message: `${change} Okta user`,
    legacyType: `core.user.config.user_${change}.success`,
    target: [userTarget(of)],
  });
}

/** Somebody is made an administrator. */
export function privilegeGranted(
  by: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { of, privilege }: { readonly of: Account; readonly privilege: string },
): RawRecord {
  return logEvent(by, at, from, random, {
    type: 'user.account.privilege.grant',
    message: 'Grant user privilege',
    debugData: { privilegeGranted: privilege },
    target: [userTarget(of)],
  });
}

function appTarget(name: string, random: Random): RawRecord {
  return {
    id: `0oa${letters(random, 17)}`,
    type: 'AppInstance',
    alternateId: name,
    displayName: name,
    detailEntry: { signOnModeType: 'SAML_2_0' },
  };
}
