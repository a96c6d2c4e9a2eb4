/**
 * External sharing: files, buckets and guest accounts opened to addresses outside the organization and its partners. To
 * an address that looks like the person's own it counts by itself; to others by how much of it there is in a day.
 */
import { evidenceOf } from '../alerts/evidence.ts';
import { quoted } from '../alerts/quoted.ts';
import type { Severity } from '../alerts/severity.ts';
import type { ApiActivity, FileHostingActivity } from '../events/index.ts';
import type { Context, Detection, Parameters, Verdict } from './contract.ts';
import { domainOf, isOurs, isOutside } from './outside/addresses.ts';
import { isFreeMail } from './outside/free-mail.ts';
import { isCopyGivenAway } from './outside/given-away.ts';
import type { Ledgers, Opening } from './outside/ledger.ts';
import { onClosed, onOpened, TAKEN_BACK_PARAMETERS, type Telling } from './outside/opened.ts';
import { looksOwn } from './outside/own-address.ts';
import { isProgram } from './outside/programs.ts';
import { isWhole } from './outside/whole.ts';
import { serviceOf } from './hoarding/services.ts';
import { sayShared } from './outside/sharing-texts.ts';

const PARAMETERS = {
  perDay: {
    value: 10,
    why: 'Distinct files a day; somebody who works with customers shares a few, who takes a project along shares all of it.',
  },
  ownPastFactor: {
    value: 2,
    why: 'Twice one’s own busiest day is more than one’s own work with customers and agencies.',
  },
  ownPastMinDays: {
    value: 3,
    why: 'Fewer days of sharing are no past; then the floor for everybody decides.',
  },
  ...TAKEN_BACK_PARAMETERS,
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;
type Watched = FileHostingActivity | ApiActivity;

const LETS_IN: ReadonlySet<FileHostingActivity['activity']> = new Set(['share', 'unshare', 'copy']);

const NAME_LENGTH = 80;
const NAMES_KEPT = 20;

export const externalSharing: Detection<Watched['kind'], Ledgers, typeof PARAMETERS> = {
  id: 'external-sharing',
  title: 'External sharing',
  family: 'hoarding',
  severity: 'low',
  attack: ['T1567.002', 'T1537'],
  watches: ['file-hosting-activity', 'api-activity'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 15,
    explainedBy: 'copying',
    independent: false,
    clearedBy:
      'A sharing approval for the address or domain, or the domain under organization.partnerDomains.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 40 },
  needs: [],
  blindSpots: [
    'What is sent as an attachment, pasted into a chat or uploaded to a website is no sharing.',
    'A link that anyone can open has no addressee: see public-exposure.',
    'An own address that has nothing of the person’s name or login looks like anybody’s.',
    'Administrators who let the whole organization share more widely change a setting, not a file.',
  ],
  falsePositives: [
    'Work with customers, agencies, auditors and candidates whose domain is not under organization.partnerDomains.',
    'Somebody outside who is called like the person.',
    'A payslip or contract that people send to themselves, as they may.',
    'A domain of the organization’s own that is missing under organization.domains.',
  ],
  triage: [
    'Read the names of the files and the addressee: does the person work with them?',
    'If the address looks like their own, ask the manager whether anything of it had reason to leave.',
    'See what the addressee has opened since: Drive and SharePoint log views by guests.',
    'If it is not explained, take the access back and keep the audit log.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1567/002/',
    'https://attack.mitre.org/techniques/T1537/',
    'https://support.google.com/a/answer/4579696',
  ],
  expectedPerMonthPer1000People: 190,
  evaluate(event, state, context) {
    // Most of what is done to files is none of these.
    if (event.kind === 'api-activity' ? event.purpose !== 'external-access' : !LETS_IN.has(event.activity))
      return { outcome: 'not-applicable' };
    if (isProgram(event, context.policy) || !isOurs(context)) return { outcome: 'not-applicable' };
    return event.kind === 'api-activity' ? onAccess(event, state, context) : onFile(event, state, context);
  },
};

function onFile(event: FileHostingActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { activity, share, file } = event;
  if (activity === 'unshare') return onUnshared(event, state, context);
  const isCopyElsewhere = activity === 'copy';
  if (share === undefined && isCopyElsewhere) return { outcome: 'not-applicable' };
  if (share === undefined)
    return { outcome: 'cannot-tell', because: 'the record does not say with whom it was shared' };
  if (share.audience !== 'external') return { outcome: 'not-applicable' };
  // The vendor's word stands where it names nobody; where it does, the policy's domains decide.
  const to = share.targets?.filter((target) => isOutside(target, context));
  if (to?.length === 0) return { outcome: 'clear', state };
  const name = quoted(file.name ?? file.uid, NAME_LENGTH);
  const what = isCopyElsewhere ? `copied ${name} to a Drive outside` : `shared ${name}`;
  return onOpenedTo(event, state, context, {
    thing: file.uid,
    name: isWhole(event) ? `all of ${name}` : name,
    to: to ?? [],
    at: { what, object: serviceOf(event), isGrave: isWhole(event) || isCopyElsewhere },
  });
}

function onUnshared(event: FileHostingActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { share, file, time } = event;
  // Links are opened and closed beside the people a file is shared with.
  if (share !== undefined && share.audience !== 'external') return { outcome: 'not-applicable' };
  const name = quoted(file.name ?? file.uid, NAME_LENGTH);
  return onClosed(
    state,
    {
      thing: file.uid,
      to: share?.targets,
      time,
      evidence: evidenceOf(event, `took back access to ${name}`),
    },
    telling(context),
  );
}

/** A guest is invited, or a bucket's policy lets in another account. */
function onAccess(event: ApiActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { status, resource, targets = [] } = event;
  if (status === 'failure' || isCopyGivenAway(event)) return { outcome: 'not-applicable' };
  if (resource?.type === 'bucket') {
    return onOpenedTo(event, state, context, {
      thing: `${resource.uid} ${targets.join()}`,
      name: `bucket ${quoted(resource.uid, NAME_LENGTH)}`,
      to: targets,
      at: {
        what: `${event.operation} ${quoted(resource.uid, NAME_LENGTH)}`,
        object: { kind: 'bucket', id: resource.uid, name: resource.uid },
        isGrave: true,
      },
    });
  }
  const invited = targets.filter((target) => target.includes('@') && isOutside(target, context));
  if (invited.length === 0) return { outcome: 'not-applicable' };
  return onOpenedTo(event, state, context, {
    thing: `guest ${invited.join()}`,
    name: 'guest access to the directory',
    to: invited,
    at: {
      what: event.operation,
      object: { kind: 'service', id: 'entra', name: 'Microsoft Entra' },
      isGrave: false,
    },
  });
}

/** What was opened to whom, and where it is counted unless the addressee is the person themselves. */
interface ToOthers extends Pick<Opening, 'thing' | 'name' | 'to'> {
  readonly at: { readonly what: string; readonly object: Opening['object']; readonly isGrave: boolean };
}

function onOpenedTo(event: Watched, state: Ledgers, context: Own, opened: ToOthers): Verdict<Ledgers> {
  const { thing, name, to, at } = opened;
  const own = to.find((target) => target.includes('@') && looksOwn(target, context));
  const opening: Opening = {
    object: own === undefined ? at.object : { kind: 'address', id: own, name: own },
    thing,
    name,
    to,
    names: [...to, ...to.filter((target) => target.includes('@')).map(domainOf)].slice(0, NAMES_KEPT),
    severity: own !== undefined || at.isGrave ? 'low' : severityTo(to),
    time: event.time,
    evidence: evidenceOf(event, to.length === 0 ? at.what : `${at.what} with ${to.slice(0, 3).join(', ')}`),
  };
  return onOpened(state, [opening], telling(context));
}

/** A company's domain is mostly a customer's; a mailbox anybody can have, or nobody named, is less easily explained. */
function severityTo(to: readonly string[]): Severity {
  return to.length > 0 && to.every((target) => !isFreeMail(domainOf(target))) ? 'informational' : 'low';
}

/** Sharing with oneself does not become usual by doing it often. */
function telling(context: Own): Telling {
  const { parameters } = context;
  return {
    limitsOf: ({ kind }) => (kind === 'address' ? { ...parameters, ownPastMinDays: Infinity } : parameters),
    takenBackMinutes: parameters.takenBackMinutes,
    say: sayShared(context),
  };
}
