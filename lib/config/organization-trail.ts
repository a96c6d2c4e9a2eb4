/**
 * The way from an organization trail to Ringer's queue: a CloudFormation template for the account that has the trail's
 * bucket, in the Region of both the bucket and Ringer.
 */
import { parameter, policy, stackTemplate } from './cloudformation.ts';
import { newTrail } from './new-trail.ts';

/** Begins the name of the role that sends; Ringer's queue takes messages of no other from another account. */
export const TRAIL_NOTIFIER = 'RingerTrailNotifier';

export interface OrganizationTrail {
  /** `trailBucket` of ringer.yaml. */
  readonly bucketName: string;
  /** The queue, as an output of Ringer's pipeline stack has it; asked for when deployed if not given. */
  readonly queueArn?: string | undefined;
  readonly ringerAccount?: string | undefined;
  readonly organizationId?: string | undefined;
}

/**
 * Writes the template. By default the trail and its bucket are there already, and two things that no template can do to a
 * bucket of somebody else's are left to its owner: the outputs say which. With `MakeTrail` it makes the trail, too.
 *
 * @returns CloudFormation as JSON text
 */
export function organizationTrailTemplate(trail: OrganizationTrail): string {
  return stackTemplate({
    Description: 'Ringer: tells its queue of each log file of an organization trail',
    Parameters: {
      BucketName: parameter('trailBucket in ringer.yaml', '^[a-z0-9.-]{3,63}$', trail.bucketName),
      QueueArn: parameter('Output TrailQueueArn of the pipeline stack', '^arn:.+:sqs:.+$', trail.queueArn),
      RingerAccount: parameter('The account that Ringer runs in', '^\\d{12}$', trail.ringerAccount),
      OrganizationId: parameter('The organization', '^o-[a-z0-9]{10,32}$', trail.organizationId),
      MakeTrail: {
        Type: 'String',
        AllowedValues: ['yes', 'no'],
        Default: 'no',
        Description: 'yes: there is no trail yet. Only in the management account',
      },
    },
    Conditions: { MakesTrail: { 'Fn::Equals': [{ Ref: 'MakeTrail' }, 'yes'] } },
    Resources: { ...notification(), ...newTrail(READ) },
    Outputs: {
      BucketPolicyStatement: {
        Description: 'To be added to the policy of a bucket that was there before',
        Value: JSON.stringify(READ),
      },
      EventBridgeOfBucket: {
        Description: 'To be switched on for a bucket that was there before',
        Value: 'Bucket ${BucketName}, Properties, Amazon EventBridge: On',
      },
    },
  });
}

const BUCKET = 'arn:${AWS::Partition}:s3:::${BucketName}';

/** With the account's root as principal, its own roles decide: Ringer lets one collector read. */
const READ = {
  Sid: 'RingerReads',
  Effect: 'Allow',
  Principal: { AWS: 'arn:${AWS::Partition}:iam::${RingerAccount}:root' },
  Action: 's3:GetObject',
  Resource: `${BUCKET}/*`,
  Condition: { StringEquals: { 'aws:PrincipalOrgID': '${OrganizationId}' } },
};

function notification(): object {
  return {
    Notifier: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: TRAIL_NOTIFIER,
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' } },
        }),
        Policies: [
          {
            PolicyName: 'Send',
            PolicyDocument: policy({
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Resource: '${QueueArn}',
            }),
          },
        ],
      },
    },
    LogFiles: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: 'Each log file of the trail; its digests are none',
        EventPattern: {
          source: ['aws.s3'],
          'detail-type': ['Object Created'],
          detail: {
            bucket: { name: ['${BucketName}'] },
            object: { key: [{ wildcard: '*/CloudTrail/*.json.gz' }] },
          },
        },
        Targets: [{ Id: 'Queue', Arn: '${QueueArn}', RoleArn: '${Notifier.Arn}' }],
      },
    },
  };
}
