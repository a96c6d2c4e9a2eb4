import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { gzipSync } from 'node:zlib';
import { alertOf } from '../lib/core/alerts/publish.ts';
import { addFinding, draftOf } from '../lib/core/alerts/draft.ts';
import { DETECTIONS } from '../lib/core/detections/index.ts';
import { RingerError } from '../lib/core/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/core/time.ts';
import { detectMessage } from '../lib/pipeline/detect-message.ts';
import { packEvents } from '../lib/pipeline/event-message.ts';
import { putAlertChange } from '../lib/pipeline/event-bus.ts';
import { openKnownPeople } from '../lib/pipeline/known-people.ts';
import { restingAfterFailure } from '../lib/pipeline/notify-channel.ts';
import { notifyMissed } from '../lib/pipeline/notify-missed.ts';
import { tickAfterApprovals } from '../lib/pipeline/send-ticks.ts';
import { recordApproval } from '../lib/stores/approvals.ts';
import { readUsers, saveUsers } from '../lib/stores/directory.ts';
import { putAlert } from '../lib/stores/alerts.ts';
import { PipelineTables } from './support/pipeline-tables.ts';
import { ALERT, alertNumber } from './support/alerts.ts';
import { appendEvents } from '../lib/stores/subject-log.ts';
import { readSubject } from '../lib/stores/subjects.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const tables = new PipelineTables();
beforeEach(() => tables.open());
afterEach(() => tables.close());
const ADA = { kind: 'person', id: 'ada.novak@example.com' } as const;
const signIn = (uid: string, address: string): any => ({ kind: 'authentication', activity: 'logon', status: 'success', interactive: true, time: NOW, source: 'okta', feed: 'system-log', uid, actor: { type: 'user', address } });

it('4 dead letters doubled', async () => {
  const body = gzipSync(JSON.stringify({ version: 1, events: [{ kind: 'authentication' }, signIn('a', ADA.id)] })).toString('base64');
  const aside: unknown[] = [];
  const run = tables.detecting(NOW);
  const bad = { ...run, directory: { ...run.directory, person: () => { throw new RingerError('STORE_FAILED', 'x', { retryable: true }); } } } as any;
  for (const attempt of [1, 2, 3]) await detectMessage(body, attempt, bad, async (e) => void aside.push(e)).catch(() => undefined);
  await detectMessage(body, 4, run, async (e) => void aside.push(e));
  expect(aside).toHaveLength(1);
});

it('9 resting keeps retryability', async () => {
  const clock = { now: () => NOW, sleep: async () => undefined };
  const c = restingAfterFailure({ id: 'x', minimum: 'low', detail: 'full', send: async () => { throw new RingerError('SOURCE_DENIED', 'gone'); } }, clock);
  await c.send({} as any).catch(() => undefined);
  await expect(c.send({} as any)).rejects.toMatchObject({ retryable: false });
});

it('10 sweep poison', async () => {
  tables.clock.time = NOW;
  for (const n of [1, 2, 3]) await putAlert(tables.alerts, alertNumber(n, { time: new Date(NOW - HOUR_MS).toISOString() }), NOW);
  const sent: string[] = [];
  let poison: string | undefined;
  const channel = { id: 'topic', minimum: 'low', detail: 'full', send: async (_m: any, a: any) => { poison ??= a.id; if (a.id === poison) throw new RingerError('SOURCE_DENIED', 'answered 400'); sent.push(a.id); } } as any;
  await notifyMissed({ alerts: tables.alerts, channels: [channel], clock: tables.clock, failed: () => undefined });
  expect(sent).toHaveLength(2);
});

it('11 sweep and awaiting', async () => {
  tables.clock.time = NOW;
  await putAlert(tables.alerts, { ...alertNumber(1, { time: new Date(NOW - MINUTE_MS).toISOString() }), awaiting: true } as any, NOW - MINUTE_MS);
  const sent: string[] = [];
  await notifyMissed({ alerts: tables.alerts, channels: [{ id: 'topic', minimum: 'low', detail: 'full', send: async (_m: any, a: any) => void sent.push(a.id) } as any], clock: tables.clock, failed: () => undefined });
  expect(sent).toEqual([]);
});

it('12 approvals: a process that looked just before weighs by the old ones', async () => {
  tables.clock.time = NOW;
  await putAlert(tables.alerts, { ...ALERT, time: new Date(NOW - HOUR_MS).toISOString() }, NOW);
  const people = openKnownPeople({ table: tables.directory, roster: [], domains: [], clock: tables.clock });
  await people.current();
  tables.clock.time = NOW + 10_000;
  await recordApproval(tables.directory, { kind: 'travel', until: NOW + DAY_MS, reason: 'conference', for: { people: [ADA.id] } }, 'lead', NOW);
  const t = () => ({ ...tables.detecting(tables.clock.time), directory: tables.directory });
  let weighedWith = -1;
  for (let turn = 0; turn < 4; turn++) {
    if (await tickAfterApprovals(t() as any) > 0) { tables.clock.time += 5_000; weighedWith = (await people.current()).approvals.length; }
    tables.clock.time += 5 * MINUTE_MS;
  }
  expect(weighedWith).toBe(1);
});

it('13 reorder of listings', async () => {
  const u = (time: number, name: string): any => ({ kind: 'user-inventory-info', time, source: 'okta', feed: 'users', uid: 'u1', user: { address: ADA.id, accountUid: 'u1', name } });
  await saveUsers(tables.directory, [u(1000, 'A')]);
  await saveUsers(tables.directory, [u(3000, 'A')]);
  await saveUsers(tables.directory, [u(2000, 'B')]);
  expect((await readUsers(tables.directory)).map((e) => e.user.name)).toEqual(['A']);
});

it('15a the worst case is dropped', () => {
  const f = (severity: any, n: number): any => ({ severity, confidence: 'high', summary: `${n}`, why: [], evidence: [], conditions: [{ conclusion: `c${n}`, then: 'withdrawn' }] });
  const at = { time: NOW, standing: false, approved: false } as const;
  const d = draftOf('x', ADA, f('low', 0), at);
  for (let n = 1; n < 12; n++) addFinding(d, f('low', n), at);
  addFinding(d, f('critical', 99), at);
  expect(d.cases.some((c) => c.severity === 'critical')).toBe(true);
});
it('15b count of evidence', () => {
  const ev = Array.from({ length: 60 }, (_, i) => ({ source: 'okta', feed: 'x', eventId: `${i}`, time: new Date(NOW + i).toISOString() }));
  const f: any = { severity: 'low', confidence: 'high', summary: '', why: [], evidence: ev };
  const at = { time: NOW, standing: false, approved: false } as const;
  const d = draftOf('x', ADA, f, at);
  addFinding(d, f, at);
  expect(d.count).toBe(60);
});
it('16 awaiting though an unconditional case stands', () => {
  const det = DETECTIONS.find((d) => d.id === 'unapproved-remote-tool')!;
  const at = { time: NOW, standing: false, approved: false } as const;
  const d = draftOf(det.id, ADA, { severity: 'high', confidence: 'high', summary: 'a', why: [], evidence: [] } as any, at);
  addFinding(d, { severity: 'low', confidence: 'high', summary: 'b', why: [], evidence: [], conditions: [{ conclusion: 'c', then: 'withdrawn', awaited: true }] } as any, at);
  expect(alertOf(d, det as any, ADA, new Map())?.awaiting).toBeUndefined();
});
it('raw 42 MB in one item', async () => {
  const events = Array.from({ length: 250 }, (_, i) => ({ ...signIn(`e${i}`, ADA.id), time: NOW - i, userAgent: 'a'.repeat(172_000) }));
  console.log(packEvents(events).length, 'messages');
  await appendEvents(tables.ledger, ADA, events, NOW);
  await readSubject(tables.ledger, ADA, NOW);
});
it('14 a note of 250 KB on the bus', async () => {
  let detail = '';
  const send = jest.spyOn(EventBridgeClient.prototype, 'send').mockImplementation(async (c: any) => { detail = c.input.Entries[0].Detail; return { FailedEntryCount: 0 } as any; });
  await putAlertChange('default', { alert: ALERT, version: 1, newest: { sequence: 1, time: ALERT.time, by: 'person', who: 'w', what: 'noted', why: 'n'.repeat(300_000), status: 'open', severity: 'low', count: 1 } });
  send.mockRestore();
  expect(Buffer.byteLength(detail)).toBeLessThan(200 * 1024);
});
