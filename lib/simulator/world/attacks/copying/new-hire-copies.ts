import type { Attack } from '../../attack.ts';
import { US } from '../parts/cities.ts';
import { copyFiles } from '../parts/copy.ts';
import { hireOn } from '../parts/days.ts';

export const copiesInWeekTwo: Attack = {
  name: 'copies-in-week-two',
  title: 'A bucket in the second week of employment',
  story:
    'A new engineer claims an American city, is seen in it and nowhere else, on the company’s laptop, with no tool and at ordinary hours: everything about who they are checks out. On one day of their second week they read 600 to 1,800 objects of customers’ data from S3 within 20 to 90 minutes.',
  expects: ['bulk-download'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed: random.pick(US) });
    copyFiles(stage, {
      ...{ who, store: 's3', from: stage.homeOf(who) },
      files: random.between(600, 1_800),
      at: stage.at(stage.workday(day + random.between(7, 11)), 11 + 4 * random.next(), who),
      hours: 0.3 + 1.2 * random.next(),
    });
    stage.label([who]);
  },
};
