import type { Authentication, UserInventoryInfo } from '../../lib/core/events/index.ts';
import { HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { openKnownPeople, type KnownPeople } from '../../lib/pipeline/known-people.ts';
import { recordApproval } from '../../lib/stores/approvals.ts';
import { readUsers, saveUsers } from '../../lib/stores/directory.ts';
import { TestClock } from '../support/clock.ts';
import { PipelineTables } from '../support/pipeline-tables.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const tables = new PipelineTables();
let clock: TestClock;
beforeEach(async () => {
  await tables.open();
  clock = new TestClock(NOW);
});
afterEach(() => tables.close());

function known(roster: { email: string }[] = []): KnownPeople {
  return openKnownPeople({ table: tables.directory, roster, domains: ['example.com'], clock });
}

function listed(
  address: string,
  over: Partial<UserInventoryInfo['user']> = {},
  time = NOW,
): UserInventoryInfo {
  return {
    kind: 'user-inventory-info',
    time,
    source: 'okta',
    feed: 'users',
    uid: `00u${address}`,
    user: { address, accountUid: `00u${address}`, ...over },
  };
}

const ADA = listed('ada.novak@example.com', { name: 'Ada Novak', aliases: ['ada@example.com'] });

it('knows at once whom this process learnt of, and another process within a minute', async () => {
  const [here, there] = [known(), known()];
  expect((await there.current()).directory.people).toEqual([]);
  await here.learnUsers([ADA]);
  expect((await here.current()).directory.person('ada@example.com')?.name).toBe('Ada Novak');
  clock.time += MINUTE_MS;
  expect((await there.current()).directory.person('ada@example.com')?.id).toBe('ada.novak@example.com');
});

it('puts the people file before what directories say', async () => {
  const people = known([{ email: 'ada@example.com' }]);
  await people.learnUsers([ADA]);
  expect((await people.current()).directory.person('ada.novak@example.com')?.id).toBe('ada@example.com');
});

it('reads nothing again while nothing changes', async () => {
  const people = known();
  await people.learnUsers([ADA]);
  const first = await people.current();
  await people.learnUsers([{ ...ADA, time: NOW + MINUTE_MS }]);
  clock.time += 2 * MINUTE_MS;
  expect(await people.current()).toBe(first);
});

it('keeps the latest listing of an account, whatever comes when', async () => {
  await saveUsers(tables.directory, [listed('ada.novak@example.com', { department: 'Sales' }, NOW)]);
  await saveUsers(tables.directory, [listed('ada.novak@example.com', { department: 'Design' }, NOW - 1)]);
  expect((await readUsers(tables.directory)).map(({ user }) => user.department)).toEqual(['Sales']);
});

it('keeps it too when it says what an earlier one said, and another between them comes last', async () => {
  const [sales, design] = [{ department: 'Sales' }, { department: 'Design' }];
  await saveUsers(tables.directory, [listed('ada.novak@example.com', sales, NOW - 2)]);
  await saveUsers(tables.directory, [listed('ada.novak@example.com', sales, NOW)]);
  await saveUsers(tables.directory, [listed('ada.novak@example.com', design, NOW - 1)]);
  expect((await readUsers(tables.directory)).map(({ user }) => user.department)).toEqual(['Sales']);
});

it('joins addresses that one record gave for one person', async () => {
  const people = known();
  await people.current();
  const event = {
    ...{ kind: 'authentication', activity: 'logon', status: 'success', interactive: true, time: NOW },
    ...{ source: 'entra', feed: 'signIns', uid: '1' },
    actor: { type: 'user', address: 'ada@example.com', otherAddresses: ['ada.novak@example.org'] },
  } as Authentication;
  await people.learnLinks([event, event]);
  const { directory } = await people.current();
  expect(directory.person('ada.novak@example.org')).toBe(directory.person('ada@example.com'));
});

it('notices approvals', async () => {
  const people = known();
  expect((await people.current()).approvals).toEqual([]);
  const approval = { kind: 'travel', until: NOW + MINUTE_MS, reason: 'conference' } as const;
  await recordApproval(tables.directory, { ...approval, for: { people: ['ada@example.com'] } }, 'lead', NOW);
  clock.time += MINUTE_MS;
  expect((await people.current()).approvals).toMatchObject([{ kind: 'travel', reason: 'conference' }]);
});

it('makes up for a process that died before it said what had changed', async () => {
  const people = known();
  await people.current();
  await saveUsers(tables.directory, [ADA]);
  clock.time += HOUR_MS;
  expect((await people.current()).directory.people).toHaveLength(1);
});
