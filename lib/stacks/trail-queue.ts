/** The queue that hears of each log file of an organization trail, and the right to read those files. */
import { Aws, CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { TRAIL_NOTIFIER } from '../config/organization-trail.ts';
import type { WatchedFunction } from '../constructs/watched-function.ts';

export interface TrailQueueProps {
  readonly connection: string;
  readonly bucket: string;
  readonly reader: WatchedFunction;
}

/** Longer than a run of the collector, which gives back what it has not read. */
const VISIBILITY = Duration.minutes(15);
/** Five hours of runs that fail: one file that cannot be read is set aside, a bad afternoon sets nothing aside. */
const TRIES = 20;

/** IAM puts in the organization of the queue's account. */
const OUR_ORGANIZATION = '${aws:ResourceOrgID}';

export function addTrailQueue(
  scope: Stack,
  { connection, bucket, reader }: TrailQueueProps,
): { readonly queue: Queue; readonly deadLetters: Queue } {
  const deadLetters = trailQueue(scope, `TrailDeadLetters-${connection}`);
  const queue = trailQueue(scope, `Trail-${connection}`, deadLetters);
  letDeliver(queue, bucket);
  letRead(reader, queue, bucket);
  // The account that has the bucket asks for it: `ringer init` writes the template of that side. Below the queue, its id
  // tells connections apart whose names differ by a hyphen.
  new CfnOutput(queue, 'TrailQueueArn', { value: queue.queueArn });
  return { queue, deadLetters };
}

/**
 * With SQS's own key, not with ours: a message holds the name of an object, and every account that sends would need a
 * right to the key of all that Ringer keeps.
 */
function trailQueue(scope: Stack, id: string, deadLetters?: Queue): Queue {
  return new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    visibilityTimeout: VISIBILITY,
    ...(deadLetters === undefined ? {} : { deadLetterQueue: { queue: deadLetters, maxReceiveCount: TRIES } }),
  });
}

/** The bucket itself, a topic of the organization, or the role that `organizationTrailTemplate` makes may send. */
function letDeliver(queue: Queue, bucket: string): void {
  const senders = [
    {
      principals: [new ServicePrincipal('s3.amazonaws.com')],
      conditions: { ArnEquals: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::${bucket}` } },
    },
    {
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceOrgID': OUR_ORGANIZATION } },
    },
    {
      principals: [new AnyPrincipal()],
      conditions: {
        StringEquals: { 'aws:PrincipalOrgID': OUR_ORGANIZATION },
        ArnLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::*:role/${TRAIL_NOTIFIER}*` },
      },
    },
  ];
  for (const sender of senders) {
    queue.addToResourcePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn], ...sender }),
    );
  }
}

function letRead(reader: WatchedFunction, queue: Queue, bucket: string): void {
  const objects = `arn:${Aws.PARTITION}:s3:::${bucket}/*`;
  reader
    .may(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], [queue.queueArn])
    .may(['s3:GetObject'], [objects])
    .acknowledge(`Resource::arn:<AWS::Partition>:s3:::${bucket}/*`, 'The log files of the one trail.');
  // A trail may be encrypted with a key that only its owner knows: whatever its key's policy allows, for such files alone.
  reader
    .may(['kms:Decrypt'], [`arn:${Aws.PARTITION}:kms:*:*:key/*`], {
      StringLike: { 'kms:ViaService': 's3.*' },
      Null: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'false' },
    })
    .acknowledge(
      'Resource::arn:<AWS::Partition>:kms:*:*:key/*',
      'The trail’s owner chooses the key, and its policy decides; only log files of CloudTrail are decrypted.',
    );
}
