/** `ringer alerts list`: alerts that are kept, one a line. */
import { findAlerts } from '../stores/alert-queries.ts';
import { ALERT_COLUMNS, alertCells, csvRow } from './alerts-csv.ts';
import { contractAlert } from './alerts-json.ts';
import { queryOf, type QueryOptions } from './alerts-options.ts';
import { withAlerts } from './alerts-store.ts';
import { alertLines } from './alerts-text.ts';
import { openWriter } from './alerts-writer.ts';
import { EXIT } from './exit.ts';
import type { StoreOptions } from './store-options.ts';
import { notice } from './terminal.ts';

export interface ListOptions extends StoreOptions, QueryOptions {
  readonly format?: 'text' | 'ndjson' | 'csv';
}

/** Prints NDJSON and CSV by time, then id; text worst first. */
export function alertsListVerb(options: ListOptions): Promise<number> {
  const format = options.format ?? (process.stdout.isTTY ? 'text' : 'ndjson');
  return withAlerts(options, async ({ alerts }) => {
    const found = findAlerts(alerts, queryOf(options));
    const writer = openWriter(undefined);
    if (format === 'text') {
      const all = [];
      for await (const { alert } of found) all.push(alert);
      if (all.length === 0) notice('No such alerts.');
      else await writer.write(alertLines(all));
    } else {
      if (format === 'csv') await writer.write(csvRow(ALERT_COLUMNS));
      for await (const { alert } of found) {
        const line =
          format === 'csv' ? csvRow(alertCells(alert)) : `${JSON.stringify(contractAlert(alert))}\n`;
        if (!(await writer.write(line))) break;
      }
    }
    await writer.end();
    return EXIT.done;
  });
}
