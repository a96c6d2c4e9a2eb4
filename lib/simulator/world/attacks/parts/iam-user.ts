/** Accounts of AWS itself: IAM users with a long-lived key, and root. */
import type { RawRecord } from '../../../../sources/source.ts';
import { AWS_ACCOUNT } from '../../records/aws.ts';

/** Gives a record as an IAM user's, made with a long-lived key. */
export function asIamUser(record: RawRecord, userName: string, accessKeyId: string): RawRecord {
  const arn = arnOfUser(userName);
  const principalId = 'AIDAEXAMPLE0000000001';
  return {
    ...record,
    userIdentity: { type: 'IAMUser', principalId, arn, accountId: AWS_ACCOUNT, accessKeyId, userName },
  };
}

/** Gives a sign-in to the console as one of root's, without a second factor. */
export function asRoot(record: RawRecord): RawRecord {
  return {
    ...record,
    userIdentity: { type: 'Root', principalId: AWS_ACCOUNT, arn: ROOT_ARN, accountId: AWS_ACCOUNT },
  };
}

export function arnOfUser(userName: string): string {
  return `arn:aws:iam::${AWS_ACCOUNT}:user/${userName}`;
}

export const ROOT_ARN = `arn:aws:iam::${AWS_ACCOUNT}:root`;
