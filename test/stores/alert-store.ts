/** A store in a folder of its own, and alerts to put there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { stableId } from '../../lib/core/hash.ts';
import { findAlert, findHistory } from '../../lib/stores/alerts.ts';
import { openEmbeddedStore, type EmbeddedStore } from '../../lib/stores/embedded/embedded-store.ts';
import type { HistoryEntry } from '../../lib/stores/alert-history.ts';
import type { Table } from '../../lib/stores/table.ts';

/** Opens a store before the tests of a file and takes it away after them. */
export function alertStore(): { table(): Table } {
  const folder = mkdtempSync(join(tmpdir(), 'ringer-test-'));
  let store: EmbeddedStore | undefined;
  beforeAll(async () => {
    store = await openEmbeddedStore(folder);
  });
  afterAll(async () => {
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { table: () => store!.alerts };
}

let made = 0;

/** Makes an alert that no other test has. */
export function anAlert(but: Partial<Alert> = {}): Alert {
  return {
    schemaVersion: 1,
    id: stableId('test', made++),
    detection: 'impossible-travel',
    family: 'geolocation',
    title: 'Impossible travel',
    severity: 'medium',
    confidence: 'high',
    subject: { kind: 'person', id: 'ada.novak@example.com', name: 'Ada Novak' },
    related: [],
    time: '2026-11-02T12:00:00.000Z',
    firstSeen: '2026-11-02T12:00:00.000Z',
    lastSeen: '2026-11-02T12:00:00.000Z',
    count: 2,
    status: 'open',
    summary: 'Signed in from two places.',
    why: [],
    benign: [],
    next: [],
    evidence: [],
    attack: [],
    ...but,
  };
}

export async function historyOf(table: Table, id: string): Promise<readonly HistoryEntry[]> {
  const stored = await findAlert(table, id);
  return stored === undefined ? [] : findHistory(table, stored);
}
