/** Accounts of AWS itself, which no identity provider watches over. */
import { MINUTE_MS, SECOND_MS } from '../../../../core/time.ts';
import type { Attack } from '../../attack.ts';
import { consoleLogin, objectRead } from '../../records/aws.ts';
import { cityBut, US } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { objectKey } from '../parts/files.ts';
import { arnOfUser, asIamUser, asRoot, ROOT_ARN } from '../parts/iam-user.ts';

export const rootAtWork: Attack = {
  name: 'root-at-work',
  title: 'The console as root',
  story:
    'Somebody signs in to the console of an AWS account as root, without a second factor, on one or two days, to look at the invoice.',
  expects: ['key-hygiene'],
  expectsComposite: false,
  play(stage) {
    const { random, administrator } = stage;
    const from = stage.homeOf(administrator);
    const day = laterWorkday(stage);
    for (const each of random.next() < 0.5 ? [day] : [day, stage.workday(day + 1)]) {
      const at = stage.at(each, 14 + random.next(), administrator);
      stage.emit('aws', at, asRoot(consoleLogin(administrator, at, from, random)));
    }
    stage.label([ROOT_ARN]);
  },
};

export const passwordAlone: Attack = {
  name: 'console-by-password-alone',
  title: 'A console behind a password alone',
  story:
    'An IAM user of a contractor, made years ago, opens the console on two to five days in a row. CloudTrail says MFAUsed: No.',
  expects: ['key-hygiene'],
  expectsComposite: false,
  play(stage) {
    const { random, administrator, geography } = stage;
    const userName = `contractor-${random.between(1, 9)}`;
    const from = geography.home(random.pick(US));
    const first = laterWorkday(stage);
    const days = random.between(2, 5);
    for (let day = first; day < Math.min(first + days, 26); day++) {
      const at = stage.at(day, 10 + random.next(), administrator);
      const record = consoleLogin(administrator, at, from, random);
      stage.emit('aws', at, asIamUser(record, userName, ''));
    }
    stage.label([arnOfUser(userName)]);
  },
};

export const keyInTwoNetworks: Attack = {
  name: 'key-in-two-networks',
  title: 'One access key, two networks',
  story:
    'The long-lived key of a build job was left in a repository. From a rented server the job reads objects as on every day; within 5 to 25 minutes the same key reads 5 to 30 others from a private line on the other side of the country, by another program.',
  expects: ['key-hygiene'],
  expectsComposite: false,
  play(stage) {
    const { random, administrator, geography } = stage;
    const userName = `build-${random.between(10, 99)}`;
    const key = `AKIAEXAMPLE0000BUILD`;
    const server = geography.hosting('New York');
    const line = geography.home(cityBut(random, ['Seattle', 'Phoenix', 'San Francisco', 'Los Angeles']));
    const begin = stage.at(laterWorkday(stage), 11 + 5 * random.next(), administrator);
    const read = (at: number, number: number, byThief: boolean): void => {
      const options = { bucket: 'example-artifacts', key: objectKey(number), bytes: 40_000 };
      const record = objectRead(administrator, at, byThief ? line : server, random, options);
      const userAgent = byThief ? 'S3 Browser/11.6.7 (https://s3browser.com)' : 'Boto3/1.40.21 md/Botocore';
      stage.emit('aws', at, asIamUser({ ...record, userAgent }, userName, key));
    };
    for (let n = 0; n < 10; n++) read(begin + n * 20 * SECOND_MS, n, false);
    const later = begin + random.between(5, 25) * MINUTE_MS;
    for (let n = random.between(5, 30); n > 0; n--) read(later + n * 4 * SECOND_MS, 100 + n, true);
    stage.label([arnOfUser(userName)]);
  },
};
