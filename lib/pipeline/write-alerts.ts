/** Writes the alerts of an evaluation, and before that which of them are new. */
import { newSubject } from '../core/engine.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import type { EpochMs } from '../core/time.ts';
import { fingerprintOf, putAlert, withdrawAlert } from '../stores/alerts.ts';
import { saveSubject, type Saved, type StoredSubject } from '../stores/subjects.ts';
import type { Assessment } from './assess-subject.ts';
import type { Detecting } from './detect.ts';
import { sparedAlert } from './own-alerts.ts';

/**
 * Saves the ids of alerts that nobody knows of yet, before they are written: whoever comes after a run that died in between
 * finds them, and withdraws those that do not stand any longer.
 *
 * @returns what the next save goes on from; `undefined` when somebody else has saved since
 */
export async function announce(
  subject: SubjectRef,
  { alerts }: Assessment,
  stored: StoredSubject,
  now: EpochMs,
  { ledger }: Detecting,
): Promise<Saved | undefined> {
  const { state, ...rest } = stored.kept ?? { state: newSubject(), written: {}, late: [] };
  const known = new Set(state.raised);
  const ids = alerts.map(({ id }) => id).filter((id) => !known.has(id));
  if (ids.length === 0) return stored;
  const kept = { ...rest, state: { ...state, raised: [...state.raised, ...ids] } };
  return saveSubject(ledger, subject, kept, stored, now);
}

/**
 * Writes alerts that are new or say something new, and withdraws those that no longer stand.
 *
 * @param unsaved - ids that this run has written since it last saved, to which it adds: what another run has saved
 *   meanwhile knows nothing of them, so that they are looked at again
 */
export async function writeAlerts(
  { alerts, withdrawn }: Assessment,
  { kept }: StoredSubject,
  unsaved: Set<string>,
  revision: number,
  { alerts: table }: Detecting,
): Promise<{ readonly written: number; readonly withdrawn: number }> {
  const changes = { written: 0, withdrawn: 0 };
  const standing = new Set(alerts.map(({ id }) => id));
  const gone = new Set([...withdrawn, ...[...unsaved].filter((id) => !standing.has(id))]);
  for (const alert of alerts) {
    if (fingerprintOf(alert) === kept?.written[alert.id] && !unsaved.has(alert.id)) continue;
    unsaved.add(alert.id);
    if (await putAlert(table, alert, revision)) changes.written++;
    const own = sparedAlert(alert);
    if (own !== undefined) await putAlert(table, own, revision);
  }
  for (const id of gone) if (await withdrawAlert(table, id, revision)) changes.withdrawn++;
  return changes;
}
