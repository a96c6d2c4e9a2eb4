/** The main stories as one vendor alone sees them: whoever has connected only that one should still be told. */
import { cityBut, THIEVES, US } from '../parts/cities.ts';
import type { Attack, Stage } from '../../attack.ts';
import { activity } from '../../records/google.ts';
import type { Staff } from '../../staff.ts';
import { copyFiles } from '../parts/copy.ts';
import { hireOn, workdays } from '../parts/days.ts';
import { ANYDESK, found, RUSTDESK } from '../parts/software.ts';
import { work, type Vendor } from '../parts/work.ts';

export const oktaAlone: Attack = {
  name: 'okta-alone',
  title: 'Only Okta: a farm with two claims, and Astrill',
  story:
    'Two new hires claim two American cities and work from one residential line in a third. Only Okta’s log shows anything of it. On one day in the second or third week the first signs in through Astrill.',
  expects: ['laptop-farm', 'unexpected-location', 'high-risk-vpn'],
  expectsComposite: true,
  play(stage) {
    const { random, geography } = stage;
    const city = random.pick(US);
    const home = geography.home(city);
    const claimed = cityBut(random, US, city);
    const [first, second] = [claimed, cityBut(random, US, city, claimed)].map((each) =>
      hireOn(stage, stage.workday(random.between(1, 4)), { claimed: each, city, home, works: false }),
    ) as [Staff, Staff];
    const days = workdays(stage, 6);
    const astrill = days[random.between(4, 9)];
    workSeenBy(stage, 'okta', first, days, (day) =>
      day === astrill ? geography.vpn('ASTRILL_VPN', city) : home,
    );
    workSeenBy(stage, 'okta', second, days, () => home);
    stage.label([first, second, home.ip]);
  },
};

export const microsoftAlone: Attack = {
  name: 'microsoft-alone',
  title: 'Only Microsoft: a farm, and two remote tools',
  story:
    'Two new hires claim the city in which they share a residential line. Entra and Microsoft 365 have their sign-ins and files, and Intune finds AnyDesk and RustDesk on the first laptop within two weeks; no other vendor shows anything.',
  expects: ['laptop-farm', 'multiple-remote-tools', 'unapproved-remote-tool'],
  expectsComposite: true,
  play(stage) {
    const { random } = stage;
    const claimed = random.pick(US);
    const home = stage.geography.home(claimed);
    const hire = () => hireOn(stage, stage.workday(random.between(1, 4)), { claimed, home, works: false });
    const [first, second] = [hire(), hire()];
    for (const who of [first, second]) workSeenBy(stage, 'microsoft', who, workdays(stage, 6), () => home);
    for (const tool of [ANYDESK, RUSTDESK]) found(stage, first, tool, random.between(8, 13));
    stage.label([first, second, home.ip]);
  },
};

export const googleAlone: Attack = {
  name: 'google-alone',
  title: 'Only Google: another country, and a remote tool in the browser',
  story:
    'A new hire claims an American city; Google’s logs, which name no places, have all sign-ins and files from one private line in another country. In the second week the extension Chrome Remote Desktop is put into the managed browser. No other vendor shows anything.',
  expects: ['unexpected-location', 'unapproved-remote-tool'],
  expectsComposite: true,
  play(stage) {
    const { random, geography } = stage;
    const who = hireOn(stage, stage.workday(random.between(1, 4)), {
      claimed: random.pick(US),
      works: false,
    });
    const line = geography.home(random.pick(THIEVES));
    workSeenBy(stage, 'google', who, workdays(stage, 6), () => line);
    const at = stage.at(stage.workday(random.between(9, 13)), 11, who);
    const installed = {
      type: 'BROWSER_EXTENSION_INSTALL_TYPE',
      name: 'BROWSER_EXTENSION_INSTALL',
      parameters: {
        APP_ID: 'inomeogfingihgjfjlpeplalcfajhgai',
        APP_NAME: 'Chrome Remote Desktop',
        EXTENSION_ACTION: 'INSTALLED',
        EXTENSION_VERSION: '2.1',
        PROFILE_USER_NAME: who.address,
        DEVICE_NAME: who.laptop.name,
        DIRECTORY_DEVICE_ID: who.laptop.intuneId,
      },
    };
    stage.emit('google', at, activity('chrome', who, at, line, random, installed));
    stage.label([who]);
  },
};

export const awsAlone: Attack = {
  name: 'aws-alone',
  title: 'Only AWS: another country, and a bucket',
  story:
    'A new hire claims an American city. CloudTrail has the access portal, the console and a few objects from one private line in another country, day after day, and in the third week 900 to 2,000 objects of customers’ data within the hour. No other vendor shows anything.',
  expects: ['unexpected-location', 'bulk-download'],
  expectsComposite: true,
  play(stage) {
    const { random, geography } = stage;
    const who = hireOn(stage, stage.workday(random.between(1, 4)), {
      claimed: random.pick(US),
      works: false,
    });
    const from = geography.home(random.pick(THIEVES));
    workSeenBy(stage, 'aws', who, workdays(stage, 6), () => from);
    copyFiles(stage, {
      ...{ who, from, store: 's3', files: random.between(900, 2_000), hours: 0.8 },
      at: stage.at(stage.workday(random.between(16, 19)), 15, who),
    });
    stage.label([who]);
  },
};

type Place = Parameters<typeof work>[3]['from'];

function workSeenBy(stage: Stage, vendor: Vendor, who: Staff, days: readonly number[], from: Place): void {
  work(stage, who, days, { from, clock: who, vendors: [vendor] });
}
