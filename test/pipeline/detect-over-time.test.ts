/** What happens to a subject over days: sealing by ticks, logs of an older version, and subjects with very many events. */
import { readFileSync } from 'node:fs';
import { mouseJiggler } from '../../lib/core/detections/mouse-jiggler.ts';
import type { Authentication, Event, FileHostingActivity } from '../../lib/core/events/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { detect } from '../../lib/pipeline/detect.ts';
import { sendTicks, tickAfterApprovals } from '../../lib/pipeline/send-ticks.ts';
import { recordApproval } from '../../lib/stores/approvals.ts';
import { readSubject } from '../../lib/stores/subjects.ts';
import { rulesOf } from '../support/engine.ts';
import { PipelineTables } from '../support/pipeline-tables.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const ADA = { kind: 'person', id: 'ada.novak@example.com' } as const;
const NEW_YORK = { country: 'US', city: 'New York', lat: 40.71, lon: -74.01 };
const MOSCOW = { country: 'RU', city: 'Moscow', lat: 55.75, lon: 37.62 };

const tables = new PipelineTables();
beforeEach(() => tables.open());
afterEach(() => tables.close());

function signIn(uid: string, time: number, vendorPlace = NEW_YORK): Authentication {
  return {
    kind: 'authentication',
    activity: 'logon',
    status: 'success',
    interactive: true,
    time,
    source: 'okta',
    feed: 'system-log',
    uid,
    actor: { type: 'user', address: ADA.id, name: 'Ada Novak' },
    srcEndpoint: { ip: vendorPlace === MOSCOW ? '203.0.113.77' : '192.0.2.10', vendorPlace },
  };
}

/** Gives messages to detect until nothing is sent any more. */
async function deliver(events: readonly Event[], now: number): Promise<void> {
  const run = tables.detecting(now);
  let message = events;
  while (message.length > 0) {
    const { failed } = await detect(message, run);
    expect(failed).toEqual([]);
    message = tables.sent.splice(0);
  }
}

/** Lets time pass: every hour, whoever was due in it gets a tick. */
async function pass(from: number, to: number): Promise<void> {
  for (let now = from; now <= to; now += HOUR_MS) {
    await sendTicks(ticking(now));
    await deliver(tables.sent.splice(0), now);
  }
}

function ticking(now: number) {
  const { ledger, alerts, directory, queue, clock } = {
    ...tables.detecting(now),
    directory: tables.directory,
  };
  return { ledger, alerts, directory, queue, clock };
}

it('seals what is open though nothing more happens', async () => {
  await deliver([signIn('a', NOW)], NOW);
  await pass(NOW, NOW + 2 * DAY_MS);
  const { kept, events } = await readSubject(tables.ledger, ADA, NOW + 2 * DAY_MS);
  expect(kept?.state.sealedUntil).toBeGreaterThan(NOW);
  expect(events).toEqual([]);
});

it('wakes nobody who has nothing open', async () => {
  await deliver([signIn('a', NOW)], NOW);
  await pass(NOW, NOW + 5 * DAY_MS);
  expect(await sendTicks(ticking(NOW + 9 * DAY_MS))).toBe(0);
});

it('remembers a fortnight later where somebody was, and what was raised stays', async () => {
  await deliver([signIn('a', NOW - HOUR_MS), signIn('b', NOW, MOSCOW)], NOW);
  await pass(NOW, NOW + 3 * DAY_MS);
  await deliver([signIn('c', NOW + 14 * DAY_MS, MOSCOW)], NOW + 14 * DAY_MS);
  expect(await tables.everyAlert()).toMatchObject([
    { detection: 'impossible-travel', status: 'open', count: 2 },
  ]);
});

it('goes on with the log and the state that the first version of the ledger wrote', async () => {
  const stored = JSON.parse(readFileSync('test/fixtures/ledger/version-1.json', 'utf8')) as Record<
    string,
    unknown
  >[];
  await tables.restore(stored.map((item) => restored(item)));
  const now = NOW + 72 * HOUR_MS;
  const before = await readSubject(tables.ledger, ADA, now);
  expect(before.events.map(({ uid }) => uid)).toEqual(['three']);
  expect(Object.keys(before.kept?.written ?? {})).toHaveLength(1);

  // The alert of the first day was of two sign-ins; the third, in the old log, makes another with one of today.
  await deliver([signIn('four', now - HOUR_MS, MOSCOW)], now);
  expect((await tables.everyAlert()).map(({ time, status }) => [time.slice(0, 10), status])).toContainEqual([
    '2026-11-05',
    'open',
  ]);
  expect((await readSubject(tables.ledger, ADA, now)).events.map(({ uid }) => uid)).toEqual([
    'three',
    'four',
  ]);
});

function restored(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      const bytes = (value as { base64?: string }).base64;
      return [name, bytes === undefined ? value : Buffer.from(bytes, 'base64')];
    }),
  );
}

it('weighs alerts again when an approval was recorded', async () => {
  await deliver([signIn('a', NOW - HOUR_MS), signIn('b', NOW, MOSCOW)], NOW);
  const approval = { kind: 'travel', until: NOW + DAY_MS, reason: 'conference' } as const;
  await recordApproval(tables.directory, { ...approval, for: { people: [ADA.id] } }, 'lead', NOW);
  expect(await tickAfterApprovals(ticking(NOW + MINUTE_MS))).toBe(1);
  expect(tables.sent).toMatchObject([{ kind: 'tick', to: ADA }]);
});

it('does so once more, for whoever looked for approvals a moment before', async () => {
  await deliver([signIn('a', NOW - HOUR_MS), signIn('b', NOW, MOSCOW)], NOW);
  const approval = { kind: 'travel', until: NOW + DAY_MS, reason: 'conference' } as const;
  await recordApproval(tables.directory, { ...approval, for: { people: [ADA.id] } }, 'lead', NOW);
  const turns = [5, 10, 15].map((minutes) => NOW + minutes * MINUTE_MS);
  const woken: number[] = [];
  for (const turn of turns) woken.push(await tickAfterApprovals(ticking(turn)));
  expect(woken).toEqual([1, 1, 0]);
});

describe('a program that reads very many objects', () => {
  const COUNT = 20_000;
  const JOB = { kind: 'account', id: 'arn:aws:sts::123456789012:assumed-role/nightly' } as const;

  function read(index: number): FileHostingActivity {
    return {
      kind: 'file-hosting-activity',
      activity: 'download',
      service: 's3',
      // Spread over a day, and in no order.
      time: NOW - DAY_MS + ((index * 7_919) % COUNT) * (DAY_MS / COUNT),
      source: 'aws',
      feed: 'cloudtrail',
      uid: `read-${index}-${(index * 2_654_435_761) % 2 ** 32}`,
      actor: { type: 'user', accountUid: JOB.id },
      file: { uid: `lake/part-${index}-${(index * 40_503) % 65_536}` },
    };
  }

  it('holds nobody up, and is judged once a tick on everything', async () => {
    const run = tables.detecting(NOW);
    let evaluations = 0;
    const rules = run.rules.all.map((rule) => rule);
    expect(rules.length).toBeGreaterThan(0);
    for (let start = 0; start < COUNT; start += 250) {
      const events = Array.from({ length: 250 }, (_, n) => read(start + n));
      const { written, failed } = await detect(events, run);
      expect(failed).toEqual([]);
      if (written > 0) evaluations++;
    }
    const { isCrowded } = await readSubject(tables.ledger, JOB, NOW);
    expect(isCrowded).toBe(true);
    // While its log was short it was judged with every message; since then with none.
    expect(evaluations).toBeLessThan(COUNT / 250);

    await pass(NOW + 10 * MINUTE_MS, NOW + 10 * MINUTE_MS);
    const alerts = await tables.everyAlert();
    expect(alerts.map(({ detection }) => detection)).toContain('bulk-download');
    const days = alerts.filter(
      ({ detection, subject }) => detection === 'bulk-download' && subject.id === JOB.id,
    );
    expect(days.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(COUNT * 0.9);
  });
});

describe('a product that becomes common', () => {
  function row(device: number, name: string, time: number): Event {
    return {
      kind: 'software-inventory-info',
      time,
      source: 'intune',
      feed: 'detectedApps',
      uid: `${name}-app`,
      actor: { type: 'user', address: `p${device}@example.com` },
      device: { uid: `d${device}`, serialNumber: `SN-${device}`, name: `LT-${device}` },
      package: { name },
    };
  }
  const rows = (from: number, to: number, name: string): Event[] =>
    Array.from({ length: to - from }, (_, n) => row(from + n, name, NOW));
  const open = async (): Promise<number> =>
    (await tables.everyAlert()).filter(
      ({ detection, subject, status }) =>
        detection === 'unapproved-remote-tool' && subject.kind === 'person' && status === 'open',
    ).length;

  it('is explained, stands again, and is explained again as the fleet becomes known, whichever process says so', async () => {
    await deliver(rows(0, 9, 'AnyDesk'), NOW);
    expect(await open()).toBe(9);
    await deliver(rows(9, 12, 'AnyDesk'), NOW + MINUTE_MS);
    expect(await open()).toBe(0);
    // Four hundred other laptops: twelve of them are no longer three in a hundred.
    await deliver(rows(100, 500, 'Google Chrome'), NOW + 2 * MINUTE_MS);
    expect(await open()).toBe(12);
    await deliver(rows(12, 20, 'AnyDesk'), NOW + 3 * MINUTE_MS);
    expect(await open()).toBe(0);
  });

  it('is what the newest word says, though an older one comes after it, even when both are sealed', async () => {
    await deliver(rows(0, 9, 'AnyDesk'), NOW);
    const run = tables.detecting(NOW);
    await detect(rows(9, 12, 'AnyDesk'), run);
    const [told, words] = [tables.sent.splice(0), (): Event[] => tables.sent.splice(0)];
    await detect(told, run);
    const common = words();
    expect(common.every((event) => event.kind === 'conclusion' && event.holds)).toBe(true);
    const older = common.map((event) => ({ ...event, holds: false, revision: 1 }) as Event);
    await deliver([...older, ...common], NOW + MINUTE_MS);
    await deliver(older, NOW + 2 * MINUTE_MS);
    expect(await open()).toBe(0);
    await pass(NOW + HOUR_MS, NOW + 2 * DAY_MS);
    await deliver(older, NOW + 2 * DAY_MS);
    expect(await open()).toBe(0);
  });

  it('is not common for being on every device that has anything worth watching', async () => {
    const laptops = Array.from({ length: 500 }, (_, n) => device(n, NOW));
    await deliver(laptops, NOW);
    await deliver(rows(0, 12, 'AnyDesk'), NOW + MINUTE_MS);
    expect(await open()).toBe(12);
  });

  it('is counted against devices that are kept nowhere else, where no detection watches them', async () => {
    const rules = rulesOf(mouseJiggler);
    await detect([device(400, NOW)], { ...tables.detecting(NOW), rules });
    expect(tables.sent.splice(0)).toMatchObject([{ kind: 'sighting', what: { type: 'device' } }]);
    expect(await tables.partitions()).not.toContain('subject#person:p400@example.com');
  });

  function device(n: number, time: number): Event {
    return {
      kind: 'device-inventory-info',
      time,
      source: 'intune',
      feed: 'managedDevices',
      uid: `d${n}`,
      actor: { type: 'user', address: `p${n}@example.com` },
      device: { uid: `d${n}`, serialNumber: `SN-${n}`, name: `LT-${n}` },
      state: {},
    };
  }
});
