/** Journeys of more than two sign-ins: what was before decides. */
import { HOUR_MS, MINUTE_MS } from '../../../../core/time.ts';
import type { Attack } from '../../attack.ts';
import type { CityName } from '../../places/cities.ts';
import { cityBut, THIEVES, US } from '../parts/cities.ts';
import { laterWorkday, workdays } from '../parts/days.ts';
import { signIn, type SignInLog } from '../parts/sign-in.ts';
import { work } from '../parts/work.ts';

export const thereAndBack: Attack = {
  name: 'journey-there-and-back',
  title: 'There by aeroplane, back by magic',
  story:
    'Somebody has worked from home in America on every working day. Twenty-six hours after the last sign-in there is one from another continent, for which there was time; half an hour later they are at home again. Only the way back gives them away.',
  expects: ['impossible-travel'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const who = stage.hire({ claimed: random.pick(US), works: false });
    const home = stage.homeOf(who);
    const day = laterWorkday(stage);
    work(stage, who, workdays(stage, 0, day - 1), { from: () => home, clock: who });
    const left = stage.at(day, 9, who);
    signIn(stage, 'okta', who, left, home, who.laptop);
    signIn(stage, 'okta', who, left + 26 * HOUR_MS, geography.home(random.pick(THIEVES)));
    signIn(stage, 'okta', who, left + 26 * HOUR_MS + 30 * MINUTE_MS, home, who.laptop);
    stage.label([who], left);
  },
};

export const knownAddress: Attack = {
  name: 'journey-to-a-known-address',
  title: 'An address that was seen before',
  story:
    'In the first week somebody who lives in America works two days from a line on another continent, with time to fly there and back. Two weeks later, five minutes after a sign-in from home, that line is there again: the address is known, the journey is no less impossible.',
  expects: ['impossible-travel'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const who = stage.hire({ claimed: random.pick(US), works: false });
    const home = stage.homeOf(who);
    const line = geography.home(random.pick(THIEVES));
    const first = stage.workday(1);
    const [one = first, two = first] = workdays(stage, first + 2);
    work(stage, who, [one, two], { from: () => line, clock: who });
    const day = laterWorkday(stage);
    work(stage, who, [first, ...workdays(stage, two + 2, day - 1)], { from: () => home, clock: who });
    const at = stage.at(day, 10 + 5 * random.next(), who);
    signIn(stage, 'okta', who, at, home, who.laptop);
    signIn(stage, 'entra', who, at + random.between(4, 6) * MINUTE_MS, line);
    stage.label([who], at);
  },
};

export const toAndFro: Attack = {
  name: 'journey-between-two-friends',
  title: 'To and fro all afternoon',
  story:
    'A password is lent: on one afternoon Okta and Entra have sign-ins from two American cities in turn, six to ten of them, 10 to 25 minutes apart. Both are private lines.',
  expects: ['impossible-travel'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const claimed = random.pick<CityName>(['Boston', 'New York', 'Atlanta']);
    const who = stage.hire({ claimed });
    const friend = geography.home(cityBut(random, ['Seattle', 'Phoenix', 'San Francisco']));
    const begin = stage.at(laterWorkday(stage), 13, who);
    let at = begin;
    for (let left = random.between(6, 10); left > 0; left--) {
      const log = random.pick<SignInLog>(['okta', 'entra']);
      if (left % 2 === 0) signIn(stage, log, who, at, stage.homeOf(who), who.laptop);
      else signIn(stage, log, who, at, friend);
      at += random.between(10, 25) * MINUTE_MS;
    }
    stage.label([who]);
  },
};
