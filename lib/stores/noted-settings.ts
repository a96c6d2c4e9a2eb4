/** The settings that were last noted: one item of the directory table, `settings`. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '../config/settings.ts';
import { packed, unpacked } from './packed.ts';
import { ifAllowed, type Table } from './table.ts';

const KEY = { pk: 'settings', sk: 'settings' } as const;

export interface NotedSettings {
  readonly hash: string;
  readonly settings: Settings;
}

export async function findNotedSettings(directory: Table): Promise<NotedSettings | undefined> {
  const { Item } = await directory.client.send(
    new GetCommand({ TableName: directory.name, Key: KEY, ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  return { hash: Item['hash'] as string, settings: unpacked(Item['settings'] as Uint8Array) as Settings };
}

/**
 * Notes settings.
 *
 * @param before - those noted until now
 * @returns false when another process has noted others since
 */
export function noteSettings(
  directory: Table,
  { hash, settings }: NotedSettings,
  before: NotedSettings | undefined,
): Promise<boolean> {
  return ifAllowed(
    directory.client.send(
      new PutCommand({
        TableName: directory.name,
        Item: { ...KEY, hash, settings: packed(settings) },
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: '#hash = :before', ExpressionAttributeNames: { '#hash': 'hash' } }),
        ...(before === undefined ? {} : { ExpressionAttributeValues: { ':before': before.hash } }),
      }),
    ),
  );
}
