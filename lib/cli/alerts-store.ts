/** The alerts that a command line names, for as long as a verb needs them. */
import type { Published } from '../core/alerts/publish.ts';
import { findAlertIds } from '../stores/alert-queries.ts';
import { findAlert, putAlert, type StoredAlert } from '../stores/alerts.ts';
import type { Table } from '../stores/table.ts';
import { withEmbedded, withTable, type StoreOptions } from './store-options.ts';
import { notice } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The alerts, and who is asking. */
export interface Opened {
  readonly alerts: Table;
  /** The name on this machine; in AWS the caller's ARN. */
  readonly who: string;
}

/** Runs a verb on the alerts of the store that the options name: see `withTable`. */
export function withAlerts(
  options: StoreOptions,
  verb: (opened: Opened) => Promise<number>,
): Promise<number> {
  return withTable('alerts', options, (alerts, { who }) => verb({ alerts, who }));
}

/** Keeps what a scan found. Alerts of earlier scans stay: this one may have read other files. */
export function keepAlerts(directory: string, alerts: readonly Published[], now: number): Promise<void> {
  return withEmbedded(directory, async ({ alerts: table }) => {
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
