/** Notices that what is watched has changed since it was last noted, and that somebody recorded an approval. */
import { changesBetween, settingsOf } from '../config/settings.ts';
import type { DeployedConfig } from '../config/deployed-config.ts';
import { stableId } from '../core/hash.ts';
import { DAY_MS, type EpochMs } from '../core/time.ts';
import { putAlert } from '../stores/alerts.ts';
import type { RecordedApproval } from '../stores/approvals.ts';
import { findNotedSettings, noteSettings } from '../stores/noted-settings.ts';
import type { Table } from '../stores/table.ts';
import { configurationAlert, recordedAlert } from './own-alerts.ts';

export interface WatchedTables {
  readonly directory: Table;
  readonly alerts: Table;
}

/**
 * Compares the settings with those noted, raises an alert if they differ, then notes them: a crash between says the same
 * again. The first deployment has nothing to be compared with.
 */
export async function watchSettings(
  config: DeployedConfig,
  { directory, alerts }: WatchedTables,
  now: EpochMs,
): Promise<void> {
  const settings = settingsOf(config);
  const current = { settings, hash: stableId(JSON.stringify(Object.entries(settings).sort())) };
  const noted = await findNotedSettings(directory);
  if (noted?.hash === current.hash) return;
  const changes = noted === undefined ? [] : changesBetween(noted.settings, settings);
  if (noted !== undefined && changes.length > 0) {
    // Back and forth again is another change.
    const key = stableId(noted.hash, current.hash, Math.floor(now / DAY_MS));
    await putAlert(alerts, configurationAlert(changes, key, now), now);
  }
  await noteSettings(directory, current, noted);
}

/** Long enough that a process which starts anew has seen it, short enough that not every process says everything again. */
const RECENT_MS = 2 * DAY_MS;

/**
 * Makes what raises an alert for each approval that was recorded of late, once a process.
 *
 * @returns to be given the approvals as they are now
 */
export function approvalWatch(
  alerts: Table,
): (approvals: readonly RecordedApproval[], now: EpochMs) => Promise<void> {
  const said = new Set<string>();
  return async (approvals, now) => {
    for (const approval of approvals) {
      if (said.has(approval.id) || approval.createdTime < now - RECENT_MS) continue;
      await putAlert(alerts, recordedAlert(approval), approval.createdTime);
      said.add(approval.id);
    }
  };
}
