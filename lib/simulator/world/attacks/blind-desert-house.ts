/** A facilitator’s house, whose laptops take turns on two lines, as their operators do on the people. */
import { DAY_MS } from '../../../core/time.ts';
import type { Attack, Hire } from '../attack.ts';
import { severalOf } from '../chance.ts';
import type { From } from '../geography.ts';
import { US } from './parts/cities.ts';
import { hireOn, workdays } from './parts/days.ts';
import { settleIn } from './parts/settle-in.ts';
import { ANYDESK, CHROME_REMOTE_DESKTOP, found, RUSTDESK, SPLASHTOP } from './parts/software.ts';
import { work } from './parts/work.ts';

const MORNING = [8, 12.2] as const;
const AFTERNOON = [13, 17.4] as const;

export const desertHouse: Attack = {
  name: 'blind-desert-house',
  title: 'Four laptops in Arizona, two operators',
  story:
    'A facilitator near Phoenix keeps four of the company’s laptops running. One of the four people claims Phoenix, the others three other American cities. Two were hired two to five months ago, one comes in the first week and one in the second. The house has two lines, and never more than two laptops are on the same: every seventh day the pairs change. Two operators do the work by the clock of Phoenix, each as one person in the morning and as another in the afternoon, so that nobody is seen for more than half a day and the hours fit every claim; every seventh day mornings and afternoons change too. One laptop of the old and one of the new is worked by a remote tool, another each, which Intune finds three to nine days after the first day that is seen; the other two by boxes that no inventory shows. Okta, Entra, Google and Microsoft 365 see ordinary half days.',
  expects: ['laptop-farm', 'unexpected-location', 'unapproved-remote-tool'],
  expectsComposite: true,
  play(stage) {
    const { random, geography, start } = stage;
    const lines = [geography.home('Phoenix'), geography.home('Phoenix')] as const;
    const others = US.filter((city) => city !== 'Phoenix');
    const claims = ['Phoenix' as const, ...severalOf(random, others, 3)];
    const tools = severalOf(random, [ANYDESK, CHROME_REMOTE_DESKTOP, RUSTDESK, SPLASHTOP], 2);
    // The third and fourth are new.
    const firstDays = [0, 0, stage.workday(random.between(1, 3)), stage.workday(random.between(7, 9))];
    const impostors = claims.map((claimed, n) => {
      const day = firstDays[n] ?? 0;
      const hire: Hire = { claimed, city: 'Phoenix', home: lines[0], works: false };
      const isNew = day > 0;
      const who = isNew
        ? hireOn(stage, day, hire)
        : stage.hire({ ...hire, hired: start - random.between(60, 150) * DAY_MS });
      if (isNew) settleIn(stage, who, stage.at(day, 8, 'Phoenix'), lineOf(n, day, lines));
      for (const each of workdays(stage, day)) {
        const hours = (n + weekOf(each)) % 2 === 0 ? MORNING : AFTERNOON;
        work(stage, who, [each], { from: () => lineOf(n, each, lines), clock: 'Phoenix', hours });
      }
      const tool = tools[n - 1];
      if (tool !== undefined) found(stage, who, tool, day + random.between(3, 9));
      return who;
    });
    stage.label([...impostors, ...lines.map(({ ip }) => ip)]);
  },
};

/** Each week another of the three shares the first line with the first laptop. */
function lineOf(laptop: number, day: number, [first, second]: readonly [From, From]): From {
  return laptop === 0 || laptop === 1 + (weekOf(day) % 3) ? first : second;
}

function weekOf(day: number): number {
  return Math.floor(day / 7);
}
