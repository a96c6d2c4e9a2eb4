/** `--store` and `--stack`: opens the table that a verb works on, for as long as it needs it. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { EmbeddedStore } from '../stores/embedded/embedded-store.ts';
import type { Caller } from '../stores/caller.ts';
import type { Table } from '../stores/table.ts';
import { UsageError } from './usage-error.ts';

export interface StoreOptions {
  readonly store?: string;
  readonly stack?: string;
}

export type TableName = 'alerts' | 'directory';

/** Adds the two options. */
export function withStoreOptions(command: Command): Command {
  return command
    .option('--store <dir>', 'the folder that scan --store wrote to')
    .option('--stack <name>', 'the deployment in AWS, or its stack with the tables: Ringer, RingerState');
}

/**
 * Runs a verb on a table of the store that the options name.
 *
 * @returns the verb's exit code
 * @throws UsageError when they name none or both; STORE_FAILED when it cannot be opened
 */
export async function withTable(
  which: TableName,
  { store, stack }: StoreOptions,
  verb: (table: Table, caller: Caller) => Promise<number>,
): Promise<number> {
  if (store !== undefined && stack === undefined) {
    if (!existsSync(store)) throw new UsageError(`--store: there is no folder ${JSON.stringify(store)}`);
    const { username } = userInfo();
    return withEmbedded(store, (opened) => verb(opened[which], { who: username, name: username }));
  }
  if (stack === undefined || store !== undefined)
    throw new UsageError('name either --store DIR or --stack NAME');
  const [{ findOutputs }, { awsCaller }, { openTable }] = await Promise.all([
    import('../stores/stack-outputs.ts'),
    import('../stores/caller.ts'),
    import('../stores/table.ts'),
  ]);
  const key = `${which}Table` as const;
  const [outputs, caller] = await Promise.all([findOutputs(stack, [key]), awsCaller()]);
  return verb(openTable(outputs[key]), caller);
}

/** Opens the store of a folder, makes it where there is none, and closes it afterwards. */
export async function withEmbedded<T>(
  directory: string,
  use: (store: EmbeddedStore) => Promise<T>,
): Promise<T> {
  const { openEmbeddedStore } = await import('../stores/embedded/embedded-store.ts');
  const store = await openEmbeddedStore(directory);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
