/** What Ringer cannot see. These are played, and published as missed, so that nobody takes silence for proof. */
import type { Attack } from '../../attack.ts';
import { US } from '../parts/cities.ts';
import { hireOn, workdays } from '../parts/days.ts';
import { work } from '../parts/work.ts';

export const wellBehaved: Attack = {
  name: 'well-behaved',
  title: 'An impostor who does everything right',
  story:
    'A new hire claims an American city, and the laptop stands there in a household of its own, on a line that nobody else has. It is worked through an IP-KVM that calls itself a keyboard of a common make. There is no remote software and no VPN, the hours are those of the place, and nothing is copied. Every record is that of an honest person.',
  expects: [],
  expectsComposite: false,
  play(stage) {
    const day = stage.workday(stage.random.between(1, 10));
    const who = hireOn(stage, day, { claimed: stage.random.pick(US) });
    stage.label([who], who.hired);
  },
};

export const portableTool: Attack = {
  name: 'portable-tool',
  title: 'A remote tool that is never installed',
  story:
    'A new hire claims an American city, and the laptop stands there in a household of its own. It is worked through a portable AnyDesk that somebody starts from a USB stick every morning, and a mechanical jiggler turns under the mouse: inventories list what is installed, and nothing is. Days begin and end by the clock of the place, with few breaks.',
  expects: [],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 10));
    const who = hireOn(stage, day, { claimed: random.pick(US), works: false });
    const home = stage.homeOf(who);
    work(stage, who, workdays(stage, day), { from: () => home, clock: who, hours: [8, 18] });
    stage.label([who]);
  },
};

export const readsOnScreen: Attack = {
  name: 'reads-on-screen',
  title: 'Photographs of a screen',
  story:
    'A new hire works from the claimed city, on the company’s laptop and at ordinary hours, and photographs what they are to read anyway: some files a day are opened in the browser at Google and Microsoft 365, none is downloaded, shared or copied.',
  expects: [],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 10));
    const who = hireOn(stage, day, { claimed: random.pick(US), works: false });
    const home = stage.homeOf(who);
    work(stage, who, workdays(stage, day), {
      from: () => home,
      clock: who,
      vendors: ['google', 'microsoft'],
    });
    stage.label([who]);
  },
};
