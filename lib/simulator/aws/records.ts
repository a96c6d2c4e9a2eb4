/** CloudTrail records as trails write them, about people who do not exist. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Place } from './fake-aws.ts';

export interface AwsCall extends Place {
  /** `eventID`. */
  readonly id: string;
  /** CloudTrail knows whole seconds. */
  readonly time: EpochMs;
  /** Name of an IAM user. */
  readonly user: string;
  readonly ip: string;
}

/** Makes the record of somebody signing in to the console, successfully and with a second factor. */
export function consoleSignIn(call: AwsCall): RawRecord {
  return {
    ...recordOf(call, 'signin.amazonaws.com', 'ConsoleLogin'),
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      MFAUsed: 'Yes',
    },
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
  };
}

/** Makes the record of a list of instances, as most of a trail is: no detection can use it. */
export function instancesDescribed(call: AwsCall): RawRecord {
  return recordOf(call, 'ec2.amazonaws.com', 'DescribeInstances');
}

function recordOf(call: AwsCall, eventSource: string, eventName: string): Record<string, unknown> {
  const { id, time, user, ip, account, region } = call;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE0000000000',
      arn: `arn:aws:iam::${account}:user/${user}`,
      accountId: account,
      accessKeyId: 'AKIAEXAMPLE000000000',
      userName: user,
    },
    eventTime: isoTime(time).replace(/\.\d+Z$/, 'Z'),
    eventSource,
    eventName,
    awsRegion: region,
    sourceIPAddress: ip,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0',
    requestParameters: null,
    responseElements: null,
    requestID: `7d0c2f4e-1111-4000-8000-${id.slice(-12).padStart(12, '0')}`,
    eventID: id,
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}
