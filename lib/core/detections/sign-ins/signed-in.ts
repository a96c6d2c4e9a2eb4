/** Which sign-ins say where somebody is: one of a person, let in, and not through the organization's own exit. */
import type { Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { Authentication, Endpoint } from '../../events/index.ts';
import { isOwnEgress } from '../../places/network.ts';

/** Gives where somebody was let in from; programs that sign in on their behalf count. */
export function letInFrom(event: Authentication): Endpoint | undefined {
  return wasLetIn(event) ? comingFrom(event) : undefined;
}

/** Tells whether somebody got in: not whoever passed the password alone, or a policy before it. */
export function wasLetIn({ status, activity }: Authentication): boolean {
  return status === 'success' && activity !== 'preauth';
}

/** Gives where somebody was let in from while they were at the keyboard. */
export function atKeyboardFrom(event: Authentication): Endpoint | undefined {
  return event.interactive ? letInFrom(event) : undefined;
}

/** Gives where somebody signed in from or tried to. */
export function comingFrom({ activity, actor, srcEndpoint }: Authentication): Endpoint | undefined {
  if (activity === 'logoff' || actor?.type === 'service') return undefined;
  return isOwnEgress(srcEndpoint?.network) ? undefined : srcEndpoint;
}

/** Writes a sign-in down as evidence. */
export function signInEvidence(event: Authentication): Evidence {
  const { application, status } = event;
  const to = application?.name === undefined ? '' : ` to ${application.name}`;
  const what = wasLetIn(event)
    ? 'sign-in'
    : status === 'success'
      ? 'first step of a sign-in'
      : 'refused sign-in';
  return evidenceOf(event, `${what}${to}`);
}
