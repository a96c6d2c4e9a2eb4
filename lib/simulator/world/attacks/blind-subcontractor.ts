/** Somebody real, who has their work done by somebody cheaper at night. */
import { MINUTE_MS } from '../../../core/time.ts';
import type { Attack, Stage } from '../attack.ts';
import { severalOf } from '../chance.ts';
import type { From } from '../geography.ts';
import { directoryAudit } from '../records/entra-audits.ts';
import { activity } from '../records/google.ts';
import { guid, letters } from '../records/ids.ts';
import type { Staff } from '../staff.ts';
import { workdays } from './parts/days.ts';
import { note } from './parts/note.ts';
import { work } from './parts/work.ts';

/** Share of the nights that are worked. */
const NIGHTS = 0.8;

export const subcontractor: Attack = {
  name: 'blind-subcontractor',
  title: 'The second computer works at night',
  story:
    'Somebody hired a year ago lives where they claim and keeps ordinary days on the company’s laptop. Between the tenth and the thirteenth day they register a computer of their own with Entra, which is allowed, sign their company profile in to its Chrome, and half an hour later put the extension of Chrome Remote Desktop into it: Google’s Chrome log has the installation, Intune knows nothing of the computer. From the next working day on somebody in Lahore, Hanoi or Manila works that computer from 9 to 17 by their own clock, on four of five nights; it is on the owner’s line, so that no place is ever wrong. Okta, Entra, Google and Microsoft 365 see the account work by day on the laptop and by night on a computer that is not the company’s.',
  expects: ['unapproved-remote-tool', 'unmanaged-device', 'off-hours-activity'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({
      claimed: random.pick(['New York', 'Boston', 'Atlanta', 'Raleigh', 'Nashville']),
    });
    const home = stage.homeOf(who);
    const day = stage.workday(random.between(10, 13));
    setUp(stage, who, day, home);
    const nights = workdays(stage, day + 1);
    work(stage, who, severalOf(random, nights, Math.round(nights.length * NIGHTS)), {
      from: () => home,
      clock: random.pick(['Lahore', 'Hanoi', 'Manila']),
      hours: [9, 17],
      onOwnComputer: true,
    });
    stage.label([who]);
  },
};

function setUp(stage: Stage, who: Staff, day: number, home: From): void {
  const { random } = stage;
  const at = stage.at(day, 18.5 + random.next(), who);
  const name = `DESKTOP-${letters(random, 7).toUpperCase()}`;
  const id = guid(random);
  note(stage, 'entra', directoryAudit, who, at, home, {
    activity: 'Register device',
    category: 'Device',
    service: 'Device Registration Service',
    targets: [{ id, displayName: name, type: 'Device', modifiedProperties: [] }],
    details: [
      { key: 'Device Id', value: id },
      { key: 'Device OS', value: 'Windows' },
      { key: 'Device Trust Type', value: 'Workplace' },
    ],
  });
  const parameters = {
    APP_ID: 'inomeogfingihgjfjlpeplalcfajhgai',
    APP_NAME: 'Chrome Remote Desktop',
    EXTENSION_VERSION: '2.1',
    EXTENSION_ACTION: 'INSTALL',
    DEVICE_NAME: name,
    DEVICE_PLATFORM: 'Windows 11',
    PROFILE_USER_NAME: who.address,
  };
  const installed = { type: 'BROWSER_EXTENSION_INSTALL_TYPE', name: 'BROWSER_EXTENSION_INSTALL', parameters };
  const later = at + 30 * MINUTE_MS;
  stage.emit('google', later, activity('chrome', who, later, home, random, installed));
}
