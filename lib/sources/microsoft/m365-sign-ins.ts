/** Sign-ins as Microsoft 365's audit log has them: without a place, but there without an Entra P1 licence. */
import type { AccountChange, Authentication, Device } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { idAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { namedValue } from './audit-properties.ts';
import type { M365Base, M365Reader } from './m365-record.ts';
import { firstFactorPassed } from './sign-in-errors.ts';

/** Requests a browser makes while somebody signs in; `OAuth2:Token` and the like are programs renewing tokens. */
const AT_A_KEYBOARD: readonly string[] = [
  'login:',
  'sas:',
  'oauth2:authorize',
  'saml2:',
  'wsfed:',
  'kmsi:',
  'cmsi:',
  'orgidwsfederation:',
];

/** Reads `UserLoggedIn` and `UserLoginFailed`. */
export const readSignIn: M365Reader = (record, operation, base) => {
  const userAgent = namedValue(record, 'ExtendedProperties', 'UserAgent');
  const logonError = textAt(record, 'LogonError');
  const errorNumber = idAt(record, 'ErrorNumber');
  // ResultStatus speaks of the HTTP request; a wrong password is a success to it.
  const failed =
    operation === 'UserLoginFailed' ||
    logonError !== undefined ||
    (errorNumber !== undefined && errorNumber !== '0');
  const signIn: Writable<Authentication> = {
    kind: 'authentication',
    ...base,
    activity: 'logon',
    status: failed ? 'failure' : 'success',
    interactive: isInteractive(base, namedValue(record, 'ExtendedProperties', 'RequestType'), userAgent),
  };
  if (failed) {
    const reason = errorNumber === '0' ? logonError : (errorNumber ?? logonError);
    if (reason !== undefined) signIn.statusDetail = reason;
    if (firstFactorPassed(errorNumber) || firstFactorPassed(logonError)) signIn.firstFactorPassed = true;
  }
  const device = deviceOf(record);
  if (device !== undefined) signIn.device = device;
  const application = applicationOf(idAt(record, 'ApplicationId'), textAt(record, 'ApplicationDisplayName'));
  if (application !== undefined) signIn.application = application;
  const session = namedValue(record, 'DeviceProperties', 'SessionId');
  if (session !== undefined) signIn.session = session;
  if (userAgent !== undefined) signIn.userAgent = userAgent;
  // This log does not say whether a prompt was refused, let pass, or a code mistyped.
  if (failed && (errorNumber === '500121' || logonError === 'AuthenticationFailedSasError')) {
    signIn.isMfa = true;
    return [signIn, refusalOf(base)];
  }
  return [signIn];
};

function refusalOf(base: M365Base): AccountChange {
  return {
    kind: 'account-change',
    ...base,
    part: 1,
    activity: 'mfa-challenge-denied',
    status: 'failure',
    user: base.actor,
  };
}

function isInteractive(
  base: M365Base,
  requestType: string | undefined,
  userAgent: string | undefined,
): boolean {
  if (base.actor.type === 'service') return false;
  if (requestType === undefined) return userAgent !== undefined;
  const type = requestType.toLowerCase();
  return AT_A_KEYBOARD.some((start) => type.startsWith(start));
}

function deviceOf(record: RawRecord): Device | undefined {
  const device: Writable<Device> = {};
  const uid = namedValue(record, 'DeviceProperties', 'Id');
  if (uid !== undefined) device.uid = uid;
  const name = namedValue(record, 'DeviceProperties', 'DisplayName');
  if (name !== undefined) device.name = name;
  const os = namedValue(record, 'DeviceProperties', 'OS');
  if (os !== undefined) device.os = os;
  // False says that one of the two is missing, not which.
  if (namedValue(record, 'DeviceProperties', 'IsCompliantAndManaged')?.toLowerCase() === 'true') {
    device.managed = true;
    device.compliant = true;
  }
  for (const _ in device) return device;
  return undefined;
}
