/** An organization trail of one's own, for the template of `organization-trail.ts`. */
import { policy } from './cloudformation.ts';

const BUCKET = 'arn:${AWS::Partition}:s3:::${BucketName}';
const TRAIL_NAME = 'ringer-organization';

/**
 * Gives the trail, its bucket and the bucket's policy, under the condition `MakesTrail`.
 *
 * @param read - the statement by which Ringer reads
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function newTrail(read: object): object {
  return {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Condition: 'MakesTrail',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketName: '${BucketName}',
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    },
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Condition: 'MakesTrail',
      Properties: {
        Bucket: '${Bucket}',
        PolicyDocument: policy(...delivery(), read, {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [BUCKET, `${BUCKET}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      },
    },
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      Condition: 'MakesTrail',
      DependsOn: 'BucketPolicy',
      Properties: {
        TrailName: TRAIL_NAME,
        S3BucketName: '${Bucket}',
        IsLogging: true,
        IsOrganizationTrail: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
      },
    },
  };
}

function delivery(): readonly object[] {
  const trail = `arn:\${AWS::Partition}:cloudtrail:\${AWS::Region}:\${AWS::AccountId}:trail/${TRAIL_NAME}`;
  const common = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  return [
    {
      ...common,
      Action: 's3:GetBucketAcl',
      Resource: BUCKET,
      Condition: { StringEquals: { 'aws:SourceArn': trail } },
    },
    {
      ...common,
      Action: 's3:PutObject',
      Resource: [`${BUCKET}/AWSLogs/\${AWS::AccountId}/*`, `${BUCKET}/AWSLogs/\${OrganizationId}/*`],
      Condition: {
        StringEquals: { 'aws:SourceArn': trail, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  ];
}
