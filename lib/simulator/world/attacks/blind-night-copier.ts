/** A contractor with a program’s key, who copies buckets while everybody sleeps. */
import { DAY_MS, SECOND_MS, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Attack, Stage } from '../attack.ts';
import type { From } from '../geography.ts';
import { accessKeyCreated, objectRead } from '../records/aws.ts';
import { letters } from '../records/ids.ts';
import type { Staff } from '../staff.ts';
import { US } from './parts/cities.ts';
import { workdays } from './parts/days.ts';
import { objectKey } from './parts/files.ts';
import { arnOfUser, asIamUser } from './parts/iam-user.ts';

/** The program whose key it is. */
const PROGRAM = 'report-sync';
const BUCKETS = ['example-customers', 'example-contracts', 'example-models'] as const;
/** Theirs, in an account of their own. */
const ELSEWHERE = 'cold-archive-7731';

export const nightCopier: Attack = {
  name: 'blind-night-copier',
  title: 'Buckets copied by night, with a program’s key',
  story:
    'An engineer on contract for four months has rights in IAM. At the end of a working day between the ninth and the twelfth they make a second long-lived key for the user of a program that reports run under, from home and in their own role. On four to six of the following nights, from half past midnight on by their clock, that key is used from a server rented by the month: it lists what is in a bucket and goes through 150 to 400 objects of it, one every 12 to 25 seconds, which is not fast. On every second night the objects are not read but copied into a bucket of another account. CloudTrail has the key’s making and a data event for each object; listings are among what every trail is full of, and left out here. Nothing else shows, and by day the contractor does what they did before.',
  expects: ['bulk-download', 'key-hygiene', 'external-sharing'],
  expectsComposite: false,
  play(stage) {
    const { random, geography, start } = stage;
    const hired = start - 120 * DAY_MS;
    const who = stage.hire({ claimed: random.pick(US), employment: 'contractor', hired });
    const day = stage.workday(random.between(9, 12));
    const accessKeyId = `AKIA${letters(random, 16).toUpperCase()}`;
    const made = stage.at(day, 17 + random.next(), who);
    stage.emit('aws', made, {
      ...accessKeyCreated(who, made, stage.homeOf(who), random, { userName: PROGRAM }),
      responseElements: { accessKey: { accessKeyId, status: 'Active', userName: PROGRAM } },
    });
    const server = geography.hosting(random.pick(['Los Angeles', 'Chicago', 'New York', 'Amsterdam']));
    const nights = workdays(stage, day + 1).slice(0, random.between(4, 6));
    for (const [n, night] of nights.entries()) {
      const at = stage.at(night, 0.5 + random.next(), who);
      copyOneNight(stage, who, at, server, { accessKeyId, isCopied: n % 2 === 1 });
    }
    stage.label([who, arnOfUser(PROGRAM)]);
  },
};

function copyOneNight(
  stage: Stage,
  who: Staff,
  at: EpochMs,
  from: From,
  { accessKeyId, isCopied }: { readonly accessKeyId: string; readonly isCopied: boolean },
): void {
  const { random } = stage;
  const bucket = random.pick(BUCKETS);
  const first = random.between(1, 90_000);
  let when = at;
  for (let n = random.between(150, 400); n > 0; n--) {
    const key = objectKey(first + n);
    const record = objectRead(who, when, from, random, { bucket, key });
    const done = isCopied ? asCopy(record, bucket, key) : record;
    stage.emit('aws', when, asIamUser(done, PROGRAM, accessKeyId));
    when += random.between(12, 25) * SECOND_MS;
  }
}

/** The bytes go from bucket to bucket, past the server. */
function asCopy(record: RawRecord, bucket: string, key: string): RawRecord {
  return {
    ...record,
    eventName: 'CopyObject',
    requestParameters: {
      ...{ bucketName: ELSEWHERE, key, 'x-amz-copy-source': `${bucket}/${key}` },
      Host: `${ELSEWHERE}.s3.eu-west-1.amazonaws.com`,
    },
    additionalEventData: { SignatureVersion: 'SigV4', AuthenticationMethod: 'AuthHeader' },
    readOnly: false,
  };
}
