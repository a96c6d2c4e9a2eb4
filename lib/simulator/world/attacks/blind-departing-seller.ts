/** A salesperson who takes the customers along, a little every day. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/time.ts';
import type { Attack, Stage } from '../attack.ts';
import { severalOf } from '../chance.ts';
import { driveOpened, driveShared, forwardedOutside } from '../records/google.ts';
import { fileShared, inboxRuleCreated } from '../records/m365.ts';
import type { Staff } from '../staff.ts';
import { US } from './parts/cities.ts';
import { copyFiles } from './parts/copy.ts';
import { workdays } from './parts/days.ts';
import { driveDocument, siteDocument } from './parts/files.ts';
import { note } from './parts/note.ts';

export const departingSeller: Attack = {
  name: 'blind-departing-seller',
  title: 'The customers, a few at a time',
  story:
    'Somebody in sales, here for a year, has signed elsewhere and leaves at the end of the third week; the people file says so. From two weeks before on they give one to three files of customers a day to their own address at a free mail provider, as they would to a customer: documents in Drive, or files in SharePoint by a link for that address alone. Eight to eleven days before the end a rule of their inbox, or Gmail’s own setting, begins to send mail to the same address. On three evenings of the last six days they download 25 to 60 files of SharePoint each within an hour and a half, on the company’s laptop and from home, which is several times what they usually do and not much in itself. On the last morning two to four documents are opened to whoever has the link, for later.',
  expects: ['external-sharing', 'mail-forwarding', 'bulk-download'],
  expectsComposite: false,
  play(stage) {
    const { random, start } = stage;
    const last = stage.workday(random.between(19, 22));
    const ends = start + (last + 1) * DAY_MS - 1;
    const who = stage.hire({ claimed: random.pick(US), department: 'Sales', ends });
    const privately = `${who.name.toLowerCase().replace(' ', '.')}.example@gmail.com`;
    for (const day of workdays(stage, last - 14, last - 1)) share(stage, who, day, privately);
    forward(stage, who, stage.workday(last - random.between(8, 11)), privately);
    const evenings = severalOf(random, workdays(stage, last - 6, last - 1), 3);
    for (const [n, evening] of evenings.entries()) {
      copyFiles(stage, {
        ...{ who, from: stage.homeOf(who), store: 'sharepoint', first: 3_000 + 100 * n },
        files: random.between(25, 60),
        at: stage.at(evening, 18.5 + random.next(), who),
        hours: 1.5,
      });
    }
    keepDoorsOpen(stage, who, last);
    stage.label([who]);
  },
};

function share(stage: Stage, who: Staff, day: number, target: string): void {
  const { random } = stage;
  const from = stage.homeOf(who);
  for (let left = random.between(1, 3); left > 0; left--) {
    const at = stage.at(day, 9.5 + 7 * random.next(), who);
    const number = 4_000 + 10 * day + left;
    if (random.next() < 0.5) {
      note(stage, 'google', driveShared, who, at, from, {
        file: driveDocument(who.manager, number),
        target,
      });
    } else {
      const operation = 'AddedToSecureLink' as const;
      const options = { file: siteDocument(number), device: who.laptop, operation, target, guest: true };
      note(stage, 'm365', fileShared, who, at, from, options);
    }
  }
}

function forward(stage: Stage, who: Staff, day: number, to: string): void {
  const at = stage.at(day, 12 + stage.random.next(), who);
  const from = stage.homeOf(who);
  if (stage.random.next() < 0.5) note(stage, 'google', forwardedOutside, who, at, from, { to });
  else note(stage, 'm365', inboxRuleCreated, who, at, from, { name: 'Follow-up', forwardTo: to });
}

function keepDoorsOpen(stage: Stage, who: Staff, day: number): void {
  const begin = stage.at(day, 10.5, who);
  for (let left = stage.random.between(2, 4); left > 0; left--) {
    const file = driveDocument(who.manager, 5_000 + left);
    const at = begin + Math.floor(stage.random.next() * HOUR_MS) + left * MINUTE_MS;
    note(stage, 'google', driveOpened, who, at, stage.homeOf(who), { file });
  }
}
