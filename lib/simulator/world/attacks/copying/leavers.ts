/** People who have given notice take things along. They are who they say; nobody would suspect an impostor. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import { driveShared, forwardedOutside, takeout } from '../../records/google.ts';
import { fileShared, inboxRuleCreated, mailboxForwardingSet, searchExported } from '../../records/m365.ts';
import type { Staff } from '../../staff.ts';
import { US } from '../parts/cities.ts';
import { copyFiles, type Store } from '../parts/copy.ts';
import { driveDocument, siteDocument } from '../parts/files.ts';
import { note } from '../parts/note.ts';

interface Copies {
  readonly store: Store;
  readonly title: string;
  readonly story: string;
  readonly files: readonly [least: number, most: number];
  readonly hours: readonly [least: number, most: number];
}

const COPIES: readonly Copies[] = [
  {
    store: 'drive',
    title: 'A folder of Drive on one of the last evenings',
    story:
      'Somebody leaves after three weeks or a little more. On one evening of the week before, 120 to 400 documents of others are downloaded from Google Drive within one to three hours, from home; until then it was a few a day.',
    files: [120, 400],
    hours: [1, 3],
  },
  {
    store: 'sharepoint',
    title: 'A site of SharePoint, to a computer of one’s own',
    story:
      'Somebody leaves after three weeks or a little more. On one evening of the week before, 150 to 500 files of one SharePoint site are downloaded within one to three hours, in a browser on a computer that nobody manages.',
    files: [150, 500],
    hours: [1, 3],
  },
  {
    store: 's3',
    title: 'A bucket, object by object',
    story:
      'Somebody leaves after three weeks or a little more. On one evening of the week before, `aws s3 sync` copies 800 to 2,000 objects of a bucket of customers’ data within 4 to 12 minutes; the trail has the data events.',
    files: [800, 2_000],
    hours: [0.07, 0.2],
  },
];

const leaversCopy: readonly Attack[] = COPIES.map(({ store, title, story, files, hours }) => ({
  name: `leaver-copies-${store}`,
  ...{ title, story },
  expects: ['bulk-download'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const { who, evening } = leaver(stage);
    copyFiles(stage, {
      ...{ who, store, from: stage.homeOf(who) },
      files: random.between(...files),
      at: stage.at(evening, 18.5, who),
      hours: hours[0] + (hours[1] - hours[0]) * random.next(),
      first: random.between(1, 5_000),
      onOwnComputer: true,
    });
    stage.label([who]);
  },
}));

const leaverShares: Attack = {
  name: 'leaver-shares',
  title: 'Files shared with oneself',
  story:
    'Somebody leaves after three weeks or a little more. In the last week they give 5 to 20 files of Drive or SharePoint to a private address that is their own name at a free mail provider, all on one evening. Nothing is downloaded.',
  expects: ['external-sharing'],
  expectsComposite: false,
  play(stage) {
    const { random, administrator } = stage;
    const { who, evening, privately } = leaver(stage);
    const inDrive = random.next() < 0.5;
    for (let left = random.between(5, 20); left > 0; left--) {
      const at = stage.at(evening, 18.5, who) + left * 3 * MINUTE_MS;
      const from = stage.homeOf(who);
      const number = 6_000 + left;
      if (inDrive) {
        const file = driveDocument(administrator.address, number);
        note(stage, 'google', driveShared, who, at, from, { file, target: privately });
      } else {
        const options = { file: siteDocument(number), device: who.laptop, target: privately, guest: true };
        note(stage, 'm365', fileShared, who, at, from, options);
      }
    }
    stage.label([who]);
  },
};

const leaverForwards: Attack = {
  name: 'leaver-forwards-mail',
  title: 'Mail goes on to a private address',
  story:
    'Somebody leaves after three weeks or a little more. In the last week they have their mail forwarded to a private address: by a rule of the inbox or for the whole mailbox in Exchange, or in Gmail.',
  expects: ['mail-forwarding'],
  expectsComposite: false,
  play(stage) {
    const { who, evening, privately } = leaver(stage);
    const at = stage.at(evening, 17.5, who);
    const from = stage.homeOf(who);
    const way = stage.random.pick(['rule', 'mailbox', 'gmail']);
    if (way === 'gmail') note(stage, 'google', forwardedOutside, who, at, from, { to: privately });
    else if (way === 'rule')
      note(stage, 'm365', inboxRuleCreated, who, at, from, { name: '.', forwardTo: privately });
    else note(stage, 'm365', mailboxForwardingSet, who, at, from, { forwardTo: privately });
    stage.label([who]);
  },
};

const leaverExports: Attack = {
  name: 'leaver-exports',
  title: 'Everything in one archive',
  story:
    'Somebody who is no administrator leaves after three weeks or a little more. In the last week they let Google make an archive of everything they have (Takeout) and download it some hours later, or they export what a search of the compliance centre found.',
  expects: ['bulk-export'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const { who, evening } = leaver(stage);
    const at = stage.at(evening, 16, who);
    const from = stage.homeOf(who);
    if (random.next() < 0.5) {
      note(stage, 'google', takeout, who, at, from, { step: 'STARTED_USER_TAKEOUT' });
      note(stage, 'google', takeout, who, at + random.between(1, 5) * HOUR_MS, from);
    } else note(stage, 'm365', searchExported, who, at, from, { search: 'All of 2026' });
    stage.label([who]);
  },
};

export const leavers: readonly Attack[] = [...leaversCopy, leaverShares, leaverForwards, leaverExports];

interface Leaver {
  readonly who: Staff;
  /** A working day of the last week. */
  readonly evening: number;
  /** Their own, elsewhere. */
  readonly privately: string;
}

/** Hires somebody of a year’s standing who leaves in the window. */
function leaver(stage: Stage): Leaver {
  const { random, start } = stage;
  const last = stage.workday(random.between(19, 22));
  const who = stage.hire({ claimed: random.pick(US), ends: start + (last + 1) * DAY_MS - 1 });
  const evening = stage.workday(last - random.between(3, 6));
  return { who, evening, privately: `${who.name.toLowerCase().replace(' ', '.')}.example@gmail.com` };
}
