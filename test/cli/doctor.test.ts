import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import type { Checkup } from '../../lib/cli/doctor-probe.ts';
import { FakeOkta } from '../../lib/simulator/okta/fake-okta.ts';
import { NEW_YORK, sessionStart } from '../../lib/simulator/okta/records.ts';
import { runRinger } from '../support/run-ringer.ts';

const TOKEN = '00invented-token';

let okta: FakeOkta;
beforeEach(async () => {
  okta = new FakeOkta({ token: TOKEN });
  await okta.start();
});
afterEach(() => okta.stop());

function folder(secret = TOKEN, orgUrl = okta.url): string {
  const cwd = mkdtempSync(join(tmpdir(), 'doctor-'));
  writeFileSync(join(cwd, 'token'), secret);
  writeFileSync(
    join(cwd, 'ringer.yaml'),
    `schemaVersion: 1\nsources:\n  - { name: main, type: okta, orgUrl: '${orgUrl}', credentials: 'file:token', feeds: [system-log, users] }\n`,
  );
  return cwd;
}
const signedIn = (agoMs: number) =>
  sessionStart({
    uuid: `00000000-0000-4000-8000-${String(agoMs).padStart(12, '0')}`,
    time: Date.now() - agoMs,
    login: 'ada.novak@example.com',
    name: 'Ada Novak',
    ip: '198.51.100.1',
    place: NEW_YORK,
  });

describe('ringer doctor', () => {
  it('says that a feed can be read, and how old the newest record is', async () => {
    okta.add(signedIn(HOUR_MS), signedIn(20 * MINUTE_MS));
    const { status, stdout } = await runRinger(['doctor'], { cwd: folder() });
    expect(stdout).toMatch(/main +okta\/system-log +ok +20 min ago/);
    expect(status).toBe(0);
  });

  it('tells a feed that has nothing from one that cannot be read', async () => {
    const { status, stdout } = await runRinger(['doctor'], { cwd: folder() });
    expect(stdout).toMatch(/main\/system-log: can be read and had nothing in a week/);
    expect(status).toBe(0);
  });

  it('names a refused credential, what to do, and what the feed needs', async () => {
    const { status, stdout } = await runRinger(['doctor'], { cwd: folder('00revoked') });
    expect(status).toBe(1);
    expect(stdout).toMatch(/main\/system-log: SOURCE_DENIED: .*401/);
    expect(stdout).toMatch(/ringer connect.*okta\.logs\.read/);
    expect(stdout).not.toContain('00revoked');
  });

  it('names a vendor that does not answer', async () => {
    const { status, stdout } = await runRinger(['doctor'], { cwd: folder(TOKEN, 'http://127.0.0.1:9') });
    expect(status).toBe(1);
    expect(stdout).toMatch(/main\/system-log: SOURCE_UNAVAILABLE/);
  }, 60_000);

  it('says the same as JSON, with the vendor’s clock', async () => {
    okta.add(signedIn(HOUR_MS));
    const { stdout } = await runRinger(['doctor', '--format', 'json'], { cwd: folder() });
    const { connections } = JSON.parse(stdout) as { connections: (Checkup & { clockSkewSeconds: number })[] };
    expect(connections).toMatchObject([
      { connection: 'main', type: 'okta', feeds: [{ feed: 'system-log', state: 'ok' }, { feed: 'users' }] },
    ]);
    expect(Math.abs(connections[0]?.clockSkewSeconds ?? Infinity)).toBeLessThanOrEqual(2);
  });
});
