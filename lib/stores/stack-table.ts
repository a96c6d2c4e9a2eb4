/** Finds the alerts table of a deployed stack with nothing but the right to list tables. */
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { messageOf, RingerError } from '../core/errors.ts';
import { openTable, type Table } from './table.ts';

/** An alerts table in AWS, and with what right it is open. */
export interface StackTable {
  readonly alerts: Table;
  /** The access key in use: CloudTrail says to whom it belonged. */
  readonly accessKeyId: string;
}

/**
 * Opens the alerts table of a state stack with the caller's own credentials.
 *
 * CloudFormation names a table `<stack>-<logical id>-<random>`, and our logical ids do not change.
 *
 * @throws STORE_FAILED when there are no credentials, or not one such table in their account and Region
 */
export async function openStackTable(stack: string): Promise<StackTable> {
  const client = new DynamoDBClient({});
  const ours = (name: string): boolean =>
    name.startsWith(`${stack}-Alerts`) && /^[0-9A-F]{8}-[A-Z0-9]+$/.test(name.slice(stack.length + 7));
  try {
    const region = await client.config.region();
    const { accessKeyId } = await client.config.credentials();
    const found: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
      found.push(...TableNames.filter(ours));
    }
    const [name, another] = found;
    if (name !== undefined && another === undefined) return { alerts: openTable(name), accessKeyId };
    const message = `${region} has ${found.length === 0 ? 'no' : found.length} alerts tables of stack ${stack}`;
    throw new RingerError(
      'STORE_FAILED',
      `${message}; name the stack that holds the tables, e.g. RingerState`,
    );
  } catch (cause) {
    if (cause instanceof RingerError) throw cause;
    throw new RingerError('STORE_FAILED', `stack ${stack}: ${messageOf(cause)}`, { cause });
  } finally {
    client.destroy();
  }
}
