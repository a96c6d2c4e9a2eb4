/** So little at a time that no day stands out. */
import type { Attack } from '../../attack.ts';
import { US } from '../parts/cities.ts';
import { copyFiles } from '../parts/copy.ts';
import { workdays } from '../parts/days.ts';

const STORES = [
  ['drive', 'Google Drive'],
  ['sharepoint', 'SharePoint'],
] as const;

export const slowCopies: readonly Attack[] = STORES.map(([store, called]) => ({
  name: `low-and-slow-${store}`,
  title: `Forty files a day from ${called}`,
  story: `Somebody hired a year ago works at home as always. From the second week to the end 30 to 60 files more than usual are downloaded from ${called} each working day, never the same twice, spread over the working hours: 4 to 8 an hour, some 500 in three weeks.`,
  expects: ['bulk-download'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    let first = 1;
    for (const day of workdays(stage, random.between(8, 10))) {
      const files = random.between(30, 60);
      copyFiles(stage, {
        ...{ who, store, files, first, from: stage.homeOf(who) },
        at: stage.at(day, 9.5, who),
        hours: 7.5,
      });
      first += files;
    }
    stage.label([who]);
  },
}));
