/** `ringer alerts export`: alerts with their whole histories, for auditors. */
import { findAlerts } from '../stores/alert-queries.ts';
import { findHistory } from '../stores/alerts.ts';
import { ALERT_COLUMNS, alertCells, csvRow, HISTORY_COLUMNS, historyCells } from './alerts-csv.ts';
import { contractAlert } from './alerts-json.ts';
import { queryOf, type QueryOptions } from './alerts-options.ts';
import { withAlerts } from './alerts-store.ts';
import { openWriter } from './alerts-writer.ts';
import { EXIT } from './exit.ts';
import type { StoreOptions } from './store-options.ts';
import { notice } from './terminal.ts';

export interface ExportOptions extends StoreOptions, Pick<QueryOptions, 'since' | 'until'> {
  readonly out?: string;
  readonly format: 'ndjson' | 'csv';
}

/** Writes by time, then id: NDJSON with an alert a line, its changes in `history`; CSV with a change a line. */
export function alertsExportVerb(options: ExportOptions): Promise<number> {
  return withAlerts(options, async ({ alerts }) => {
    const query = queryOf({
      ...(options.since === undefined ? {} : { since: options.since }),
      ...(options.until === undefined ? {} : { until: options.until }),
    });
    const writer = openWriter(options.out);
    const sum = { alerts: 0, changes: 0 };
    if (options.format === 'csv') await writer.write(csvRow([...ALERT_COLUMNS, ...HISTORY_COLUMNS]));
    for await (const stored of findAlerts(alerts, query)) {
      const history = await findHistory(alerts, stored);
      const text =
        options.format === 'csv'
          ? history.map((entry) => csvRow([...alertCells(stored.alert), ...historyCells(entry)])).join('')
          : `${JSON.stringify({ ...contractAlert(stored.alert), history })}\n`;
      if (!(await writer.write(text))) break;
      sum.alerts++;
      sum.changes += history.length;
    }
    await writer.end();
    notice(`exported: ${sum.alerts} alerts, ${sum.changes} changes`);
    return EXIT.done;
  });
}
