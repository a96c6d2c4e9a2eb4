/** The last day is over, and something was forgotten that still opens a door. */
import { DAY_MS, MINUTE_MS } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import { objectRead } from '../../records/aws.ts';
import { driveActivity } from '../../records/google.ts';
import type { Staff } from '../../staff.ts';
import { US } from '../parts/cities.ts';
import { driveDocument, objectKey } from '../parts/files.ts';
import { arnOfUser, asIamUser } from '../parts/iam-user.ts';
import { note } from '../parts/note.ts';

export const driveAfterTheEnd: Attack = {
  name: 'drive-after-termination',
  title: 'A Drive that stayed open',
  story:
    'Somebody’s employment ends in the third week, and their accounts are closed in the hours after. A session of Google’s on a computer at home was forgotten: two to five days later 5 to 20 documents are downloaded from Drive, from there.',
  expects: ['activity-after-termination'],
  expectsComposite: false,
  play(stage) {
    const { who, day } = former(stage);
    for (let left = stage.random.between(5, 20); left > 0; left--) {
      const at = stage.at(day, 20, who) + left * MINUTE_MS;
      const file = driveDocument(stage.administrator.address, 7_000 + left);
      note(stage, 'google', driveActivity, who, at, stage.homeOf(who), { name: 'download' as const, file });
    }
    stage.label([who]);
  },
};

export const keyAfterTheEnd: Attack = {
  name: 'key-after-termination',
  title: 'An access key that nobody deleted',
  story:
    'Somebody’s employment ends in the third week, and their accounts are closed in the hours after. Not so an IAM user that bears their address: two to five days later its access key reads 10 to 60 objects from S3, from home or from a rented server.',
  expects: ['activity-after-termination'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const { who, day } = former(stage);
    const from = random.next() < 0.5 ? stage.homeOf(who) : geography.hosting('New York');
    for (let left = random.between(10, 60); left > 0; left--) {
      const at = stage.at(day, 22, who) + left * 1_500;
      const options = { bucket: 'example-customers', key: objectKey(9_000 + left) };
      const record = objectRead(who, at, from, random, options);
      stage.emit('aws', at, asIamUser(record, who.address, 'AKIAEXAMPLE000000END'));
    }
    stage.label([who, arnOfUser(who.address)]);
  },
};

/** Hires somebody of a year’s standing who leaves in the window, and gives a day after that. */
function former(stage: Stage): { readonly who: Staff; readonly day: number } {
  const { random, start } = stage;
  const last = stage.workday(random.between(14, 17));
  const who = stage.hire({ claimed: random.pick(US), ends: start + (last + 1) * DAY_MS - 1 });
  return { who, day: last + random.between(2, 5) };
}
