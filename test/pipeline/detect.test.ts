import type { Alert } from '../../lib/core/alerts/alert.ts';
import type { Detection } from '../../lib/core/detections/contract.ts';
import { impossibleTravel } from '../../lib/core/detections/impossible-travel.ts';
import { rulesFor } from '../../lib/core/engine.ts';
import type { Authentication, Event } from '../../lib/core/events/index.ts';
import { buildDirectory } from '../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../lib/core/policy.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { createAtlas } from '../../lib/geo/atlas.ts';
import { detect, type Detecting } from '../../lib/pipeline/detect.ts';
import { newBooked } from '../../lib/pipeline/booked.ts';
import { newTold } from '../../lib/pipeline/told.ts';
import { findAlert } from '../../lib/stores/alerts.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const aws = new LocalAws();
let ledger: Table;
let alerts: Table;
let clock: TestClock;
let sent: Event[];
let tables = 0;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  ledger = openTable(await aws.createTable(`ledger-${tables}`));
  alerts = openTable(await aws.createTable(`alerts-${tables++}`));
  clock = new TestClock(NOW);
  sent = [];
});

const NEW_YORK = { country: 'US', city: 'New York', lat: 40.71, lon: -74.01 };
const MOSCOW = { country: 'RU', city: 'Moscow', lat: 55.75, lon: 37.62 };

function signIn(
  uid: string,
  time: number,
  vendorPlace: object,
  over: Partial<Authentication> = {},
): Authentication {
  return {
    kind: 'authentication',
    activity: 'logon',
    status: 'success',
    interactive: true,
    time,
    source: 'okta',
    feed: 'system-log',
    uid,
    actor: { type: 'user', address: 'ada.novak@example.com', name: 'Ada Novak' },
    srcEndpoint: { ip: vendorPlace === MOSCOW ? '203.0.113.77' : '192.0.2.10', vendorPlace },
    ...over,
  };
}

/** Finds fault with an event whose detail is `bad`, unless the one before it was `excuse`. */
const suspicion = {
  ...impossibleTravel,
  id: 'suspicion',
  watches: ['authentication'],
  subjects: ['person'],
  needs: [],
  parameters: {},
  state: { version: 1, empty: () => ({ before: '' }), keepDays: 30 },
  evaluate(event: Authentication, state: { before: string }) {
    const bad = event.statusDetail === 'bad' && state.before !== 'excuse';
    const next = { before: event.statusDetail ?? '' };
    const finding = { severity: 'high', confidence: 'high', summary: 'Bad.', why: [], evidence: [] };
    return bad ? { outcome: 'finding', state: next, findings: [finding] } : { outcome: 'clear', state: next };
  },
} as unknown as Detection;

function detecting(
  over: Partial<Detecting> = {},
  detections: readonly Detection[] = [impossibleTravel as unknown as Detection],
): Detecting {
  const atlas = createAtlas({});
  return {
    ledger,
    alerts,
    queue: {
      send: (events) => {
        sent.push(...events);
        return Promise.resolve();
      },
    },
    told: newTold(),
    booked: newBooked(),
    learnUsers: () => Promise.resolve(),
    learnLinks: () => Promise.resolve(),
    clock,
    place: (endpoint) => atlas.place(endpoint),
    directory: buildDirectory({ roster: [], users: [] }),
    policy: NO_POLICY,
    rules: rulesFor(detections, {}, { roster: false, places: true, inventory: false }),
    organization: { peopleCount: 0, domains: [], partnerDomains: [] },
    failed: (_detection, _event, cause) => {
      throw cause;
    },
    cannotTell: () => undefined,
    ...over,
  };
}

async function storedAlerts(): Promise<readonly Alert[]> {
  const { Items = [] } = await alerts.client.send(new ScanCommand({ TableName: alerts.name }));
  const ids = new Set(Items.map(({ pk }) => pk as string));
  const found = await Promise.all([...ids].map((id) => findAlert(alerts, id)));
  return found.flatMap((each) => (each === undefined ? [] : [each.alert]));
}

const HOME = signIn('home', NOW - 2 * HOUR_MS, NEW_YORK);
const AWAY = signIn('away', NOW - HOUR_MS, MOSCOW);

it('joins events of different messages', async () => {
  await detect([HOME], detecting());
  await detect([AWAY], detecting());
  expect(await storedAlerts()).toMatchObject([
    { detection: 'impossible-travel', severity: 'high', count: 2 },
  ]);
});

it('gives the same alert whatever the order of the messages', async () => {
  await detect([AWAY], detecting());
  await detect([HOME], detecting());
  const [alert] = await storedAlerts();
  expect(alert?.summary).toBe('Signed in from New York, US and, 1 h later, from Moscow, RU, 7,511 km away.');
});

it('changes nothing when a message is given again', async () => {
  const first = await detect([HOME, AWAY], detecting());
  const again = await detect([HOME, AWAY], detecting());
  expect([first.written, again.written]).toEqual([1, 0]);
});

it('finds what two runs at once see halves of', async () => {
  await Promise.all([detect([HOME], detecting()), detect([AWAY], detecting())]);
  expect(await storedAlerts()).toHaveLength(1);
});

it('writes one alert however many runs work on it at once', async () => {
  const runs = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      detect([HOME, AWAY, signIn(`again-${index}`, NOW - (index + 1) * MINUTE_MS, MOSCOW)], detecting()),
    ),
  );
  expect(runs.reduce((sum, { written }) => sum + written, 0)).toBeGreaterThan(0);
  expect(await storedAlerts()).toHaveLength(1);
});

it('withdraws an alert that a late event explains', async () => {
  const only = detecting({}, [suspicion]);
  await detect([signIn('bad', NOW - HOUR_MS, MOSCOW, { statusDetail: 'bad' })], only);
  const { withdrawn } = await detect(
    [signIn('excuse', NOW - 2 * HOUR_MS, MOSCOW, { statusDetail: 'excuse' })],
    only,
  );
  expect(withdrawn).toBe(1);
  expect(await storedAlerts()).toMatchObject([{ status: 'withdrawn' }]);
});

it('goes on from what is sealed', async () => {
  await detect(
    [signIn('excuse', NOW - HOUR_MS, MOSCOW, { statusDetail: 'excuse' })],
    detecting({}, [suspicion]),
  );
  clock.time += 3 * DAY_MS;
  await detect(
    [signIn('bad', clock.time - HOUR_MS, MOSCOW, { statusDetail: 'bad' })],
    detecting({}, [suspicion]),
  );
  clock.time += 3 * DAY_MS;
  const { written } = await detect(
    [signIn('bad-2', clock.time, MOSCOW, { statusDetail: 'bad' })],
    detecting({}, [suspicion]),
  );
  expect(written).toBe(1);
  expect(await storedAlerts()).toHaveLength(1);
});

it('counts an event that comes after its time is sealed, once', async () => {
  await detect([HOME], detecting());
  clock.time += 3 * DAY_MS;
  await detect([signIn('now', clock.time, NEW_YORK)], detecting());
  const late = signIn('late', NOW, NEW_YORK);
  const counts = [await detect([late], detecting()), await detect([late], detecting())];
  expect(counts.map((each) => each.late)).toEqual([1, 0]);
});

it('does not take a second copy of what is sealed for a late event', async () => {
  await detect([HOME], detecting());
  clock.time += 3 * DAY_MS;
  await detect([signIn('now', clock.time, NEW_YORK)], detecting());
  expect(await detect([HOME], detecting())).toMatchObject({ late: 0, written: 0 });
});

it('folds a late event though the run before died before it saved', async () => {
  await detect([HOME], detecting());
  clock.time += 3 * DAY_MS;
  await detect([signIn('now', clock.time, NEW_YORK)], detecting());
  const late = signIn('late', NOW, MOSCOW);
  const dies = openTable('missing');
  expect((await detect([late], detecting({ alerts: dies }))).failed).toHaveLength(1);
  expect(await detect([late], detecting())).toMatchObject({ late: 1, written: 1 });
});

it('takes two weeks in any order on a first run', async () => {
  const days = [3, 11, 7, 1, 13, 5];
  for (const day of days) {
    const detail = day === 7 ? 'bad' : day === 11 ? 'excuse' : 'fine';
    await detect(
      [signIn(`day-${day}`, NOW - day * DAY_MS, MOSCOW, { statusDetail: detail })],
      detecting({}, [suspicion]),
    );
    clock.time += MINUTE_MS;
  }
  expect((await storedAlerts()).filter(({ status }) => status === 'open')).toEqual([]);
});

it('costs the append, and one tick to seal by, when there is nothing to say', async () => {
  await detect([HOME], detecting());
  await detect([signIn('home-2', NOW - HOUR_MS, NEW_YORK)], detecting());
  const { Items = [] } = await ledger.client.send(new ScanCommand({ TableName: ledger.name }));
  expect(Items.map(({ pk }) => (pk as string).split('#')[0]).sort()).toEqual(['subject', 'subject', 'wake']);
});

it('books that tick though the run that stored an old event died before', async () => {
  const old = signIn('old', NOW - 30 * HOUR_MS, NEW_YORK);
  const noWakes = {
    name: ledger.name,
    client: {
      send: (command: { input: { Item?: { pk: string } } }) =>
        command.input.Item?.pk.startsWith('wake#') === true
          ? Promise.reject(new Error('killed'))
          : ledger.client.send(command as never),
    },
  } as unknown as Table;
  expect((await detect([old], detecting({ ledger: noWakes }))).failed).toHaveLength(1);
  await detect([old], detecting());
  const { Items = [] } = await ledger.client.send(new ScanCommand({ TableName: ledger.name }));
  expect(Items.filter(({ pk }) => (pk as string).startsWith('wake#'))).toHaveLength(1);
});

it('tells an address of its people once', async () => {
  const run = detecting();
  await detect([HOME], run);
  await detect([signIn('home-2', NOW - HOUR_MS, NEW_YORK)], run);
  expect(sent).toMatchObject([{ kind: 'sighting', to: { kind: 'address', id: '192.0.2.10' } }]);
});

it('says which subject could not be evaluated, and does the others', async () => {
  let calls = 0;
  const away = { send: () => (calls++ === 0 ? Promise.reject(new Error('no queue')) : Promise.resolve()) };
  const bob = signIn('bob', NOW, NEW_YORK, { actor: { type: 'user', address: 'bob@example.com' } });
  const { failed, subjects } = await detect([HOME, bob], detecting({ queue: away }));
  expect(subjects).toBe(2);
  expect(failed).toMatchObject([{ events: [{ uid: 'home' }], cause: { message: 'no queue' } }]);
});

it('counts events that name nobody', async () => {
  const { actor: _actor, ...nameless } = HOME;
  expect(await detect([nameless], detecting())).toMatchObject({ nobody: 1, subjects: 0 });
});
