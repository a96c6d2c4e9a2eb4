/**
 * Mail forwarding: a mailbox, an inbox rule or a rule of the whole organization sends mail to an address outside the
 * organization and its partners.
 */
import { evidenceOf } from '../alerts/evidence.ts';
import { quoted } from '../alerts/quoted.ts';
import type { ApiActivity } from '../events/index.ts';
import type { SubjectRef } from '../people/subject.ts';
import type { Context, Detection, Parameters, Verdict } from './contract.ts';
import { domainOf, isOurs, isOutside } from './outside/addresses.ts';
import { onClosed, onOpened, takenBackText, type Saying, type Telling } from './outside/opened.ts';
import type { Ledgers } from './outside/ledger.ts';
import type { Limits } from './outside/sum.ts';
import { looksOwn } from './outside/own-address.ts';

const PARAMETERS = {
  takenBackMinutes: {
    value: 1_440,
    why: 'What is removed on the day it was set has sent a day’s mail at most; somebody may have tried it out.',
  },
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;

/** One is enough, and none too many. */
const NO_LIMIT: Limits = { perDay: Infinity, ownPastFactor: 1, ownPastMinDays: Infinity };
const MOST_TARGETS = 5;
const NAME_LENGTH = 80;

export const mailForwarding: Detection<'api-activity', Ledgers, typeof PARAMETERS> = {
  id: 'mail-forwarding',
  title: 'Mail forwarded outside',
  family: 'hoarding',
  severity: 'medium',
  attack: ['T1114.003'],
  watches: ['api-activity'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 15,
    explainedBy: 'copying',
    independent: false,
    clearedBy:
      'A sharing approval for the address or its domain, or the domain under organization.partnerDomains.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 10 },
  needs: [],
  blindSpots: [
    'Messages forwarded one by one are ordinary mail.',
    'A mail client that fetches the mailbox itself sets no forwarding: see risky-oauth-grant.',
    'Gmail filters that forward to an address verified long ago write no record.',
    'A rule that names its recipient by a contact’s name does not say where the contact’s mail goes.',
  ],
  falsePositives: [
    'A ticket system, an archive or a scanner of attachments outside, not yet under organization.partnerDomains.',
    'Somebody who forwards to the mailbox they read, as some teams allow.',
    'The mailbox of somebody who has left, forwarded to a successor at a sister company.',
  ],
  triage: [
    'Look at the rule as it is now: what it picks, where it sends it, whether it deletes the original.',
    'Ask the person by telephone whether they set it; a rule that they do not know means a stolen session.',
    'If it is not explained, remove the rule, revoke the sessions, and see what mail has gone out: message trace or Email Log Search.',
    'Turn forwarding to outside off for the organization where nobody needs it.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1114/003/',
    'https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding',
    'https://support.google.com/a/answer/2491924',
  ],
  expectedPerMonthPer1000People: 3,
  evaluate(event, state, context) {
    if (event.purpose !== 'mail-forwarding' || event.status === 'failure' || !isOurs(context))
      return { outcome: 'not-applicable' };
    return event.revokes === true ? onRemoved(event, state, context) : onSet(event, state, context);
  },
};

function onSet(event: ApiActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { targets = [], operation, time } = event;
  const addresses = targets.filter((target) => target.includes('@'));
  const outside = addresses.filter((target) => isOutside(target, context)).slice(0, MOST_TARGETS);
  if (outside.length === 0) {
    return addresses.length > 0
      ? { outcome: 'clear', state }
      : { outcome: 'cannot-tell', because: 'the record does not say to which address mail is forwarded' };
  }
  const openings = outside.map((address) => ({
    object: { kind: 'address' as const, id: address, name: address },
    thing: thingOf(event),
    name: mailOf(event, context),
    to: [address],
    names: [domainOf(address)],
    severity: 'medium' as const,
    time,
    evidence: evidenceOf(event, `${operation} to ${address}`),
  }));
  return onOpened(state, openings, telling(event, context));
}

function onRemoved(event: ApiActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { targets, operation, time } = event;
  return onClosed(
    state,
    {
      thing: thingOf(event),
      to: targets,
      time,
      evidence: evidenceOf(event, `${operation}: forwarding taken back`),
    },
    telling(event, context),
  );
}

function telling(event: ApiActivity, context: Own): Telling {
  return {
    limitsOf: () => NO_LIMIT,
    takenBackMinutes: context.parameters.takenBackMinutes,
    say: sayForwarded(event, context),
  };
}

function sayForwarded(event: ApiActivity, context: Own): Saying {
  return (day) => {
    const { id } = day.object;
    const isOwn = looksOwn(id, context);
    const [mail = 'Mail'] = day.things;
    return {
      confidence: 'high',
      summary: `${mail} ${day.allClosed ? 'went' : 'goes'} to ${id}${isOwn ? ', which looks like the person’s own address outside' : ''}${day.allClosed ? ' for a part of the day' : ''}.`,
      why: [
        `${domainOf(id)} is neither under organization.domains nor under organization.partnerDomains.`,
        ...(isOwn ? [`${id} is called like ${context.subject.id}.`] : []),
        ...takenBackText(day),
      ],
      related: relatedTo(event, context),
    };
  };
}

function thingOf({ resource }: ApiActivity): string {
  return resource === undefined ? '' : `${resource.type} ${resource.uid.toLowerCase()}`;
}

/** Names the mail in question. Exchange writes rules as a path: `…/contoso.onmicrosoft.com/ann\rule`. */
function mailOf({ resource }: ApiActivity, context: Own): string {
  if (resource === undefined || isOwnMailbox(resource.uid, context)) return 'All their mail';
  const name = quoted(resource.uid.slice(resource.uid.lastIndexOf('/') + 1), NAME_LENGTH);
  switch (resource.type) {
    case 'inbox-rule':
      return `Mail that the inbox rule ${name} picks`;
    case 'transport-rule':
    case 'setting':
      return `Mail of the whole organization that ${name} picks`;
    default:
      return `All mail of ${name}`;
  }
}

function isOwnMailbox(uid: string, { person }: Own): boolean {
  return person?.addresses.includes(uid.toLowerCase()) === true;
}

/** An administrator may set it for somebody else. */
function relatedTo({ resource }: ApiActivity, context: Own): readonly SubjectRef[] {
  if (
    resource === undefined ||
    !/^[^\s@\\/]+@[^\s@]+$/.test(resource.uid) ||
    isOwnMailbox(resource.uid, context)
  )
    return [];
  return [{ kind: 'person', id: resource.uid.toLowerCase() }];
}
