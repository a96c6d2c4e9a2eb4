/** Opens the store that a command line names, for as long as a verb needs it. */
import { userInfo } from 'node:os';
import { existsSync } from 'node:fs';
import type { Published } from '../core/alerts/publish.ts';
import { findAlertIds } from '../stores/alert-queries.ts';
import { findAlert, putAlert, type StoredAlert } from '../stores/alerts.ts';
import type { Table } from '../stores/table.ts';
import { UsageError, type AlertsStoreOptions } from './alerts-options.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';

/** The alerts, and who is asking. */
export interface Opened {
  readonly alerts: Table;
  /** The name on this machine; in AWS with the access key, by which CloudTrail knows the person. */
  readonly who: string;
}

/**
 * Runs a verb on the store that the options name.
 *
 * @returns the verb's exit code; 2, after saying why, when the command line cannot be meant
 * @throws STORE_FAILED when the store cannot be opened
 */
export async function withAlerts(
  options: AlertsStoreOptions,
  verb: (opened: Opened) => Promise<number>,
): Promise<number> {
  try {
    const { store, stack } = options;
    if ((store === undefined) === (stack === undefined))
      throw new UsageError('name either --store DIR or --stack NAME');
    if (store !== undefined) {
      if (!existsSync(store)) throw new UsageError(`--store: there is no folder ${JSON.stringify(store)}`);
      return await withEmbedded(store, (alerts) => verb({ alerts, who: userInfo().username }));
    }
    const { openStackTable } = await import('../stores/stack-table.ts');
    const { alerts, accessKeyId } = await openStackTable(stack ?? '');
    return await verb({ alerts, who: `${userInfo().username} (access key ${accessKeyId})` });
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    notice(`ringer: ${thrown.message}`);
    return EXIT.usage;
  }
}

/** Keeps what a scan found. Alerts of earlier scans stay: this one may have read other files. */
export function keepAlerts(directory: string, alerts: readonly Published[], now: number): Promise<void> {
  return withEmbedded(directory, async (table) => {
    let written = 0;
    for (const alert of alerts) if (await putAlert(table, alert, now)) written++;
    notice(`kept in ${directory}: ${written} alerts that are new or say something new`);
  });
}

/** Finds the one alert whose id begins so, or says why there is not one. */
export async function findOne(table: Table, prefix: string): Promise<StoredAlert | undefined> {
  const id = prefix.toLowerCase();
  if (!/^[0-9a-f]{1,32}$/.test(id)) throw new UsageError(`${JSON.stringify(prefix)} is no alert's id`);
  const ids = id.length === 32 ? [id] : await findAlertIds(table, id, 5);
  const [only] = ids;
  const found = ids.length === 1 && only !== undefined ? await findAlert(table, only) : undefined;
  if (found === undefined)
    notice(
      ids.length > 1
        ? `ringer: several alerts begin with ${id}: ${ids.join(', ')}${ids.length === 5 ? ' …' : ''}`
        : `ringer: there is no alert ${id}`,
    );
  return found;
}

async function withEmbedded<T>(directory: string, use: (alerts: Table) => Promise<T>): Promise<T> {
  const { openEmbeddedStore } = await import('../stores/embedded/embedded-store.ts');
  const store = await openEmbeddedStore(directory);
  try {
    return await use(store.alerts);
  } finally {
    await store.close();
  }
}
