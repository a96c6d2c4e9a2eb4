/** One household whose people claim to live apart. */
import { householdOf } from '../../../../core/places/address.ts';
import type { Attack, Hire, Stage } from '../../attack.ts';
import type { Line } from '../../geography.ts';
import type { CityName } from '../../places/cities.ts';
import { otherInHousehold } from '../../places/prefixes.ts';
import { cityBut, US } from '../parts/cities.ts';
import { workdays } from '../parts/days.ts';
import { work } from '../parts/work.ts';

export const farmOfThree: Attack = {
  name: 'farm-of-three',
  title: 'Three claims, one household',
  story:
    'Three people who were hired a year ago and longer work from one residential line, at ordinary hours of that place. One claims the place, the two others claim cities of two other states. There is no tool, no VPN and no copying: the address is all there is.',
  expects: ['laptop-farm', 'unexpected-location'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const city = random.pick(US);
    const home = stage.geography.home(city);
    const second = cityBut(random, US, city);
    const claims: readonly CityName[] = [city, second, cityBut(random, US, city, second)];
    const impostors = claims.map((claimed) => stage.hire({ claimed, city, home }));
    stage.label([...impostors, home.ip], stage.start);
  },
};

export const farmByIpv6: Attack = {
  name: 'farm-by-ipv6',
  title: 'A household whose computers change their addresses',
  story:
    'Two people claim different cities and work from one household, whose carrier has IPv6. Google and Microsoft see another address each day and for each of them, all of one /64; nothing shows at Okta.',
  expects: ['laptop-farm', 'unexpected-location'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const [line, city] = householdWithV6(stage);
    const { v6 = line.v4 } = line;
    const hire: Hire = { city, home: line.v4, works: false };
    const impostors = [city, cityBut(random, US, city)].map((claimed) => stage.hire({ ...hire, claimed }));
    for (const who of impostors) {
      work(stage, who, workdays(stage, 0), {
        from: () => ({ ...v6, ip: v6 === line.v4 ? v6.ip : otherInHousehold(v6.ip, random) }),
        clock: who,
        vendors: ['google', 'microsoft'],
      });
    }
    stage.label([...impostors, householdOf(v6.ip) ?? v6.ip]);
  },
};

/** Not every carrier has IPv6 everywhere. */
function householdWithV6({ random, geography }: Stage): readonly [Line, CityName] {
  for (let tries = 1; ; tries++) {
    const city = random.pick(US);
    const line = geography.line(city);
    if (line.v6 !== undefined || tries === 50) return [line, city];
  }
}
