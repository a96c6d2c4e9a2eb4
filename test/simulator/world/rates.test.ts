import { DAY_MS } from '../../../lib/core/time.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import type { Cause } from '../../../lib/simulator/world/causes.ts';
import { isWeekend } from '../../../lib/simulator/world/calendar.ts';
import { makeWorld } from '../../../lib/simulator/world/make-world.ts';
import { RATES } from '../../../lib/simulator/world/rates.ts';

const START = Date.UTC(2026, 1, 2);
const PEOPLE = 1_000;
const DAYS = 30;
const WORKDAYS = Array.from({ length: DAYS }, (_, day) => START + day * DAY_MS).filter(
  (day) => !isWeekend(day),
);
const world = makeWorld({ seed: 5, people: PEOPLE, days: DAYS, start: START });

/** How many of 1,000 people something odd of this kind happened to. */
function peopleWith(cause: Cause): number {
  return [...world.causes].filter(([subject, causes]) => subject.includes('@') && causes.includes(cause))
    .length;
}

/** Records are made when they are read: of most it is enough to read every fourth. */
const STRIDE = 4;
const counted = { wrongPasswords: 0, publicLinks: 0, objects: 0 };
const noncompliant = new Map<number, number>();
const synced = new Map<unknown, number>();

beforeAll(() => {
  for (const [index, delivered] of world.records.entries()) {
    if (delivered.source !== 'intune' && index % STRIDE > 0) continue;
    const { at, record } = delivered;
    if (isWrongPassword(record)) counted.wrongPasswords += STRIDE;
    if (isPublicLink(record)) counted.publicLinks += STRIDE;
    if (record['eventName'] === 'GetObject') counted.objects += STRIDE;
    if (record['complianceState'] === 'noncompliant') add(noncompliant, Math.floor(at / DAY_MS), 1);
    if (record['Operation'] === 'FileSyncDownloadedFull') add(synced, record['UserId'], STRIDE);
  }
});

function isWrongPassword(record: RawRecord): boolean {
  const { errorCode } = (record['status'] ?? {}) as { errorCode?: number };
  return record['legacyEventType'] === 'core.user_auth.login_failed' || errorCode === 50126;
}

function isPublicLink(record: RawRecord): boolean {
  const [event] = (record['events'] ?? []) as readonly { name: string }[];
  return record['Operation'] === 'AnonymousLinkCreated' || event?.name === 'change_document_visibility';
}

function add<K>(counts: Map<K, number>, key: K, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

describe('the rates of what honest people do', () => {
  // Four standard deviations wide, and a little more where a doing may not show within a month.
  it.each<readonly [Cause, number, number]>([
    ['consumer-vpn', 75, 165],
    ['private-relay', 210, 360],
    ['keep-awake', 45, 115],
    ['left-over-remote-tool', 8, 52],
    ['new-provider', 22, 78],
    ['wandering-address', 22, 78],
    ['foreign-trip', 75, 205],
    ['couple', 2, 26],
    ['new-phone', 1, 32],
    ['new-laptop', 14, 62],
    ['overdue-update', 8, 52],
    ['data-team', 3, 3],
    ['night-shift', 5, 50],
    ['night-shift-unstated', 1, 30],
    ['contractor-abroad', 30, 90],
    ['oauth-grant', 6, 50],
    ['off-site', 30, 40],
    ['colleague-visit', 1, 24],
    ['moved', 0, 14],
    ['new-hire', 2, 30],
    ['leaver', 1, 26],
    ['admin-export', 0, 6],
    ['access-key', 0, 6],
    ['compliance-flip', 950, 1_000],
    ['unlisted-office', 40, 110],
    ['help-desk-tool', 15, 65],
  ])('%s concerns between %i and %i of a thousand in a month', (cause, least, most) => {
    const people = peopleWith(cause);
    expect(people).toBeGreaterThanOrEqual(least);
    expect(people).toBeLessThanOrEqual(most);
  });

  it('five hundred passwords are sprayed a day, beside some that are mistyped', () => {
    const daily = counted.wrongPasswords / DAYS;
    expect(daily).toBeGreaterThan(RATES.sprayedPasswordsDaily);
    expect(daily).toBeLessThan(RATES.sprayedPasswordsDaily * 1.2);
  });

  it('some two hundred links for anybody are made on a working day', () => {
    const daily = counted.publicLinks / WORKDAYS.length;
    expect(daily).toBeGreaterThan(RATES.publicLinksDailyPer1000 * 0.75);
    expect(daily).toBeLessThan(RATES.publicLinksDailyPer1000 * 1.15);
  });

  it('the data team reads some five thousand objects on a working day', () => {
    const daily = counted.objects / WORKDAYS.length;
    expect(daily).toBeGreaterThan(RATES.dataTeamObjectsDaily * 0.7);
    expect(daily).toBeLessThan(RATES.dataTeamObjectsDaily * 1.2);
  });

  it('the whole fleet is noncompliant on one day', () => {
    const flips = [...noncompliant.values()].filter((devices) => devices > PEOPLE / 2);
    expect(flips).toHaveLength(RATES.complianceFlips);
  });

  it('a new laptop gets some thousands of files from OneDrive', () => {
    const [least] = RATES.firstSyncFiles;
    // One may have been set up in the window's last hours.
    const many = [...synced.values()].filter((files) => files > least * 0.85).length;
    expect(many).toBeGreaterThanOrEqual(peopleWith('new-laptop') - 2);
  });
});

describe('a world of a thousand people and thirty days', () => {
  it('comes late and out of order, and a hundredth of it twice', () => {
    const { records } = world;
    const lateness = records.map(({ at, deliveredAt }) => deliveredAt - at);
    expect(Math.min(...lateness.slice(0, 10_000))).toBeGreaterThan(0);
    expect(lateness.reduce((most, each) => Math.max(most, each), 0)).toBeLessThanOrEqual(DAY_MS);
    const hours = lateness.filter((each) => each > 2 * 3_600_000).length / records.length;
    expect(hours).toBeGreaterThan(0.01);
    expect(hours).toBeLessThan(0.05);
    expect(records.every(({ deliveredAt }, n) => deliveredAt >= (records[n - 1]?.deliveredAt ?? 0))).toBe(
      true,
    );
    expect(records.some(({ at }, n) => at < (records[n - 1]?.at ?? 0))).toBe(true);
    const some = records.filter(({ source, at }) => source === 'okta' && at < START + 10 * DAY_MS);
    const ids = new Set(some.map(({ record }) => record['uuid'] ?? record['id']));
    const twice = some.length / ids.size - 1;
    expect(twice).toBeGreaterThan(0.007);
    expect(twice).toBeLessThan(0.013);
  });
});
