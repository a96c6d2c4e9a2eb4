/**
 * One account, two places, and no way to be in both: the shapes in which implementations miss it. The sign-ins come from
 * different vendors, which tell of them at different speeds, in the same second, or in the wrong order.
 */
import { SECOND_MS } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import type { CityName } from '../../places/cities.ts';
import { THIEVES, US, type Cities } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { signIn, type SignInLog } from '../parts/sign-in.ts';

interface Journey {
  readonly name: string;
  readonly title: string;
  readonly story: string;
  /** Whose log has the sign-in at home, and whose has the one away. */
  readonly logs: readonly [SignInLog, SignInLog];
  /** From the one to the other, least and most. */
  readonly seconds: readonly [number, number];
  readonly homes?: Cities;
  readonly away?: Cities;
  readonly expects?: readonly string[];
  /** Where the second sign-in is seen from; a private line, unless said otherwise. */
  readonly line?: (stage: Stage, away: CityName) => From;
}

const JOURNEYS: readonly Journey[] = [
  {
    name: 'two-places-at-once',
    title: 'A laptop in America, its user in Vladivostok',
    story:
      'An engineer of a year’s standing signs in to Okta from home in America, on the company’s laptop, and 20 to 60 minutes later to Entra from Vladivostok, on another computer.',
    logs: ['okta', 'entra'],
    seconds: [20 * 60, 60 * 60],
    away: ['Vladivostok'],
  },
  {
    name: 'journey-in-an-hour',
    title: 'Another continent within the hour',
    story:
      'The plainest case: Okta has a sign-in from home in America and, 45 to 70 minutes later, one from another continent.',
    logs: ['okta', 'okta'],
    seconds: [45 * 60, 70 * 60],
  },
  {
    name: 'journey-between-vendors',
    title: 'Okta at home, the AWS console abroad',
    story:
      'No vendor sees anything odd: Okta has the sign-in from home in America, and CloudTrail, 8 to 15 minutes later, a console opened from another continent.',
    logs: ['okta', 'aws'],
    seconds: [8 * 60, 15 * 60],
  },
  {
    name: 'journey-told-in-reverse',
    title: 'The first sign-in is told last',
    story:
      'Entra, which tells minutes late, has the sign-in from home in America; 60 to 100 seconds after it Okta, which tells within two minutes, has one from another continent. The second is usually read first.',
    logs: ['entra', 'okta'],
    seconds: [60, 100],
  },
  {
    name: 'journey-in-no-time',
    title: 'Two places in the same millisecond',
    story:
      'Okta has a sign-in from home in America and Google one from another continent, both of the same millisecond.',
    logs: ['okta', 'google'],
    seconds: [0, 0],
  },
  {
    name: 'journey-in-ten-seconds',
    title: 'Two places ten seconds apart',
    story:
      'Google has a sign-in from home in America and, 5 to 15 seconds later, one from another continent. Google names no places.',
    logs: ['google', 'google'],
    seconds: [5, 15],
  },
  {
    name: 'journey-within-a-country',
    title: 'Coast to coast within the hour',
    story:
      'Entra has a sign-in from home on the American east coast and, 40 to 60 minutes later, one from the west coast. The country is the same, the distance is 3,500 km and more.',
    logs: ['entra', 'entra'],
    seconds: [40 * 60, 60 * 60],
    homes: ['Boston', 'New York', 'Raleigh'],
    away: ['Seattle', 'San Francisco', 'Los Angeles'],
  },
  {
    name: 'journey-through-a-vpn',
    title: 'An exit of a VPN, five minutes after home',
    story:
      'Okta has a sign-in from home in America and, 4 to 8 minutes later, one through a consumer VPN with an exit in Europe, on a computer that nobody manages. It may be the person’s own VPN: more than a low alert would be wrong, and so would be silence.',
    logs: ['okta', 'okta'],
    seconds: [4 * 60, 8 * 60],
    away: ['London', 'Amsterdam', 'Frankfurt am Main'],
    expects: ['impossible-travel', 'anonymized-sign-in'],
    line: ({ geography }, away) => geography.vpn('NORD_VPN', away),
  },
];

export const impossibleJourneys: readonly Attack[] = JOURNEYS.map(
  ({ logs, seconds, homes = US, away = THIEVES, line, ...about }) => ({
    expects: ['impossible-travel'],
    ...about,
    expectsComposite: false,
    play(stage) {
      const { random, geography } = stage;
      const who = stage.hire({ claimed: random.pick(homes) });
      const destination = random.pick(away);
      const at = stage.at(laterWorkday(stage), 11 + 4 * random.next(), who);
      const later = at + random.between(...seconds) * SECOND_MS;
      signIn(stage, logs[0], who, at, stage.homeOf(who), who.laptop);
      signIn(stage, logs[1], who, later, line?.(stage, destination) ?? geography.home(destination));
      stage.label([who]);
    },
  }),
);
