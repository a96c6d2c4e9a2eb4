/** Tells of alerts as they are written, by the alerts table's stream. */
import { ALERT_SORT, KEY } from '../../config/names.ts';
import { findAlert, type StoredAlert } from '../../stores/alerts.ts';
import type { Table } from '../../stores/table.ts';
import type { TwinAws } from './aws/index.ts';

/** Hears of an alert that is new or has changed, as it is now. */
export type OnAlert = (stored: StoredAlert) => void;

const AT_ONCE = 100;

/** Makes what looks for alerts that were written since it last looked. */
export function alertWatcher(aws: TwinAws, table: Table): (onAlert: OnAlert) => Promise<void> {
  let readUpTo: string | undefined;
  return async (onAlert) => {
    for (;;) {
      const records = await aws.readStream(table.name, readUpTo, AT_ONCE);
      const last = records.at(-1);
      if (last === undefined) return;
      readUpTo = last.dynamodb.SequenceNumber;
      const ids = records.flatMap(({ eventName, dynamodb: { Keys } }) =>
        eventName !== 'REMOVE' && textOf(Keys[KEY.sort]) === ALERT_SORT ? [textOf(Keys[KEY.partition])] : [],
      );
      for (const id of new Set(ids)) {
        const stored = await findAlert(table, id);
        if (stored !== undefined) onAlert(stored);
      }
    }
  };
}

function textOf(value: object | undefined): string {
  return value !== undefined && 'S' in value && typeof value.S === 'string' ? value.S : '';
}
