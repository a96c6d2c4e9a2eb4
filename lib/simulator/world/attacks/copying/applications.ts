/** Applications that are let at data, and stay there when passwords change. */
import type { Attack } from '../../attack.ts';
import { consentGranted } from '../../records/entra-audits.ts';
import { tokenAuthorized } from '../../records/google.ts';
import { US } from '../parts/cities.ts';
import { hireOn, laterWorkday } from '../parts/days.ts';
import { note } from '../parts/note.ts';

export const remoteDesktopGrant: Attack = {
  name: 'remote-desktop-grant',
  title: 'Chrome Remote Desktop, by consent',
  story:
    'A new hire works from the claimed city, at ordinary hours. In the first ten days Google’s token log has Chrome Remote Desktop let at the account: the browser is the remote tool, and no inventory lists it.',
  expects: ['risky-oauth-grant', 'unapproved-remote-tool'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed: random.pick(US) });
    const at = stage.at(stage.workday(day + random.between(1, 8)), 10 + 6 * random.next(), who);
    const app = {
      name: 'Chrome Remote Desktop',
      clientId: '1000000010-crd.apps.googleusercontent.com',
      scopes: [
        'https://www.googleapis.com/auth/chromoting',
        'https://www.googleapis.com/auth/chromoting.remote.support',
        'https://www.googleapis.com/auth/userinfo.email',
      ],
    };
    note(stage, 'google', tokenAuthorized, who, at, stage.homeOf(who), { app });
    stage.label([who]);
  },
};

export const mailAppAtGoogle: Attack = {
  name: 'mail-app-google',
  title: 'An unknown program reads all mail',
  story:
    'Somebody who has worked here for a year follows a link and lets an application that nobody else here uses at all of their Gmail and Drive.',
  expects: ['risky-oauth-grant'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    const app = {
      name: random.pick(['Inbox Backup Helper', 'Mail Merge Free', 'PDF Signer Online']),
      clientId: '1000000011-helper.apps.googleusercontent.com',
      scopes: ['https://mail.google.com/', 'https://www.googleapis.com/auth/drive'],
    };
    const at = stage.at(laterWorkday(stage), 15, who);
    note(stage, 'google', tokenAuthorized, who, at, stage.homeOf(who), { app });
    stage.label([who]);
  },
};

export const mailAppAtMicrosoft: Attack = {
  name: 'mail-app-microsoft',
  title: 'An unknown program reads all mail, at Microsoft',
  story:
    'Somebody who has worked here for a year consents to an application that may read their mail and all files they can reach, and that keeps its access while they are away.',
  expects: ['risky-oauth-grant'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    const consent = {
      application: random.pick(['Mail Archive Helper', 'Upgrade Notice', 'Team Survey']),
      applicationId: '0b7e0041-5c1d-4e2f-8a90-3f6d2c1b0041',
      scopes: ['Mail.Read', 'Mail.Send', 'Files.Read.All', 'offline_access', 'User.Read'],
    };
    const at = stage.at(laterWorkday(stage), 15, who);
    note(stage, 'entra', consentGranted, who, at, stage.homeOf(who), consent);
    stage.label([who]);
  },
};
