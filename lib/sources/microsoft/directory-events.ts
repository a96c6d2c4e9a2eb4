/** What a change in the directory becomes: events about accounts, consents, keys and policies. */
import type { AccountChange, Actor, ApiActivity, Device, SourceEvent } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import { shortValue } from './audit-properties.ts';
import { baseOf } from './directory-change.ts';
import type { DirectoryChange } from './directory-change.ts';
import { consentsOf } from './directory-consents.ts';
import { factorChangesOf } from './directory-factors.ts';
import type { DirectoryMeaning } from './directory-operations.ts';

/** Gives the events a change becomes: none when the change turns out to be of no use, or names nobody. */
export function eventsOfChange(change: DirectoryChange, meaning: DirectoryMeaning): readonly SourceEvent[] {
  switch (meaning.is) {
    case 'account':
      return accountChanges(change, meaning);
    case 'user-update':
      return factorChangesOf(change, userOf(change));
    case 'consent':
    case 'delegated-grant':
    case 'app-role':
      return change.actor === undefined ? [] : consentsOf(change, meaning.is);
    case 'new-credentials':
      return hasNewCredential(change) ? apiActivities(change, 'access-key-create') : [];
    case 'security-defaults':
      return apiActivities(change, isSwitchedOff(change) ? 'mfa-policy-off' : 'security-policy-change');
    case 'api':
      return apiActivities(change, meaning.purpose);
  }
}

function accountChanges(
  change: DirectoryChange,
  meaning: Extract<DirectoryMeaning, { is: 'account' }>,
): readonly AccountChange[] {
  const named = userOf(change) ?? (meaning.activity.startsWith('privilege') ? serviceOf(change) : undefined);
  const user = named ?? (meaning.own === true && change.actor?.type === 'user' ? change.actor : undefined);
  if (user === undefined) return [];
  const factor = meaning.factor ?? (meaning.activity.startsWith('mfa-factor') ? change.factor : undefined);
  const privilege =
    meaning.privilege ?? (meaning.activity.startsWith('privilege') ? privilegeOf(change) : undefined);
  const device = meaning.activity === 'device-register' ? deviceOf(change) : undefined;
  return [
    {
      kind: 'account-change',
      ...baseOf(change),
      ...(device !== undefined && { device }),
      activity: meaning.activity,
      // Reporting a prompt is what succeeded; the challenge itself did not.
      status: change.success && meaning.activity !== 'mfa-challenge-denied' ? 'success' : 'failure',
      user: meaning.activity === 'delete' ? withoutDeletionMark(user) : user,
      ...(factor !== undefined && { factor }),
      ...(privilege !== undefined && { privilege }),
      ...(device?.uid !== undefined && { authenticatorUid: device.uid }),
    },
  ];
}

function apiActivities(change: DirectoryChange, purpose: ApiActivity['purpose']): readonly ApiActivity[] {
  if (change.actor === undefined) return [];
  const [target] = change.targets;
  const invited = emailOf(change.details.get('invitedUserEmailAddress'));
  return [
    {
      kind: 'api-activity',
      ...baseOf(change),
      operation: change.operation,
      purpose,
      status: change.success ? 'success' : 'failure',
      ...(target?.uid !== undefined && {
        resource: {
          type: target.is,
          uid: target.uid,
          ...(target.name !== undefined && { name: target.name }),
        },
      }),
      ...(invited !== undefined && { targets: [invited] }),
      ...(change.userAgent !== undefined && { userAgent: change.userAgent }),
    },
  ];
}

function userOf(change: DirectoryChange): Actor | undefined {
  return change.targets.find((target) => target.user !== undefined)?.user;
}

function serviceOf(change: DirectoryChange): Actor | undefined {
  const target = change.targets.find((each) => each.is === 'service');
  if (target?.uid === undefined) return undefined;
  return { type: 'service', accountUid: target.uid, ...(target.name !== undefined && { name: target.name }) };
}

function privilegeOf(change: DirectoryChange): string | undefined {
  return (
    shortValue(change.properties.get('Role.DisplayName')) ??
    change.targets.find((target) => target.is === 'role')?.name
  );
}

function deviceOf(change: DirectoryChange): Device | undefined {
  const target = change.targets.find((each) => each.is === 'device');
  const uid = change.details.get('Device Id') ?? change.details.get('DeviceId') ?? target?.uid;
  if (uid === undefined) return undefined;
  const os = change.details.get('Device OS') ?? change.details.get('DeviceOSType');
  return { uid, ...(target?.name !== undefined && { name: target.name }), ...(os !== undefined && { os }) };
}

/** A deleted user's name gets the 32 digits of its object id in front, so that the name is free again. */
const DELETION_MARK = /^[0-9a-f]{32}(?=[^@]+@)/;

function withoutDeletionMark(user: Actor): Actor {
  return user.address === undefined ? user : { ...user, address: user.address.replace(DELETION_MARK, '') };
}

/** Security defaults ask everybody for a second factor. Values are lists of one text. */
function isSwitchedOff(change: DirectoryChange): boolean {
  return change.properties.get('IsEnabled')?.after.toLowerCase().includes('false') === true;
}

/** Most secrets of one application that are compared. */
const MOST_KEYS = 100;

/** The same operation is written when a secret is taken away; then no key identifier is new. */
function hasNewCredential(change: DirectoryChange): boolean {
  const keys = change.properties.get('KeyDescription');
  if (keys === undefined) return true;
  return keyIdentifiers(keys.after).some((identifier) => !keys.before.includes(identifier));
}

function keyIdentifiers(text: string): readonly string[] {
  return (text.match(/KeyIdentifier=[^,\]]+/g) ?? []).slice(0, MOST_KEYS);
}
