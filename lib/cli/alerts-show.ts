/** `ringer alerts show`: one alert, and everything that happened to it. */
import { alertText, safeAlert } from '../core/alerts/text.ts';
import { findHistory } from '../stores/alerts.ts';
import { contractAlert } from './alerts-json.ts';
import { findOne, withAlerts } from './alerts-store.ts';
import { historyLines } from './alerts-text.ts';
import { openWriter } from './alerts-writer.ts';
import { EXIT } from './exit.ts';
import type { StoreOptions } from './store-options.ts';
import { stdoutStyle, stdoutWidth } from './terminal.ts';

export interface ShowOptions extends StoreOptions {
  readonly format?: 'text' | 'ndjson';
}

export function alertsShowVerb(id: string, options: ShowOptions): Promise<number> {
  const format = options.format ?? (process.stdout.isTTY ? 'text' : 'ndjson');
  return withAlerts(options, async ({ alerts }) => {
    const stored = await findOne(alerts, id);
    if (stored === undefined) return EXIT.failed;
    const history = await findHistory(alerts, stored);
    const { alert } = stored;
    const writer = openWriter(undefined);
    await writer.write(
      format === 'ndjson'
        ? `${JSON.stringify({ ...contractAlert(alert), history })}\n`
        : `${alertText(safeAlert(alert), stdoutWidth(), stdoutStyle())}\n  ${alert.status}, id ${alert.id}\n\n${historyLines(history)}`,
    );
    await writer.end();
    return EXIT.done;
  });
}
