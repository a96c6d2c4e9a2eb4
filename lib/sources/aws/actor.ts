/** Who made a call: reads `userIdentity`, and tells people from programs. */
import type { Actor } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import { idAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { arnIn, isByService } from './identity.ts';
import { sessionActor } from './session-actor.ts';

/** What CloudTrail writes for a user name that does not exist, lest a password typed there be logged. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/**
 * Reads who made a call.
 *
 * @returns `undefined` when the record names nobody: an AWS service by itself, the public, a hidden user name
 */
export function actorOf(record: RawRecord): Actor | undefined {
  const identity = objectAt(record, 'userIdentity');
  if (identity === undefined) return undefined;
  const type = textAt(identity, 'type');
  switch (type) {
    case 'AWSService':
      return undefined;
    case 'AWSAccount':
      return strangerActor(identity);
    case 'Root':
      return accountActor(
        identity,
        isByService(identity) ? 'service' : 'user',
        idAt(identity, 'arn') ?? arnIn(record, 'root'),
      );
    case 'AssumedRole':
      return sessionActor(record, identity);
    case 'IdentityCenterUser':
      return namedActor(record, idAt(objectAt(identity, 'onBehalfOf'), 'userId'), undefined);
    default:
      return userActor(record, identity);
  }
}

/** An IAM user, a federated user, and whatever type AWS adds next. */
function userActor(record: RawRecord, identity: RawRecord): Actor | undefined {
  const type = textAt(identity, 'type');
  const name = textAt(identity, 'userName');
  if (name === HIDDEN) return undefined;
  // A failed console sign-in has the name of the IAM user and no ARN.
  const arn =
    idAt(identity, 'arn') ??
    (type === 'IAMUser' && name !== undefined ? arnIn(record, `user/${name}`) : undefined);
  if (type === 'IAMUser')
    return accountActor(identity, isByService(identity) ? 'service' : 'user', arn, name);
  if (isByService(identity)) return accountActor(identity, 'service', arn);
  const federated = type === 'FederatedUser' ? arn?.slice(arn.lastIndexOf('/') + 1) : undefined;
  return namedActor(record, arn ?? principalOf(identity), name ?? federated);
}

/** Somebody in another account, of whom only ids are known. */
function strangerActor(identity: RawRecord): Actor | undefined {
  if (textAt(identity, 'accountId') === 'ANONYMOUS_PRINCIPAL') return undefined;
  return accountActor(
    identity,
    'service',
    idAt(identity, 'arn') ?? idAt(identity, 'principalId') ?? textAt(identity, 'accountId'),
  );
}

function accountActor(
  identity: RawRecord,
  type: Actor['type'],
  accountUid: string | undefined,
  name?: string,
): Actor | undefined {
  const uid = accountUid ?? principalOf(identity);
  if (uid === undefined) return undefined;
  const address = emailOf(name);
  return {
    type,
    ...(address === undefined ? {} : { address }),
    accountUid: uid,
    ...(name === undefined ? {} : { name }),
  };
}

/** A person whom the record names by what they typed or what their identity provider calls them. */
function namedActor(
  record: RawRecord,
  accountUid: string | undefined,
  name: string | undefined,
): Actor | undefined {
  // Identity Center writes the name once a sign-in, beside the event and no longer in `userIdentity`.
  const given = textAt(objectAt(record, 'additionalEventData'), 'UserName') ?? name;
  const called = given === HIDDEN ? undefined : given;
  const address = emailOf(called);
  if (accountUid === undefined && called === undefined) return undefined;
  return {
    type: 'user',
    ...(address === undefined ? {} : { address }),
    ...(accountUid === undefined ? {} : { accountUid }),
    // Roles assumed through Identity Center bear this very name as their session's.
    ...(called === undefined ? {} : { sessionName: called }),
  };
}

/** Old Identity Center records have the account's own number for a principal, which names nobody in it. */
function principalOf(identity: RawRecord): string | undefined {
  const principal = idAt(identity, 'principalId');
  return principal === textAt(identity, 'accountId') ? undefined : principal;
}
