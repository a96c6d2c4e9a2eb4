import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Detection } from '../lib/core/detections/contract.ts';
import { impossibleTravel } from '../lib/core/detections/impossible-travel.ts';
import { rulesFor } from '../lib/core/engine.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/core/time.ts';
import { detect, type Detecting } from '../lib/pipeline/detect.ts';
import { ticksFor } from '../lib/pipeline/send-ticks.ts';
import type { Table } from '../lib/stores/table.ts';
import { readSubject } from '../lib/stores/subjects.ts';
import { appendEvents, readLog } from '../lib/stores/subject-log.ts';
import { PipelineTables } from './support/pipeline-tables.ts';
import { packed } from '../lib/stores/packed.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const ADA = { kind: 'person', id: 'ada.novak@example.com' } as const;
const tables = new PipelineTables();
beforeEach(() => tables.open());
afterEach(() => tables.close());
const signIn = (uid: string, time: number, detail = 'fine'): any => ({ kind: 'authentication', activity: 'logon', status: 'success', interactive: true, time, source: 'okta', feed: 'system-log', uid, statusDetail: detail, actor: { type: 'user', address: ADA.id, name: 'Ada' } });
const counter = { ...impossibleTravel, id: 'counter', watches: ['authentication'], subjects: ['person'], needs: [], parameters: {}, alertPer: 'standing',
  state: { version: 1, empty: () => ({ n: 0, old: [] as string[] }), keepDays: 400 },
  evaluate(event: any, state: any) {
    const next = { n: state.n + 1, old: event.uid.startsWith('old') ? [...state.old, event.uid] : state.old };
    if (event.statusDetail !== 'report') return { outcome: 'clear', state: next };
    return { outcome: 'finding', state: next, findings: [{ severity: 'high', confidence: 'high', summary: `${next.n} ${next.old.join(',')}`, why: [], evidence: [], restates: true }] };
  } } as unknown as Detection;
const run = (now: number, over: Partial<Detecting> = {}): Detecting => tables.detecting(now, { rules: rulesFor([counter], {}, { roster: false, places: true, inventory: false }), ...over });
const hooked = (table: Table, before: (c: unknown) => Promise<void>): Table => ({ name: table.name, client: { send: async (c: any) => { await before(c); return (table.client.send as any)(c); } } as any });

it('2 crowded: an old event that comes while its time is being sealed', async () => {
  const later = NOW + 3 * DAY_MS;
  await appendEvents(tables.ledger, ADA, [signIn('first', NOW)], NOW);
  await appendEvents(tables.ledger, ADA, Array.from({ length: 6000 }, (_, i) => signIn(`n${i}`, later - 2 * HOUR_MS + i)), NOW);
  let done = false;
  const ledger = hooked(tables.ledger, async (c: any) => {
    if (!done && c instanceof PutCommand && (c.input.Item as any).sk === 'state') { done = true; await detect([signIn('old-1', later - 30 * HOUR_MS)], run(later)); }
  });
  await detect(ticksFor([ADA], later), run(later, { ledger }));
  expect(done).toBe(true);
  await detect([signIn('report', later + MINUTE_MS, 'report'), ...ticksFor([ADA], later)], run(later + 6 * MINUTE_MS));
  const [a] = await tables.everyAlert();
  expect(a?.summary).toBe('6003 old-1');
});

it('memory of an hour', async () => {
  const N = 600_000;
  const ev = (i: number): any => ({ kind: 'file-hosting-activity', activity: 'download', service: 's3', time: NOW + i * 5, source: 'aws', feed: 'cloudtrail', uid: `0123abcd-${i}-4567-89ab-${i * 31}`, actor: { type: 'user', accountUid: 'arn:aws:sts::123456789012:assumed-role/nightly/session-1', sessionName: 'session-1' }, srcEndpoint: { ip: '203.0.113.77', network: { kind: 'unknown' }, place: { country: 'US', city: 'New York', lat: 1, lon: 2 } }, file: { uid: `bucket/some/longer/path/object-${i}`, name: `object-${i}`, container: 'bucket' }, bytesOut: 12345, userAgent: 'aws-cli/2.0' });
  const items: any[] = [];
  for (let i = 0; i < N; i += 250) items.push({ sk: 'event#000000000000000#x', events: packed(Array.from({ length: 250 }, (_, k) => ev(i + k))), expiresAt: 1 });
  let pages: any[][] = []; let page: any[] = []; let size = 0;
  for (const it of items) { size += it.events.length; page.push(it); if (size > 1e6) { pages.push(page); page = []; size = 0; } }
  pages.push(page);
  const table: any = { name: 't', client: { send: async (c: any) => { const k = c.input.ExclusiveStartKey?.k ?? 0; return { Items: pages[k], LastEvaluatedKey: k + 1 < pages.length ? { k: k + 1 } : undefined }; } } };
  console.log(items.length, 'items', pages.length, 'pages', items.reduce((s, i) => s + i.events.length, 0) / N, 'bytes an event');
  let max = 0, n = 0;
  const t0 = Date.now();
  for await (const events of readLog(table, ADA, 0)) { n += events.length; max = Math.max(max, process.memoryUsage().heapUsed); }
  console.log(n, 'events', Math.round(max / 1e6), 'MB heap', Date.now() - t0, 'ms');
}, 120_000);
