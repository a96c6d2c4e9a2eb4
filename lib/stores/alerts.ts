/**
 * The alerts table, as those who raise alerts and those who act on them use it. The engine owns what was seen, people own
 * status and notes, notify owns what was sent; none overwrites another. `alert-queries.ts` names every way to ask.
 */
import type { Alert } from '../core/alerts/alert.ts';
import { changeAlert, findAlertItem } from './alert-change.ts';
import { historyUpTo, type HistoryEntry } from './alert-history.ts';
import {
  shownStatus,
  whenActedOn,
  whenSeen,
  whenWithdrawn,
  type Action,
  type AlertRecord,
  type Refused,
} from './alert-life.ts';
import type { Table } from './table.ts';

export { fingerprintOf } from './alert-life.ts';

export interface StoredAlert {
  readonly alert: Alert;
  /** The last change that is in its history. */
  readonly newest: HistoryEntry;
}

/**
 * Writes what the engine says now.
 *
 * @param revision - rises with the subject's state, as the clock does: what an older state says is not written over what
 * a newer one said
 * @returns false when the alert says so already, or a newer revision stands
 */
export async function putAlert(table: Table, alert: Alert, revision: number): Promise<boolean> {
  const after = await changeAlert(table, alert.id, (before) => whenSeen(before, alert, revision));
  return after !== undefined;
}

/** Says that an alert no longer stands: later evidence explained it. What people wrote on it stays. */
export async function withdrawAlert(table: Table, id: string, revision: number): Promise<boolean> {
  const after = await changeAlert(table, id, (before) => whenWithdrawn(before, revision));
  return after !== undefined;
}

/**
 * Writes what a person does.
 *
 * @returns the alert after it; why it is not possible; `undefined` when there is no such alert
 */
export async function actOnAlert(
  table: Table,
  id: string,
  action: Action,
): Promise<StoredAlert | Refused | undefined> {
  // Set by the last decision, which is the one that counts.
  let refused: Refused | undefined;
  const after = await changeAlert(table, id, (before) => {
    const next = before === undefined ? undefined : whenActedOn(before, action);
    refused = next !== undefined && 'refused' in next ? next : undefined;
    return next === undefined || 'refused' in next ? undefined : next;
  });
  return refused ?? (after === undefined ? undefined : storedAlert(after));
}

/** Reads one alert as it is now. */
export async function findAlert(table: Table, id: string): Promise<StoredAlert | undefined> {
  const item = await findAlertItem(table, id);
  return item === undefined ? undefined : storedAlert(item);
}

/** Reads the history of an alert up to the moment it was read, oldest first. */
export function findHistory(table: Table, { alert, newest }: StoredAlert): Promise<readonly HistoryEntry[]> {
  return historyUpTo(table, alert.id, newest);
}

/** Makes an alert of its item. */
export function storedAlert(item: AlertRecord | Readonly<Record<string, unknown>>): StoredAlert {
  const record = item as AlertRecord;
  return { alert: { ...record.seen, status: shownStatus(record) }, newest: record.newest };
}

/** Makes a change of an alert's item, as the stream gives it after the change. */
export function changeOf(
  item: Readonly<Record<string, unknown>>,
): StoredAlert & { readonly version: number } {
  return { ...storedAlert(item), version: (item as unknown as AlertRecord).version };
}
