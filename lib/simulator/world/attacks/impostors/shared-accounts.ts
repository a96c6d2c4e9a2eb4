/** One account, two people: whoever was hired lets somebody abroad do the work. */
import type { Attack, Stage } from '../../attack.ts';
import type { Cities } from '../parts/cities.ts';
import { workdays } from '../parts/days.ts';
import { work } from '../parts/work.ts';

/** Within a night's flight of where the owners live. */
const HELPERS: Cities = ['Mexico City', 'Buenos Aires', 'Sao Paulo', 'London', 'Dublin', 'Lisbon'];
const OWNERS: Cities = ['New York', 'Boston', 'Atlanta', 'Chicago', 'Austin'];

export const sharedByDays: Attack = {
  name: 'shared-account-by-days',
  title: 'Two people take turns, a day each',
  story:
    'Somebody hired a year ago works from home for two weeks, on the company’s laptop. From then on Tuesdays and Thursdays are done by somebody in another country, on a computer of their own; the hours are the owner’s, so that there is always time for a flight between the two. Okta, Entra, Google and Microsoft 365 have the account in both countries, twice a week.',
  expects: ['unexpected-location', 'new-country', 'unmanaged-device'],
  expectsComposite: true,
  play(stage) {
    const { owner, home, away } = twoPeople(stage);
    const days = workdays(stage, 0);
    const isHelpers = (day: number): boolean => day >= 14 && [2, 4].includes(weekday(stage, day));
    const [theirs, own] = [days.filter(isHelpers), days.filter((day) => !isHelpers(day))];
    work(stage, owner, own, { from: () => home, clock: owner });
    work(stage, owner, theirs, { from: () => away, clock: owner, onOwnComputer: true });
    stage.label([owner], stage.at(theirs[0] ?? 0, 8, owner));
  },
};

export const sharedByHours: Attack = {
  name: 'shared-account-by-hours',
  title: 'Two people at once',
  story:
    'Somebody hired a year ago works from home for two weeks, on the company’s laptop. From then on they work mornings only, and somebody in another country, on a computer of their own, works the same account from eleven to six: every day it is in two countries within the hour, at every vendor.',
  expects: ['impossible-travel', 'unexpected-location', 'unmanaged-device'],
  expectsComposite: true,
  play(stage) {
    const { owner, home, away } = twoPeople(stage);
    const shared = workdays(stage, 14);
    work(stage, owner, workdays(stage, 0, 13), { from: () => home, clock: owner });
    work(stage, owner, shared, { from: () => home, clock: owner, hours: [9, 13] });
    work(stage, owner, shared, {
      from: () => away,
      clock: owner,
      hours: [11, 18],
      onOwnComputer: true,
    });
    stage.label([owner], stage.at(shared[0] ?? 0, 8, owner));
  },
};

function twoPeople(stage: Stage) {
  const owner = stage.hire({ claimed: stage.random.pick(OWNERS), works: false });
  const away = stage.geography.home(stage.random.pick(HELPERS));
  return { owner, home: stage.homeOf(owner), away };
}

function weekday({ start }: Stage, day: number): number {
  return (new Date(start).getUTCDay() + day) % 7;
}
