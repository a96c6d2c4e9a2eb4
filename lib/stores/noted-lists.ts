/** Which refreshed lists detect uses and how old they are: one item of the ledger, for the weekly message. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../core/time.ts';
import { NOTED_LISTS } from './ledger-keys.ts';
import type { Table } from './table.ts';

export interface NotedList {
  readonly name: string;
  readonly refreshed: EpochMs;
}

/** Notes what a process started with; the last one to start has the newest deployment's. */
export async function noteLists(ledger: Table, lists: readonly NotedList[]): Promise<void> {
  await ledger.client.send(new PutCommand({ TableName: ledger.name, Item: { ...NOTED_LISTS, lists } }));
}

/** @returns `undefined` before detect ran for the first time */
export async function findNotedLists(ledger: Table): Promise<readonly NotedList[] | undefined> {
  const { Item } = await ledger.client.send(new GetCommand({ TableName: ledger.name, Key: NOTED_LISTS }));
  return Item?.['lists'] as readonly NotedList[] | undefined;
}
