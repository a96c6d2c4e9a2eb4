/** Laptops of several people who are not who they say, in one household. */
import type { Attack } from '../../attack.ts';
import type { CityName } from '../../places/cities.ts';
import { cityBut, US } from '../parts/cities.ts';
import { hireOn, workdays } from '../parts/days.ts';
import { settleIn } from '../parts/settle-in.ts';
import { ANYDESK, CHROME_REMOTE_DESKTOP, found, RUSTDESK, SPLASHTOP } from '../parts/software.ts';
import { work } from '../parts/work.ts';

export const carelessFarm: Attack = {
  name: 'careless-farm',
  title: 'A laptop farm that does not cover its tracks',
  story:
    'Three people are hired within a week; one claims Austin, the others cities of their own. All three laptops were shipped to one household in yet another state, and Okta, Entra, Google and Microsoft 365 never see them elsewhere. Whoever works as them keeps office hours of Dandong or Vladivostok. Four to nine days in, Intune finds AnyDesk and RustDesk on the first laptop, and on one day in the second or third week its operator comes through Astrill, having forgotten the detour.',
  expects: [
    'laptop-farm',
    'unexpected-location',
    'multiple-remote-tools',
    'unapproved-remote-tool',
    'high-risk-vpn',
    'off-hours-activity',
  ],
  expectsComposite: true,
  play(stage) {
    const { random, geography } = stage;
    const farmCity = cityBut(random, US, 'Austin');
    const second = cityBut(random, US, 'Austin', farmCity);
    const claims = ['Austin', second, cityBut(random, US, 'Austin', farmCity, second)] as const;
    const farm = geography.home(farmCity);
    const clock = random.pick<CityName>(['Dandong', 'Vladivostok']);
    const impostors = claims.map((claimed) => {
      const hired = random.between(1, 5);
      const who = hireOn(stage, hired, { claimed, city: farmCity, home: farm, works: false });
      const day = stage.workday(hired + 1);
      settleIn(stage, who, stage.at(day, 9.2, clock), farm);
      const astrill = stage.workday(day + random.between(9, 14));
      const isFirst = claimed === 'Austin';
      work(stage, who, workdays(stage, day), {
        from: (each) => (isFirst && each === astrill ? geography.vpn('ASTRILL_VPN', farmCity) : farm),
        clock,
      });
      if (!isFirst) return who;
      for (const tool of [ANYDESK, RUSTDESK]) found(stage, who, tool, day + random.between(4, 9));
      return who;
    });
    stage.label([...impostors, farm.ip]);
  },
};

export const carefulFarm: Attack = {
  name: 'careful-farm',
  title: 'A laptop farm in the very city that is claimed',
  story:
    'Two or three people are hired, three days apart, who all claim the city in which the farm is, so that every sign-in comes from where it should, at hours that fit. What they cannot help is that all their laptops share one residential line. One of them has one remote tool, of the kind that a help desk would use, found by Intune a week after the first day. There is no jiggler, no VPN and no copying.',
  expects: ['laptop-farm', 'unapproved-remote-tool'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const claimed = random.pick(US);
    const home = stage.geography.home(claimed);
    const day = random.between(1, 4);
    const impostors = Array.from({ length: random.between(2, 3) }, (_, n) =>
      hireOn(stage, stage.workday(day + 3 * n), { claimed, home }),
    );
    const [first] = impostors;
    const tool = random.pick([SPLASHTOP, CHROME_REMOTE_DESKTOP]);
    if (first !== undefined) found(stage, first, tool, day + random.between(7, 9));
    stage.label([...impostors, home.ip]);
  },
};

export const quietFarm: Attack = {
  name: 'quiet-farm',
  title: 'Nothing but the address',
  story:
    'Two people are hired two weeks apart who both claim the city in which the farm is, and work there at ordinary hours, on the company’s laptops. There is no tool, no VPN and no copying: that both laptops share one residential line is all there is, and it might be a couple.',
  expects: ['laptop-farm'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const claimed = random.pick(US);
    const home = stage.geography.home(claimed);
    const day = random.between(0, 3);
    const first = hireOn(stage, stage.workday(day), { claimed, home });
    const second = hireOn(stage, stage.workday(day + 12), { claimed, home });
    stage.label([first, second, home.ip], second.hired);
  },
};
