/** Who is asking: it is recorded with everything that people do. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { messageOf, RingerError } from '../core/errors.ts';

export interface Caller {
  /** What is recorded: the ARN, or the name on this machine. */
  readonly who: string;
  /** The part of it that names a person: a session's, a user's. */
  readonly name: string;
}

/**
 * Asks AWS to whom the credentials in use belong. It needs no permission.
 *
 * @throws STORE_FAILED when there are none, or they are not valid
 */
export async function awsCaller(): Promise<Caller> {
  const client = new STSClient({});
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    if (Arn === undefined) throw new RingerError('STORE_FAILED', 'its answer has no ARN');
    return { who: Arn, name: nameInArn(Arn) };
  } catch (cause) {
    throw new RingerError('STORE_FAILED', `AWS does not say who you are: ${messageOf(cause)}`, { cause });
  } finally {
    client.destroy();
  }
}

/**
 * Gives the last part of an ARN: the session of an assumed role, the name of a user.
 *
 * @example nameInArn('arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com') // => 'ann@example.com'
 * @example nameInArn('arn:aws:iam::123456789012:root') // => 'root'
 */
export function nameInArn(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
}
