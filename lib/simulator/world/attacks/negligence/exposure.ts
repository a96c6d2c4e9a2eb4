/** Things opened to everybody by people who may. */
import { MINUTE_MS } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import { bucketPolicyPut, consoleLogin, publicAccessBlockDeleted } from '../../records/aws.ts';
import { adminActivity, driveOpened } from '../../records/google.ts';
import { factorsReset } from '../../records/okta.ts';
import type { Staff } from '../../staff.ts';
import { US } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { driveDocument } from '../parts/files.ts';
import { asRoot, ROOT_ARN } from '../parts/iam-user.ts';
import { note } from '../parts/note.ts';

export const publicBucket: Attack = {
  name: 'public-bucket',
  title: 'A bucket for everybody',
  story:
    'An engineer takes the block on public access off a bucket of customers’ data and, some minutes later, gives it a policy that lets everybody read it. It stays so.',
  expects: ['public-exposure'],
  expectsComposite: false,
  play(stage) {
    const who = stage.hire({ claimed: stage.random.pick(US) });
    openBucket(stage, who, laterWorkday(stage));
    stage.label([who]);
  },
};

export const publishedDocument: Attack = {
  name: 'published-document',
  title: 'A document on the web',
  story:
    'Somebody in Finance publishes a document of Google Drive: not for whoever has the link, which people here do all day, but on the web, where search engines find it.',
  expects: ['public-exposure'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US), department: 'Finance' });
    const at = stage.at(laterWorkday(stage), 11 + 5 * random.next(), who);
    const file = driveDocument(who.address, random.between(1, 9_000));
    note(stage, 'google', driveOpened, who, at, stage.homeOf(who), {
      file,
      to: 'public_on_the_web' as const,
    });
    stage.label([who]);
  },
};

export const negligentAdministrator: Attack = {
  name: 'negligent-administrator',
  title: 'An administrator in a hurry',
  story:
    'Within one week an administrator opens a bucket to everybody, signs in to the console as root without a second factor, resets the factors of four to seven colleagues at Okta and takes their two-step verification off at Google, and stops the trail “because of the costs”.',
  expects: ['public-exposure', 'key-hygiene', 'mfa-tampering'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const who = stage.hire({ claimed: random.pick(US), department: 'IT', privileged: true });
    const day = laterWorkday(stage);
    const home = stage.homeOf(who);
    openBucket(stage, who, day);
    const signedIn = stage.at(day, 15, who);
    stage.emit('aws', signedIn, asRoot(consoleLogin(who, signedIn, home, random)));
    const colleagues = Array.from({ length: random.between(4, 7) }, () =>
      stage.hire({ claimed: random.pick(US) }),
    );
    for (const [n, of] of colleagues.entries()) {
      const at = stage.at(day + 1, 10, who) + 4 * n * MINUTE_MS;
      note(stage, 'okta', factorsReset, who, at, home, { of });
      const off = {
        type: 'USER_SETTINGS',
        name: 'TURN_OFF_2_STEP_VERIFICATION',
        parameters: { USER_EMAIL: of.address },
      };
      note(stage, 'google', adminActivity, who, at + MINUTE_MS, home, off);
    }
    stopTrail(stage, who, stage.workday(day + 2));
    stage.label([who, ...colleagues, ROOT_ARN]);
  },
};

function openBucket(stage: Stage, who: Staff, day: number): void {
  const { random } = stage;
  const at = stage.at(day, 10 + 6 * random.next(), who);
  const from = stage.homeOf(who);
  const bucket = random.pick(['example-exports', 'example-backups', 'example-invoices']);
  note(stage, 'aws', publicAccessBlockDeleted, who, at, from, { bucket });
  const later = at + random.between(2, 15) * MINUTE_MS;
  note(stage, 'aws', bucketPolicyPut, who, later, from, { bucket, principal: 'everybody' as const });
}

function stopTrail(stage: Stage, who: Staff, day: number): void {
  const at = stage.at(day, 16, who);
  const name = 'organization-trail';
  const record = publicAccessBlockDeleted(who, at, stage.homeOf(who), stage.random, { bucket: name });
  stage.emit('aws', at, {
    ...record,
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name },
  });
}
