/** What is said of root users, passwords alone and new keys. */
import { evidenceOf } from '../../alerts/evidence.ts';
import type { ApiActivity, Authentication } from '../../events/index.ts';
import type { SubjectRef } from '../../people/subject.ts';
import type { Finding } from '../contract.ts';
import { isLongTermKey } from './key-use.ts';

export function rootSignIn(event: Authentication): Finding {
  const withoutMfa = event.isMfa === false;
  return {
    severity: withoutMfa ? 'high' : 'medium',
    confidence: 'high',
    summary: `The root user signed in to the console${withoutMfa ? ' without a second factor' : ''}.`,
    why: [
      'Nothing in the account restrains the root user: no policy, no boundary, no permission set.',
      ...(withoutMfa ? ['Its password alone opens the account.'] : []),
    ],
    evidence: [evidenceOf(event, `root sign-in${withoutMfa ? ' without a second factor' : ''}`)],
  };
}

export function rootCall(event: ApiActivity): Finding {
  const byKey = event.accessKeyUid !== undefined && isLongTermKey(event.accessKeyUid);
  return {
    severity: 'medium',
    confidence: 'high',
    summary: `The root user called ${event.operation}${byKey ? ' with an access key of its own' : ''}.`,
    why: [
      'Nothing in the account restrains the root user, and few tasks need it.',
      ...(byKey ? ['The root user should have no access key: whoever copies it has the account.'] : []),
    ],
    next: byKey ? ['Delete the root user’s access key once nothing uses it.'] : [],
    evidence: [evidenceOf(event, event.operation)],
  };
}

export function withoutSecondFactor(event: Authentication, isAdministrator: boolean): Finding {
  return {
    severity: isAdministrator ? 'medium' : 'low',
    confidence: 'high',
    summary: `Signed in to the ${event.application?.name ?? 'AWS console'} with a password alone.`,
    why: [
      'AWS asked for no second factor: a stolen password is enough.',
      ...(isAdministrator ? ['The user has an administrator’s rights.'] : []),
    ],
    evidence: [evidenceOf(event, 'sign-in without a second factor')],
  };
}

/** Says whose a new key is, when it is not of the subject that made it: another user, or an application. */
export function otherOwner(
  { targets = [], actor, resource }: ApiActivity,
  subject: SubjectRef,
): string | undefined {
  const own = [subject.id, actor?.accountUid].map((id) => id?.toLowerCase());
  const other = targets.find((target) => !own.includes(target.toLowerCase()));
  if (other !== undefined) return other;
  return resource?.type === 'service' ? `the application ${resource.name ?? resource.uid}` : undefined;
}

/**
 * A key that lasts. Made for somebody else by a program it is what provisioning does.
 *
 * @param owner - whose it is, if not of who made it
 */
export function newKey(event: ApiActivity, owner: string | undefined): Finding {
  const { resource, operation } = event;
  const isRemarkable = owner !== undefined && event.actor?.type !== 'service';
  return {
    severity: isRemarkable ? 'low' : 'informational',
    confidence: 'high',
    ...(resource === undefined
      ? {}
      : {
          object: {
            kind: 'service',
            id: `key:${resource.uid}`,
            name: resource.name ?? resource.uid,
          } as const,
        }),
    summary: `Made a new long-term key${owner === undefined ? '' : ` for ${owner}`} (${operation}).`,
    why: [
      'Such a key needs no second factor, and outlives the session that made it and often the person.',
      ...(owner === undefined ? [] : ['Whoever makes a key for another has seen it.']),
    ],
    evidence: [evidenceOf(event, operation)],
  };
}
