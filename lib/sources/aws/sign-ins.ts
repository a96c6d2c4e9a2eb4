/** Sign-ins to the console and through IAM Identity Center. */
import type { Authentication } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { idAt, objectAt, textAt } from '../fields.ts';
import type { Call } from './call.ts';
import { isFromAws } from './identity.ts';

/** Credentials that are a second factor; `PASSWORD` and `EMAIL_OTP` are first ones. */
const SECOND_FACTOR = /TOTP|WEBAUTHN|FIDO|SMARTCARD/;

/** Reads a sign-in to the console by root, an IAM user or a role's session. */
export function consoleLogin(call: Call): Authentication {
  const extra = objectAt(call.record, 'additionalEventData');
  const used = textAt(extra, 'MFAUsed');
  // Of a session the identity provider asked for the second factor, and AWS writes `No` because it did not itself.
  const asked = !(call.actor.accountUid ?? '').includes(':assumed-role/');
  const isMfa = used === 'Yes' ? true : used === 'No' && asked ? false : undefined;
  return signIn(call, statusAt(call, 'responseElements', 'ConsoleLogin'), {
    application: { name: 'AWS Management Console' },
    ...(isMfa === undefined ? {} : { isMfa }),
  });
}

/** Reads a completed sign-in to the access portal of IAM Identity Center. */
export function userAuthentication(call: Call): Authentication {
  const credentials = textAt(objectAt(call.record, 'additionalEventData'), 'CredentialType');
  // An identity provider outside does not tell AWS how it asked.
  const isMfa =
    credentials === undefined || credentials.includes('EXTERNAL_IDP')
      ? undefined
      : SECOND_FACTOR.test(credentials);
  const session = idAt(objectAt(call.record, 'userIdentity'), 'credentialId');
  return signIn(call, statusAt(call, 'serviceEventDetails', 'UserAuthentication'), {
    application: { name: 'AWS access portal' },
    ...(isMfa === undefined ? {} : { isMfa }),
    ...(session === undefined ? {} : { session }),
  });
}

/** Reads a password or second factor that was refused; those accepted end in `UserAuthentication`. */
export function credentialVerification(call: Call): Authentication | undefined {
  if (statusAt(call, 'serviceEventDetails', 'CredentialVerification') === 'success') return undefined;
  const credential = textAt(objectAt(call.record, 'additionalEventData'), 'CredentialType');
  return signIn(call, 'failure', {
    application: { name: 'AWS access portal' },
    ...(credential === undefined ? {} : { firstFactorPassed: SECOND_FACTOR.test(credential) }),
  });
}

/** Reads the step from the access portal into a role of an account. */
export function federate(call: Call): Authentication {
  const details = objectAt(call.record, 'serviceEventDetails');
  const application = applicationOf(idAt(details, 'account_id'), textAt(details, 'role_name'));
  return {
    ...signIn(call, call.status, application === undefined ? {} : { application }),
    activity: 'service-ticket',
  };
}

function signIn(call: Call, status: Authentication['status'], more: Partial<Authentication>): Authentication {
  const why =
    status === 'failure'
      ? (textAt(call.record, 'errorMessage') ?? textAt(call.record, 'errorCode'))
      : undefined;
  return {
    kind: 'authentication',
    ...call.base,
    activity: 'logon',
    status,
    ...(why === undefined ? {} : { statusDetail: why }),
    interactive: call.actor.type === 'user' && !isFromAws(call.record),
    ...more,
    ...(call.userAgent === undefined ? {} : { userAgent: call.userAgent }),
  };
}

/** The sign-in service writes its answer under the event's own name, and leaves `errorCode` out. */
function statusAt(call: Call, where: string, name: string): Authentication['status'] {
  const answer = textAt(objectAt(call.record, where), name);
  if (answer !== undefined) return answer === 'Success' ? 'success' : 'failure';
  return textAt(call.record, 'errorMessage') === undefined ? call.status : 'failure';
}
