import { PutCommand, QueryCommand, UpdateCommand, DeleteCommand, BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Detection } from '../lib/core/detections/contract.ts';
import { impossibleTravel } from '../lib/core/detections/impossible-travel.ts';
import { rulesFor } from '../lib/core/engine.ts';
import type { Authentication, Event } from '../lib/core/events/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/core/time.ts';
import { detect, type Detecting } from '../lib/pipeline/detect.ts';
import type { Table } from '../lib/stores/table.ts';
import { readSubject, saveSubject } from '../lib/stores/subjects.ts';
import { PipelineTables } from './support/pipeline-tables.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const ADA = { kind: 'person', id: 'ada.novak@example.com' } as const;
const tables = new PipelineTables();
beforeEach(() => tables.open());
afterEach(() => tables.close());

function signIn(uid: string, time: number, detail = 'fine'): Authentication {
  return { kind: 'authentication', activity: 'logon', status: 'success', interactive: true, time, source: 'okta', feed: 'system-log', uid, statusDetail: detail,
    actor: { type: 'user', address: ADA.id, name: 'Ada' } } as Authentication;
}
/** counts events folded; finding names them */
const counter = {
  ...impossibleTravel, id: 'counter', watches: ['authentication'], subjects: ['person'], needs: [], parameters: {},
  alertPer: 'standing',
  state: { version: 1, empty: () => ({ seen: [] as string[] }), keepDays: 400 },
  evaluate(event: Authentication, state: { seen: string[] }) {
    const next = { seen: [...state.seen, event.uid] };
    if (event.statusDetail !== 'report') return { outcome: 'clear', state: next };
    return { outcome: 'finding', state: next, findings: [{ severity: 'high', confidence: 'high', summary: next.seen.join(','), why: [], evidence: [], restates: true }] };
  },
} as unknown as Detection;
const suspicion = {
  ...counter, id: 'suspicion', alertPer: 'day', state: { version: 1, empty: () => ({ before: '' }), keepDays: 30 },
  evaluate(event: Authentication, state: { before: string }) {
    const bad = event.statusDetail === 'bad' && state.before !== 'excuse';
    const next = { before: event.statusDetail ?? '' };
    const finding = { severity: 'high', confidence: 'high', summary: 'Bad.', why: [], evidence: [] };
    return bad ? { outcome: 'finding', state: next, findings: [finding] } : { outcome: 'clear', state: next };
  },
} as unknown as Detection;
function run(now: number, detections: readonly Detection[], over: Partial<Detecting> = {}): Detecting {
  return tables.detecting(now, { rules: rulesFor(detections, {}, { roster: false, places: true, inventory: false }), ...over });
}
function hooked(table: Table, before: (command: unknown) => Promise<void>, after: (c: unknown) => Promise<void> = async () => undefined): Table {
  return { name: table.name, client: { send: async (command: unknown) => { await before(command); const r = await (table.client.send as any)(command); await after(command); return r; } } as any };
}
const isStatePut = (c: unknown) => c instanceof PutCommand && (c.input.Item as any)?.sk === 'state';
async function seen(now: number): Promise<string> {
  await detect([signIn('report', now, 'report')], run(now, [counter]));
  const [a] = (await tables.everyAlert()).filter((x) => x.detection === 'counter');
  return a?.summary ?? '';
}

it('1a within one run: seals, then another appends, own old timely folded twice', async () => {
  await detect([signIn('first', NOW)], run(NOW, [counter]));
  const later = NOW + 3 * DAY_MS;
  let done = false;
  const ledger = hooked(tables.ledger, async (c) => {
    if (!done && isStatePut(c)) { done = true; await detect([signIn('other', later - MINUTE_MS)], run(later, [counter])); }
  });
  await detect([signIn('old', later - 30 * HOUR_MS)], run(later, [counter], { ledger }));
  expect(done).toBe(true);
  expect(await seen(later + MINUTE_MS)).toBe('first,old,other,report');
});

it('1b two runs: A appends old, B seals it, A folds it again', async () => {
  await detect([signIn('first', NOW)], run(NOW, [counter]));
  const later = NOW + 3 * DAY_MS;
  let done = false;
  // A: after its append, B runs wholly (seals)
  const ledger = hooked(tables.ledger, async () => undefined, async (c) => {
    if (!done && c instanceof BatchWriteCommand) { done = true; await detect([signIn('other', later - MINUTE_MS)], run(later, [counter])); }
  });
  await detect([signIn('old', later - 30 * HOUR_MS)], run(later, [counter], { ledger }));
  expect(done).toBe(true);
  expect(await seen(later + MINUTE_MS)).toBe('first,old,other,report');
});

it('1c B seals between; A appends old after B read and has nothing to save', async () => {
  await detect([signIn('first', NOW)], run(NOW, [counter]));
  const later = NOW + 3 * DAY_MS;
  let done = false;
  const ledger = hooked(tables.ledger, async (c) => {
    if (!done && isStatePut(c)) { done = true; await detect([signIn('old', later - 30 * HOUR_MS)], { ...run(later, [counter]), }); }
  });
  // B: seals at this message. A's run inside must not seal: let it see storedTime? it will itself seal.
  await detect([signIn('other', later - MINUTE_MS)], run(later, [counter], { ledger }));
  expect(done).toBe(true);
  expect(await seen(later + MINUTE_MS)).toBe('first,old,other,report');
});

it('3 booked after crash between append and book for an old event', async () => {
  const old = signIn('old', NOW - 30 * HOUR_MS);
  const ledger = hooked(tables.ledger, async (c) => {
    if (c instanceof PutCommand && String((c.input.Item as any)?.pk).startsWith('wake#')) throw new Error('killed');
  });
  expect((await detect([old], run(NOW, [counter], { ledger }))).failed).toHaveLength(1);
  expect((await detect([old], run(NOW + MINUTE_MS, [counter]))).failed).toHaveLength(0);
  expect((await tables.partitions()).filter((p) => p.startsWith('wake#'))).toHaveLength(1);
});

it('6a orphan alert: A writes X without the excuse; B saves first', async () => {
  // B must have something to save: another alert 'report' by counter
  let done = false;
  const ledger = hooked(tables.ledger, async (c) => {
    if (!done && isStatePut(c)) { done = true; await detect([signIn('excuse', NOW - 2 * HOUR_MS, 'excuse'), signIn('r', NOW, 'report')], run(NOW, [suspicion, counter])); }
  });
  await detect([signIn('bad', NOW - HOUR_MS, 'bad')], run(NOW, [suspicion, counter], { ledger }));
  expect((await tables.everyAlert()).filter((a) => a.detection === 'suspicion' && a.status === 'open')).toEqual([]);
});

it('6b lesser view with a clock ahead', async () => {
  let done = false;
  const ledger = hooked(tables.ledger, async (c) => {
    if (!done && isStatePut(c)) { done = true;
      // B, whose clock is 2 s behind, sees more
      await detect([signIn('zb', NOW - MINUTE_MS, 'report')], run(NOW - 2_000, [counter]));
      tables.clock.time = NOW;
    }
  });
  await detect([signIn('a', NOW - HOUR_MS, 'report')], run(NOW, [counter], { ledger }));
  const [a] = await tables.everyAlert();
  expect(a?.summary).toBe('a,zb');
});

it('7 parts race', async () => {
  const kept = (n: number) => ({ state: { version: 2, sealedUntil: n, sealed: { slots: {}, drafts: {} }, sealedCount: 0, told: {}, raised: [] }, written: Object.fromEntries(Array.from({ length: 60000 }, (_, i) => [`${i}${(i * 2654435761 * n) % 2 ** 32}`, `${(i * 40503 * n * 7919) % 2 ** 31}`])), late: [] }) as any;
  const zero = { version: 0, parts: undefined };
  expect(await saveSubject(tables.ledger, ADA, kept(1), zero, NOW)).toBe(true);
  const first = await readSubject(tables.ledger, ADA, NOW);
  expect(first.parts).toBeDefined();
  let done = false;
  const slow = hooked(tables.ledger, async (c) => {
    if (!done && c instanceof DeleteCommand) { done = true;
      const second = await readSubject(tables.ledger, ADA, NOW);
      expect(await saveSubject(tables.ledger, ADA, kept(1), second, NOW)).toBe(true);
    }
  });
  expect(await saveSubject(slow, ADA, kept(2), first, NOW)).toBe(true);
  expect((await readSubject(tables.ledger, ADA, NOW)).kept).toBeDefined();
});

it('8 long account id', async () => {
  const e = { ...signIn('x', NOW), actor: { type: 'user', accountUid: 'u'.repeat(1024) } } as Authentication;
  const acc = { ...counter, subjects: ['person', 'account'] } as unknown as Detection;
  const { failed } = await detect([e], run(NOW, [acc]));
  expect(failed.map((f) => String(f.cause))).toEqual([]);
});
it('5 one malformed event', async () => {
  const bad = { ...signIn('x', NOW), actor: 'nobody', srcEndpoint: 7 } as unknown as Event;
  const bad2 = { ...signIn('x', NOW), actor: null } as unknown as Event;
  for (const b of [bad, bad2]) {
    const r = await detect([b, signIn('ok', NOW)], run(NOW, [counter])).catch((x: unknown) => x);
    console.log(String(r), JSON.stringify(r).slice(0,200));
  }
});
