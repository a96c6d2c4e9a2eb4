/** Makes records of the vendor's shape for the tests of this folder. */
import type { RawRecord } from '../../../lib/sources/source.ts';

export const ACCOUNT = '123456789012';

export function iamUser(userName = 'ana.silva'): RawRecord {
  return {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE000000ANAS',
    arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
    accountId: ACCOUNT,
    accessKeyId: 'AKIAEXAMPLE00000ANAS',
    userName,
  };
}

export function session(role: string, name: string, more: RawRecord = {}): RawRecord {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE0000000ROLE:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: role },
      attributes: { mfaAuthenticated: 'false' },
    },
    ...more,
  };
}

/** A record as a trail writes it; `undefined` in `more` leaves a field out. */
export function call(service: string, eventName: string, more: RawRecord = {}): RawRecord {
  const record: Record<string, unknown> = {
    eventVersion: '1.11',
    userIdentity: iamUser(),
    eventTime: '2025-03-03T09:00:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.28.4',
    requestParameters: null,
    responseElements: null,
    requestID: '7d0c2f4e-1111-4000-8000-000000000001',
    eventID: '0f5b6a10-2222-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
  };
  for (const [key, value] of Object.entries(more)) {
    if (value === undefined) delete record[key];
    else record[key] = value;
  }
  return record;
}

export function consoleLogin(more: RawRecord = {}): RawRecord {
  return call('signin', 'ConsoleLogin', {
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MFAUsed: 'No' },
    eventType: 'AwsConsoleSignIn',
    ...more,
  });
}
