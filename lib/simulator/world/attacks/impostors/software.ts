/** What is installed: the programs by which somebody works a laptop from afar, or seems to be at it. */
import type { Attack } from '../../attack.ts';
import { US } from '../parts/cities.ts';
import { hireOn, workdays } from '../parts/days.ts';
import {
  ANYDESK,
  CHROME_REMOTE_DESKTOP,
  found,
  jigglerFor,
  RUSTDESK,
  SCREENCONNECT,
  SPLASHTOP,
} from '../parts/software.ts';
import { work } from '../parts/work.ts';

const TOOLS = [ANYDESK, RUSTDESK, SPLASHTOP, CHROME_REMOTE_DESKTOP, SCREENCONNECT] as const;

export const jigglerAndTools: Attack = {
  name: 'jiggler-and-two-tools',
  title: 'Two remote tools, and a mouse that never rests',
  story:
    'A new hire works from the claimed city, at ordinary hours. Three to twelve days after the first day Intune finds two remote-access tools of different makers on the laptop and a program that moves the mouse.',
  expects: ['multiple-remote-tools', 'unapproved-remote-tool', 'mouse-jiggler'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed: random.pick(US) });
    const [one, two] = random.pick([
      [ANYDESK, CHROME_REMOTE_DESKTOP],
      [RUSTDESK, SPLASHTOP],
      [SCREENCONNECT, ANYDESK],
    ]);
    for (const program of [one, two, jigglerFor(who)])
      found(stage, who, program, day + random.between(3, 12));
    stage.label([who]);
  },
};

export const oneTool: Attack = {
  name: 'one-remote-tool',
  title: 'A remote tool in the first weeks',
  story:
    'A new hire works from the claimed city, at ordinary hours. In the first or second week Intune finds one remote-access tool on the laptop: AnyDesk, RustDesk, Splashtop, Chrome Remote Desktop or ScreenConnect.',
  expects: ['unapproved-remote-tool'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed: random.pick(US) });
    found(stage, who, random.pick(TOOLS), day + random.between(2, 12));
    stage.label([who]);
  },
};

export const secondTool: Attack = {
  name: 'second-remote-tool',
  title: 'A second remote tool a week after the first',
  story:
    'Somebody hired a year ago works from the claimed city, at ordinary hours, and has AnyDesk on the laptop, as Intune has listed since the window began. In the second or third week RustDesk comes to it.',
  expects: ['multiple-remote-tools'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    found(stage, who, ANYDESK, 0);
    found(stage, who, RUSTDESK, random.between(8, 19));
    stage.label([who]);
  },
};

export const jiggler: Attack = {
  name: 'mouse-jiggler',
  title: 'A mouse that never rests',
  story:
    'Somebody hired a year ago works from the claimed city, at ordinary hours. In the second or third week Intune finds a program on the laptop that moves the mouse while nobody is there.',
  expects: ['mouse-jiggler'],
  expectsComposite: false,
  play(stage) {
    const who = stage.hire({ claimed: stage.random.pick(US) });
    found(stage, who, jigglerFor(who), stage.random.between(8, 19));
    stage.label([who]);
  },
};

export const secondComputer: Attack = {
  name: 'second-computer',
  title: 'The company’s laptop stays shut',
  story:
    'A new hire works from the claimed city, at ordinary hours. After three to five days at the company’s laptop all the work is done on a computer that nobody manages: Okta, Entra and Microsoft 365 see the same account from the same line, on a device they do not know. Once a week the laptop is switched on for a day.',
  expects: ['unmanaged-device'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 3));
    const who = hireOn(stage, day, { claimed: random.pick(US), works: false });
    const home = stage.homeOf(who);
    const days = workdays(stage, day);
    const change = random.between(3, 5);
    const isOnLaptop = (n: number): boolean => n < change || n % 5 === 0;
    const working = { from: () => home, clock: who };
    work(
      stage,
      who,
      days.filter((_, n) => isOnLaptop(n)),
      working,
    );
    const own = days.filter((_, n) => !isOnLaptop(n));
    work(stage, who, own, { ...working, onOwnComputer: true });
    stage.label([who], stage.at(own[0] ?? day, 8, who));
  },
};
