/**
 * Public exposure: buckets, snapshots, images, sites and files opened to everybody. Links to single files are made every
 * day and count by their number; a store of many things counts by itself.
 */
import type { AlertObject } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import { quoted } from '../alerts/quoted.ts';
import { raised } from '../alerts/severity.ts';
import type { ApiActivity, FileHostingActivity } from '../events/index.ts';
import type { Context, Detection, Parameters, Verdict } from './contract.ts';
import { isOurs } from './outside/addresses.ts';
import { EVERYBODY, LINK, sayExposed, UNBLOCKED } from './outside/exposure-texts.ts';
import type { Ledgers } from './outside/ledger.ts';
import { onClosed, onOpened, TAKEN_BACK_PARAMETERS, type Telling } from './outside/opened.ts';
import { isProgram } from './outside/programs.ts';
import { isWhole } from './outside/whole.ts';
import { serviceOf } from './hoarding/services.ts';

const PARAMETERS = {
  perDay: {
    value: 10,
    why: 'Distinct files a day; five people of a hundred make a link on some day, hardly anybody makes ten.',
  },
  ownPastFactor: {
    value: 2,
    why: 'Who publishes for a living has days like this; twice the busiest is none of them.',
  },
  ownPastMinDays: {
    value: 3,
    why: 'Fewer days with links are no past; then the floor for everybody decides.',
  },
  ...TAKEN_BACK_PARAMETERS,
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;
type Watched = FileHostingActivity | ApiActivity;

const NAME_LENGTH = 80;
const AWS: AlertObject = { kind: 'service', id: 'aws', name: 'AWS' };

export const publicExposure: Detection<Watched['kind'], Ledgers, typeof PARAMETERS> = {
  id: 'public-exposure',
  title: 'Public exposure',
  family: 'negligence',
  severity: 'low',
  attack: ['T1530', 'T1537'],
  watches: ['file-hosting-activity', 'api-activity'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 5,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'A sharing approval for the bucket or service, where what it holds is meant for everybody.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 40 },
  needs: [],
  blindSpots: [
    'What was open before Ringer read the logs stays unseen: only changes are.',
    'A bucket may be readable by what single objects allow; those are data events, which few trails record.',
    'Storage of other clouds, code repositories and websites are in no log read here.',
    'Databases, queues and functions with an open policy or address are not looked at.',
  ],
  falsePositives: [
    'A bucket that serves a website, or a data set that is published.',
    'People of marketing, press or support, whose work is to hand out links.',
    'A public image or snapshot of an open-source project.',
  ],
  triage: [
    'See what it holds: is all of it meant for everybody?',
    'See who has read it since it was opened: access logs of the bucket, views of the file.',
    'If it is not meant to be open, close it, and look for what else the same person opened.',
    'Turn on the block on public access of the whole account, and limit links to the organization where work allows.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1530/',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    'https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off',
  ],
  expectedPerMonthPer1000People: 3_500,
  evaluate(event, state, context) {
    // Most of what is done to files opens none.
    if (
      event.kind === 'api-activity' ? event.purpose !== 'public-exposure' : !event.activity.endsWith('share')
    )
      return { outcome: 'not-applicable' };
    if (!isOurs(context)) return { outcome: 'not-applicable' };
    return event.kind === 'api-activity' ? onResource(event, state, context) : onFile(event, state, context);
  },
};

function onFile(event: FileHostingActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { activity, share, file, time } = event;
  // Programs share what they are told to.
  if (isProgram(event, context.policy)) return { outcome: 'not-applicable' };
  const name = quoted(file.name ?? file.uid, NAME_LENGTH);
  if (isClosing(event)) {
    const evidence = evidenceOf(event, `closed the link to ${name}`);
    return onClosed(state, { thing: file.uid, to: undefined, time, evidence }, telling(context));
  }
  // Shares that name no audience are judged by external-sharing; those with a link always say so.
  if (activity !== 'share' || (share?.audience !== 'anyone-with-link' && share?.audience !== 'public'))
    return { outcome: 'not-applicable' };
  const whole = isWhole(event);
  const to = share.audience === 'public' ? EVERYBODY : LINK;
  return onOpened(
    state,
    [
      {
        object: serviceOf(event),
        thing: file.uid,
        name: whole ? `all of ${name}` : name,
        to: [to],
        names: [],
        severity: whole ? 'medium' : 'low',
        time,
        evidence: evidenceOf(event, `opened ${name} to ${to}`),
      },
    ],
    telling(context),
  );
}

/** The link is deleted; or in Drive, where a file has but one, it opens for colleagues only or for nobody. */
function isClosing({ activity, service, share }: FileHostingActivity): boolean {
  if (share === undefined || share.targets !== undefined) return false;
  if (share.audience === 'internal') return service === 'google-drive';
  return activity === 'unshare' && share.audience !== 'external';
}

function onResource(event: ApiActivity, state: Ledgers, context: Own): Verdict<Ledgers> {
  const { status, resource, operation, time } = event;
  if (status === 'failure') return { outcome: 'not-applicable' };
  if (resource === undefined)
    return { outcome: 'cannot-tell', because: 'the record does not name what was opened' };
  const { type, uid } = resource;
  const evidence = evidenceOf(event, `${operation} ${quoted(uid, NAME_LENGTH)}`);
  const thing = `${type} ${uid}`;
  if (event.revokes === true)
    return onClosed(state, { thing, to: undefined, time, evidence }, telling(context));
  const bucket = type === 'bucket' || type === 'object' ? (uid.split('/')[0] ?? uid) : '';
  const base = type === 'object' ? 'low' : 'medium';
  return onOpened(
    state,
    [
      {
        object: bucket === '' ? AWS : { kind: 'bucket', id: bucket, name: bucket },
        thing,
        name: nameOf(type, quoted(uid, NAME_LENGTH)),
        // Lifting the block opens nothing by itself: it lets a policy or an access list do so.
        to: [operation.includes('PublicAccessBlock') ? UNBLOCKED : EVERYBODY],
        names: [uid],
        // A deployment that opens a website's bucket is written down and reviewed somewhere.
        severity: isProgram(event, context.policy) ? raised(base, -1) : base,
        time,
        evidence,
      },
    ],
    telling(context),
  );
}

function nameOf(type: string, uid: string): string {
  return type === 'account' ? `all buckets of account ${uid}` : `${type.replace('-', ' ')} ${uid}`;
}

function telling({ parameters }: Own): Telling {
  return {
    limitsOf: () => parameters,
    takenBackMinutes: parameters.takenBackMinutes,
    say: sayExposed,
  };
}
