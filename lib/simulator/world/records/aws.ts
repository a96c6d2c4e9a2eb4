/** CloudTrail: people who come through IAM Identity Center, objects read, buckets opened, keys made, and noise. */
import { DAY_MS, isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Laptop } from '../staff.ts';
import { agentOn } from './agents.ts';
import { guid, letters } from './ids.ts';

export const AWS_ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const COMMAND_LINE =
  'aws-cli/2.28.4 md/awscrt#0.27.4 ua/2.1 os/macos#24.6.0 md/arch#arm64 lang/python#3.13.6';

export interface AwsOptions {
  /** The permission set. */
  readonly role?: string;
  readonly device?: Laptop;
}

/** Somebody completes a sign-in to the access portal at the identity provider. */
export function portalSignIn(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { device }: AwsOptions = {},
): RawRecord {
  return {
    ...trailRecord(at, from, random, 'signin', 'UserAuthentication', agentOn(device).text),
    userIdentity: portalIdentity(who),
    additionalEventData: {
      AuthWorkflowID: guid(random),
      LoginTo: 'https://d-1234567890.awsapps.com/start/',
      CredentialType: 'EXTERNAL_IDP',
      UserName: who.address,
    },
    readOnly: false,
    eventType: 'AwsServiceEvent',
    serviceEventDetails: { UserAuthentication: 'Success' },
  };
}

/** Somebody steps from the access portal into a role. */
export function roleEntered(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { role = 'Engineer', device }: AwsOptions = {},
): RawRecord {
  return {
    ...trailRecord(at, from, random, 'sso', 'Federate', agentOn(device).text),
    userIdentity: portalIdentity(who),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    serviceEventDetails: { account_id: AWS_ACCOUNT, role_name: role },
  };
}

/** Somebody opens the console in a role; with `failure`, does not. */
export function consoleLogin(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { role, device, failure }: AwsOptions & { readonly failure?: string } = {},
): RawRecord {
  return {
    ...trailRecord(at, from, random, 'signin', 'ConsoleLogin', agentOn(device).text),
    userIdentity: roleIdentity(who, at, role),
    responseElements: { ConsoleLogin: failure === undefined ? 'Success' : 'Failure' },
    additionalEventData: {
      LoginTo: `https://${REGION}.console.aws.amazon.com/console/home`,
      MobileVersion: 'No',
      MFAUsed: 'No',
    },
    ...(failure !== undefined && { errorMessage: failure }),
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
  };
}

/** An object is read from a bucket. */
export function objectRead(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    role,
    bucket,
    key,
    bytes,
  }: AwsOptions & { readonly bucket: string; readonly key: string; readonly bytes?: number },
): RawRecord {
  const record = trailRecord(at, from, random, 's3', 'GetObject', COMMAND_LINE);
  return {
    ...record,
    userIdentity: roleIdentity(who, at, role),
    requestParameters: { bucketName: bucket, key, Host: `${bucket}.s3.${REGION}.amazonaws.com` },
    additionalEventData: {
      SignatureVersion: 'SigV4',
      AuthenticationMethod: 'AuthHeader',
      bytesTransferredIn: 0,
      bytesTransferredOut: bytes ?? random.between(800, 400_000),
    },
    managementEvent: false,
    eventCategory: 'Data',
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key}` },
      { accountId: AWS_ACCOUNT, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
    ],
  };
}

/** A bucket gets a policy: for everybody, for another account, or only for the own organization. */
export function bucketPolicyPut(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    role,
    bucket,
    principal,
  }: AwsOptions & { readonly bucket: string; readonly principal: 'everybody' | 'organization' | `${number}` },
): RawRecord {
  const statement = {
    Effect: 'Allow',
    Principal: /^\d/.test(principal) ? { AWS: `arn:aws:iam::${principal}:root` } : '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
    ...(principal === 'organization' && {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } },
    }),
  };
  return {
    ...changeRecord(who, at, from, random, 's3', 'PutBucketPolicy', role),
    requestParameters: {
      bucketName: bucket,
      bucketPolicy: { Version: '2012-10-17', Statement: [statement] },
      policy: '',
      Host: `s3.${REGION}.amazonaws.com`,
    },
  };
}

/** The block on public access is taken off a bucket. */
export function publicAccessBlockDeleted(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { role, bucket }: AwsOptions & { readonly bucket: string },
): RawRecord {
  return {
    ...changeRecord(who, at, from, random, 's3', 'DeleteBucketPublicAccessBlock', role),
    requestParameters: { bucketName: bucket, publicAccessBlock: '', Host: `s3.${REGION}.amazonaws.com` },
  };
}

/** A long-lived key is made for an IAM user. */
export function accessKeyCreated(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { role, userName }: AwsOptions & { readonly userName: string },
): RawRecord {
  return {
    ...changeRecord(who, at, from, random, 'iam', 'CreateAccessKey', role),
    requestParameters: { userName },
    responseElements: {
      accessKey: { accessKeyId: `AKIA${letters(random, 16).toUpperCase()}`, status: 'Active', userName },
    },
  };
}

/** What most of a trail is: somebody looks at something. */
export function resourcesDescribed(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { role }: AwsOptions = {},
): RawRecord {
  const [service, name] = random.pick(NOISE);
  return {
    ...trailRecord(at, from, random, service, name, COMMAND_LINE),
    userIdentity: roleIdentity(who, at, role),
  };
}

const NOISE: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['ec2', 'DescribeInstances'],
  ['ec2', 'DescribeSecurityGroups'],
  ['s3', 'ListBuckets'],
  ['cloudformation', 'DescribeStacks'],
  ['logs', 'DescribeLogGroups'],
  ['lambda', 'ListFunctions20150331'],
  ['sts', 'GetCallerIdentity'],
];

function changeRecord(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  service: string,
  name: string,
  role: string | undefined,
): RawRecord {
  return {
    ...trailRecord(at, from, random, service, name, COMMAND_LINE),
    userIdentity: roleIdentity(who, at, role),
    readOnly: false,
  };
}

/** CloudTrail knows whole seconds. */
function trailRecord(
  at: EpochMs,
  from: From,
  random: Random,
  service: string,
  name: string,
  userAgent: string,
): RawRecord {
  const eventID = guid(random, at);
  return {
    eventVersion: '1.11',
    userIdentity: null,
    eventTime: `${isoTime(at).slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: REGION,
    sourceIPAddress: from.ip,
    userAgent,
    requestParameters: null,
    responseElements: null,
    requestID: guid(random),
    eventID,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: AWS_ACCOUNT,
    eventCategory: 'Management',
  };
}

function roleIdentity(who: Account, at: EpochMs, role = 'Engineer'): RawRecord {
  const roleName = `AWSReservedSSO_${role}_0123456789abcdef`;
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE00000000SSO:${who.address}`,
    arn: `arn:aws:sts::${AWS_ACCOUNT}:assumed-role/${roleName}/${who.address}`,
    accountId: AWS_ACCOUNT,
    accessKeyId: sessionKey(who, at),
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: roleName, accountId: AWS_ACCOUNT },
      attributes: { creationDate: `${isoTime(at).slice(0, 11)}00:00:00Z`, mfaAuthenticated: 'false' },
    },
  };
}

/** Credentials of a session last for the day. */
function sessionKey(who: Account, at: EpochMs): string {
  const day = String(Math.floor(at / DAY_MS) % 10_000).padStart(4, '0');
  return `ASIA${who.oktaId.slice(-12).toUpperCase()}${day}`;
}

function portalIdentity(who: Account): RawRecord {
  return {
    type: 'IdentityCenterUser',
    accountId: AWS_ACCOUNT,
    onBehalfOf: {
      userId: `54${who.entraId.slice(2)}`,
      identityStoreArn: `arn:aws:identitystore::${AWS_ACCOUNT}:identitystore/d-1234567890`,
    },
  };
}
