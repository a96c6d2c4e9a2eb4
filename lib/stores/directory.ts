/**
 * The directory table: what is known of people beside the people file.
 *
 * | what | partition | sort |
 * |---|---|---|
 * | an account as a directory last listed it | `user#<source>` | the vendor's id, else its address |
 * | every account of a directory | same | |
 * | addresses that one record gave for one person | `link` | hash of the addresses |
 * | recorded approvals | `approval` | `<until>#<id>` |
 * | how often any of the above changed | `revision`, `approval-revision` | the same word |
 */
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserInventoryInfo } from '../core/events/index.ts';
import { stableId } from '../core/hash.ts';
import { readApprovalRevision } from './approvals.ts';
import { keyText } from './item-limits.ts';
import { packed, unpacked } from './packed.ts';
import { ifAllowed, isConditionFailed, type Table } from './table.ts';

const DIRECTORIES = ['okta', 'entra', 'google'] as const;
const LINK = 'link';
const REVISION = { pk: 'revision', sk: 'revision' } as const;
/** DynamoDB does no more for one client at once than for several. */
const WRITES_AT_ONCE = 16;

/**
 * Takes in accounts as a directory lists them. One that says nothing new is written all the same, for its time tells it
 * from older ones that come after it; one older than what is known changes nothing.
 *
 * @returns whether anything changed
 */
export async function saveUsers(table: Table, users: readonly UserInventoryInfo[]): Promise<boolean> {
  const changed: boolean[] = [];
  for (let start = 0; start < users.length; start += WRITES_AT_ONCE) {
    const some = users.slice(start, start + WRITES_AT_ONCE);
    changed.push(...(await Promise.all(some.map((user) => saveUser(table, user)))));
  }
  return changed.includes(true);
}

async function saveUser(table: Table, event: UserInventoryInfo): Promise<boolean> {
  const { user, source, time } = event;
  const fingerprint = stableId(JSON.stringify(user));
  try {
    const { Attributes } = await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          pk: `user#${source}`,
          sk: keyText(user.accountUid ?? user.address),
          event: packed(event),
          fingerprint,
          listedAt: time,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR listedAt <= :time',
        ExpressionAttributeValues: { ':time': time },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Attributes?.['fingerprint'] !== fingerprint;
  } catch (thrown) {
    if (isConditionFailed(thrown)) return false;
    throw thrown;
  }
}

/** Reads every account that any directory has listed. */
export async function readUsers(table: Table): Promise<readonly UserInventoryInfo[]> {
  const lists = await Promise.all(DIRECTORIES.map((source) => everyItem(table, `user#${source}`)));
  return lists.flat().map(({ event }) => unpacked(event as Uint8Array) as UserInventoryInfo);
}

/** Takes in that some addresses are one person's. */
export function saveLink(table: Table, addresses: readonly string[]): Promise<boolean> {
  const link = [...new Set(addresses)].sort();
  return ifAllowed(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { pk: LINK, sk: stableId(...link), addresses: link },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

export async function readLinks(table: Table): Promise<readonly (readonly string[])[]> {
  return (await everyItem(table, LINK)).map(({ addresses }) => addresses as readonly string[]);
}

/** Says that accounts or links have changed. */
export async function raiseRevision(table: Table): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: REVISION,
      UpdateExpression: 'ADD revision :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

/** Gives a text that is another one when accounts, links or approvals may have changed. */
export async function findRevision(table: Table): Promise<string> {
  const [{ Item }, approvals] = await Promise.all([
    table.client.send(new GetCommand({ TableName: table.name, Key: REVISION })),
    readApprovalRevision(table),
  ]);
  return `${(Item?.['revision'] as number | undefined) ?? 0}/${approvals}`;
}

async function everyItem(table: Table, pk: string): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ExclusiveStartKey,
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
