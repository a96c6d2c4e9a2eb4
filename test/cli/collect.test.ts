import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { FakeOkta } from '../../lib/simulator/okta/fake-okta.ts';
import { MOSCOW, NEW_YORK, sessionStart } from '../../lib/simulator/okta/records.ts';
import type { RawRecord } from '../../lib/sources/source.ts';
import { runRinger } from '../support/run-ringer.ts';

const COMMAND = join(__dirname, '..', '..', 'bin', 'ringer.ts');
const TOKEN = '00invented-token';
const BEGIN = Date.now() - 3 * HOUR_MS;

/** Somebody works for an hour in New York and is then in Moscow, three times an hour. */
const RECORDS: readonly RawRecord[] = Array.from({ length: 2_500 }, (_, n) =>
  sessionStart({
    uuid: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    time: BEGIN + n * 3_000,
    login: `person${n % 40}@example.com`,
    name: 'An Example',
    ip: n % 2_000 === 1_999 ? '192.0.2.200' : `198.51.100.${n % 40}`,
    place: n % 2_000 === 1_999 ? MOSCOW : NEW_YORK,
  }),
);

let okta: FakeOkta;
beforeEach(async () => {
  okta = new FakeOkta({ token: TOKEN });
  await okta.start();
  okta.add(...RECORDS);
});
afterEach(() => okta.stop());

/** A folder with a ringer.yaml that reads the organization. */
function folder(secret = TOKEN, more = ''): string {
  const cwd = mkdtempSync(join(tmpdir(), 'collect-'));
  writeFileSync(join(cwd, 'token'), secret);
  writeFileSync(
    join(cwd, 'ringer.yaml'),
    `schemaVersion: 1\nsources:\n  - { name: main, type: okta, orgUrl: '${okta.url}', credentials: 'file:token' }\n${more}`,
  );
  return cwd;
}
const collect = (cwd: string, ...more: readonly string[]) =>
  runRinger(['collect', '--events-out', 'events.ndjson', ...more], { cwd });
const stored = (cwd: string): string[] =>
  readFileSync(join(cwd, 'events.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { eventId: string }).eventId);
const visible = (): string[] => RECORDS.map((record) => String(record['uuid'])).sort();

describe('ringer collect', () => {
  it('reads a vendor into a store, detects, and prints what is new once', async () => {
    const cwd = folder();
    const first = await collect(cwd);
    expect(first.stderr).toMatch(/main +okta\/system-log +read +2500 +2500 +0 +0 +0 +2500/);
    expect(first.status).toBe(0);
    const alerts = first.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Alert);
    expect(alerts.map(({ detection }) => detection)).toContain('impossible-travel');
    expect(stored(cwd).sort()).toEqual(visible());
    const second = await collect(cwd);
    expect([second.status, second.stdout]).toEqual([0, '']);
    expect(stored(cwd)).toHaveLength(RECORDS.length);
    const listed = await runRinger(['alerts', 'list', '--store', 'ringer-store', '--format', 'ndjson'], {
      cwd,
    });
    expect(listed.stdout).toContain(alerts[0]?.id);
  }, 60_000);

  it('loses nothing and doubles nothing, however often it is killed', async () => {
    const whole = folder();
    const undisturbed = await collect(whole);
    const cwd = folder();
    for (let turn = 0; turn < 6; turn++) {
      const child = spawn(process.execPath, [COMMAND, 'collect', '--events-out', 'events.ndjson'], { cwd });
      const closed = once(child, 'close');
      await setTimeout(700 + turn * 250);
      child.kill('SIGKILL');
      await closed;
    }
    const last = await collect(cwd);
    expect(last.status).toBe(0);
    expect(stored(cwd).sort()).toEqual(visible());
    const list = ['alerts', 'list', '--store', 'ringer-store', '--format', 'ndjson'];
    const ids = (text: string): unknown[] =>
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Alert).id)
        .sort();
    expect(ids((await runRinger(list, { cwd })).stdout)).toEqual(ids(undisturbed.stdout));
  }, 120_000);

  it('stops at an interrupt after the page in hand, and goes on from there', async () => {
    const cwd = folder();
    const child = spawn(process.execPath, [COMMAND, 'collect', '--events-out', 'events.ndjson', '--watch'], {
      cwd,
    });
    while (!existsSync(join(cwd, 'events.ndjson')) || readFileSync(join(cwd, 'events.ndjson'), 'utf8') === '')
      await setTimeout(50);
    child.kill('SIGINT');
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(0);
    await collect(cwd);
    expect(stored(cwd).sort()).toEqual(visible());
  }, 60_000);

  it('names what a refused credential blinds and what to do, and reads the other connections', async () => {
    const other = new FakeOkta({ token: TOKEN });
    await other.start();
    other.add(...RECORDS.slice(0, 10));
    try {
      const cwd = folder(
        'revoked',
        `  - { name: second, type: okta, orgUrl: '${other.url}', credentials: 'file:good' }\n`,
      );
      writeFileSync(join(cwd, 'good'), TOKEN);
      const { status, stderr } = await collect(cwd);
      expect(status).toBe(1);
      expect(stderr).toMatch(/SOURCE_DENIED: main\/system-log is blind: /);
      expect(stderr).toMatch(/second +okta\/system-log +read +10 /);
      expect(stderr).not.toContain('revoked');
    } finally {
      await other.stop();
    }
  }, 60_000);

  it('begins where it is told to', async () => {
    const cwd = folder();
    await collect(cwd, '--since', new Date(BEGIN + 30 * MINUTE_MS).toISOString());
    const since = new URL(okta.requests.find((path) => path.startsWith('/api/v1/logs')) ?? '', okta.url);
    expect(since.searchParams.get('since')).toBe(new Date(BEGIN + 30 * MINUTE_MS).toISOString());
  }, 60_000);

  it('is wrong usage to name a connection that is not there, or a time to come', async () => {
    const cwd = folder();
    const unknown = await collect(cwd, '--source', 'azure');
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'ringer: --source: ringer.yaml has no azure; it has main\n',
    ]);
    expect((await collect(cwd, '--since', 'tomorrow')).status).toBe(2);
    expect((await collect(cwd, '--once', '--watch')).status).toBe(2);
  }, 60_000);
});
