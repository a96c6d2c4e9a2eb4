/** Changes to how somebody proves who they are in AWS, and to what they may do. */
import type { AccountChange, Actor, ApiActivity } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import { idAt, objectAt, textAt } from '../fields.ts';
import { apiEvent } from './api-event.ts';
import type { Call, Read } from './call.ts';
import { arnIn } from './identity.ts';
import { allowsAt, isForAdministrators } from './policy-document.ts';

/** Policies of AWS that let their holder do everything, or give themselves everything. */
const ADMINISTRATORS = /\/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

/** IAM has no word for it, but groups of administrators are called so. */
const ADMINISTRATOR_GROUP = /admin/i;

/** The root user's device bears this name whatever the account. */
const ROOT_DEVICE = 'root-account-mfa-device';

/** What stands for the name of the root user, who has none. */
const ROOT_NAME = 'AWS ROOT USER';

/** Makes a reader of a change to a password, to console access, or to all of a user. */
export function passwordChange(activity: AccountChange['activity']): Read {
  return (call) => change(call, activity, userNamed(call) ?? call.actor);
}

/** Makes a reader of a second factor put on or taken off. */
export function factorChange(activity: 'mfa-factor-enable' | 'mfa-factor-disable'): Read {
  return (call) => {
    const serial = idAt(call.parameters, 'serialNumber');
    return {
      ...change(call, activity, userNamed(call) ?? ownerOf(call, serial) ?? call.actor),
      ...(serial === undefined ? {} : { authenticatorUid: serial }),
    };
  };
}

/** Reads a new access key. */
export function accessKeyCreated(call: Call): ApiActivity {
  const key = idAt(objectAt(objectAt(call.record, 'responseElements'), 'accessKey'), 'accessKeyId');
  const owner = userNamed(call)?.accountUid ?? call.actor.accountUid;
  return apiEvent(
    call,
    'access-key-create',
    key === undefined ? undefined : { type: 'access-key', uid: key },
    owner === undefined ? [] : [owner],
  );
}

/** Reads a managed policy attached to a user or role; only those of administrators matter. */
export function policyAttached(call: Call): AccountChange | undefined {
  const policy = idAt(call.parameters, 'policyArn');
  return policy !== undefined && ADMINISTRATORS.test(policy)
    ? grant(call, policy.slice(policy.lastIndexOf('/') + 1))
    : undefined;
}

/** Reads a policy written into a user or role; only one that makes an administrator matters. */
export function policyPut(call: Call): AccountChange | undefined {
  if (!allowsAt(call.parameters, 'policyDocument').some(isForAdministrators)) return undefined;
  return grant(call, textAt(call.parameters, 'policyName'));
}

/** Reads a user put into a group; only groups called after administrators matter. */
export function groupJoined(call: Call): AccountChange | undefined {
  const group = textAt(call.parameters, 'groupName');
  return group !== undefined && ADMINISTRATOR_GROUP.test(group) ? grant(call, group) : undefined;
}

function grant(call: Call, privilege: string | undefined): AccountChange | undefined {
  const user = userNamed(call) ?? roleNamed(call);
  if (user === undefined) return undefined;
  return { ...change(call, 'privilege-grant', user), ...(privilege === undefined ? {} : { privilege }) };
}

function change(call: Call, activity: AccountChange['activity'], user: Actor): AccountChange {
  return { kind: 'account-change', ...call.base, activity, status: call.status, user };
}

/** The user a request is about; one that names none is about its caller. */
function userNamed(call: Call): Actor | undefined {
  const name = textAt(call.parameters, 'userName');
  if (name !== undefined && name === call.actor.name) return call.actor;
  return name === undefined ? undefined : iamUser(call, name);
}

/** A device is called after its user unless somebody chose another name for it. */
function ownerOf(call: Call, serial: string | undefined): Actor | undefined {
  const name = serial?.includes(':mfa/') === true ? serial.slice(serial.lastIndexOf('/') + 1) : undefined;
  if (name === undefined || name === '') return undefined;
  if (name === ROOT_DEVICE) return rootUser(call);
  return name === call.actor.name ? call.actor : iamUser(call, name);
}

function rootUser(call: Call): Actor | undefined {
  const root = arnIn(call.record, 'root');
  return root === undefined ? undefined : { type: 'user', accountUid: root };
}

function iamUser(call: Call, name: string): Actor | undefined {
  if (name === ROOT_NAME) return rootUser(call);
  const accountUid = arnIn(call.record, `user/${name}`);
  const address = emailOf(name);
  if (accountUid === undefined && address === undefined) return undefined;
  return {
    type: 'user',
    ...(address === undefined ? {} : { address }),
    ...(accountUid === undefined ? {} : { accountUid }),
    name,
  };
}

function roleNamed(call: Call): Actor | undefined {
  const name = textAt(call.parameters, 'roleName');
  const accountUid = name === undefined ? undefined : arnIn(call.record, `role/${name}`);
  return name === undefined || accountUid === undefined ? undefined : { type: 'service', accountUid, name };
}
