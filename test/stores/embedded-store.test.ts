import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAlert, putAlert } from '../../lib/stores/alerts.ts';
import { openEmbeddedStore } from '../../lib/stores/embedded/embedded-store.ts';
import { anAlert } from './alert-store.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringer-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the embedded store', () => {
  it('has tomorrow what was put into it today', async () => {
    const alert = anAlert();
    const today = await openEmbeddedStore(folder);
    await putAlert(today.alerts, alert, NOW);
    await today.close();
    const tomorrow = await openEmbeddedStore(folder);
    expect((await findAlert(tomorrow.alerts, alert.id))?.alert).toEqual(alert);
    await tomorrow.close();
  });

  it('is one command’s at a time, and the second is told so', async () => {
    const first = await openEmbeddedStore(folder);
    await expect(openEmbeddedStore(folder)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: `${folder}: another command has it open; try again when that has ended`,
    });
    await first.close();
    await (await openEmbeddedStore(folder)).close();
  });

  it('makes a folder that nobody else may read', async () => {
    const inside = join(folder, 'a', 'b');
    await (await openEmbeddedStore(inside)).close();
    expect(statSync(inside).mode & 0o077).toBe(0);
  });

  it('answers nobody else on the machine', async () => {
    const { alerts, close } = await openEmbeddedStore(folder);
    const endpoint = await alerts.client.config.endpoint?.();
    const answer = await fetch(`http://127.0.0.1:${endpoint?.port}/`, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables', authorization: 'AWS4 Credential=guess/' },
      body: '{}',
    });
    await close();
    expect(answer.status).toBe(403);
  });

  it('says which folder cannot be written to', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(openEmbeddedStore(file)).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(file) as string,
    });
  });
});
