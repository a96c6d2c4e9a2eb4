import { userInfo } from 'node:os';
import { join } from 'node:path';
import { readApprovals, readApprovalRevision } from '../../lib/stores/approvals.ts';
import { openEmbeddedStore } from '../../lib/stores/embedded/embedded-store.ts';
import { openTable } from '../../lib/stores/table.ts';
import { FakeDeployment } from '../support/fake-deployment.ts';
import { LocalAws } from '../support/local-aws.ts';
import { runRinger, type Ran } from '../support/run-ringer.ts';
import { scratch } from '../support/scanning.ts';

const DAY_MS = 86_400_000;
const folder = scratch();
const store = join(folder.path, 'store');
const people = folder.write(
  'people.csv',
  'email,department\nann@example.com,Data\nbob@example.com,Security\n',
);
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

const local = new LocalAws();
const aws = new FakeDeployment();
beforeAll(async () => {
  await local.start();
  await aws.start();
  await (await openEmbeddedStore(store)).close();
  aws.stacks.set('RingerState', { DirectoryTable: await local.createTable('directory') });
});
afterAll(async () => {
  await aws.stop();
  await local.stop();
});

const ringer = (...args: readonly string[]): Promise<Ran> => runRinger(args, { cwd: folder.path });
const approve = (kind: string, ...more: readonly string[]): Promise<Ran> =>
  ringer('approve', kind, ...['--until', day(10), '--reason', 'a conference'], ...more);
const FOR_ANN = ['--for', 'people=Ann@example.com'];

interface Printed {
  readonly id: string;
  readonly kind: string;
  readonly who: string;
  readonly owner: string;
  readonly until: string;
  readonly country?: string;
  readonly withdrawn?: { readonly who: string; readonly why: string };
}

function printed({ stdout }: Ran): readonly Printed[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Printed);
}

describe('ringer approve', () => {
  it('records who may do what, until when, why and by whom', async () => {
    const ran = await approve('travel', ...FOR_ANN, '--country', 'Japan', '--store', store);
    expect(ran.status).toBe(0);
    expect(printed(ran)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
        kind: 'travel',
        for: { people: ['ann@example.com'] },
        country: 'JP',
        until: `${day(10)}T23:59:59.999Z`,
        reason: 'a conference',
        owner: userInfo().username,
        who: userInfo().username,
        createdTime: expect.any(String) as string,
      },
    ]);
  });

  it('records the caller of a deployment, and lets those who keep approvals in memory know', async () => {
    const before = await readApprovalRevision(openTable('directory'));
    aws.callerArn = 'arn:aws:sts::123456789012:assumed-role/Admin/bob@example.com';
    const ran = await approve('tool', ...FOR_ANN, '--name', 'AnyDesk', '--stack', 'Ringer');
    expect(ran.status).toBe(0);
    const [recorded] = await readApprovals(openTable('directory'));
    expect(recorded).toMatchObject({ who: aws.callerArn, owner: 'bob@example.com', name: 'AnyDesk' });
    expect(await readApprovalRevision(openTable('directory'))).toBe(before + 1);
  });

  it('takes several people, departments and devices', async () => {
    const scope = ['departments=Data,Security', 'devices=C02EXAMPLE1'];
    const ran = await approve('bulk', '--for', ...scope, '--people', people, '--store', store);
    expect(printed(ran)[0]).toMatchObject({
      for: { departments: ['Data', 'Security'], devices: ['C02EXAMPLE1'] },
    });
  });

  it('says which names the people file does not know, and records it all the same', async () => {
    const scope = ['people=ann@example.com,anne@example.com', 'departments=data,Dato'];
    const { status, stderr } = await approve('bulk', '--for', ...scope, '--people', people, '--store', store);
    expect(status).toBe(0);
    expect(stderr.match(/".*"/g)).toEqual(['"anne@example.com"', '"Dato"']);
  });

  describe('is refused for oneself', () => {
    beforeEach(() => (aws.callerArn = 'arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com'));

    it.each([
      ['by the name of the session', FOR_ANN],
      ['by its local part', ['--for', 'people=ann@example.org']],
      ['in a department', ['--for', 'departments=Data', '--people', people]],
    ])('%s', async (_, scope) => {
      const ran = await approve('travel', ...scope, '--stack', 'Ringer');
      expect({ ...ran, stderr: ran.stderr.includes('refused: you are ann@example.com') }).toEqual({
        status: 1,
        stdout: '',
        stderr: true,
      });
    });

    it('by the name on this machine', async () => {
      const scope = ['--for', `people=${userInfo().username}@example.com`];
      expect((await approve('leave', ...scope, '--store', store)).status).toBe(1);
    });

    it('and then nothing is recorded', async () => {
      const before = await readApprovals(openTable('directory'));
      await approve('travel', ...FOR_ANN, '--stack', 'Ringer');
      expect(await readApprovals(openTable('directory'))).toEqual(before);
    });
  });

  it.each([
    ['without anybody', ['--for', 'people='], 'at least one name'],
    ['for something that is none', ['--for', 'everybody=yes'], 'people=…'],
    ['for departments nobody knows', ['--for', 'departments=Data'], '--people FILE'],
    ['until a day that is past', [...FOR_ANN, '--until', day(-2)], 'still to come'],
    ['for more than a year', [...FOR_ANN, '--until', day(370)], 'within a year'],
    ['until no day', [...FOR_ANN, '--until', '2026-02-31'], 'a date such as'],
    ['from after its end', [...FOR_ANN, '--from', day(20)], 'not before `from`'],
    ['for no country', [...FOR_ANN, '--country', 'Nowhere'], 'a country'],
    ['without a reason', [...FOR_ANN, '--reason', ' '], '--reason'],
    ['without a store', FOR_ANN, '--store DIR or --stack NAME'],
  ])('is not understood %s', async (_, options, says) => {
    const where = says.startsWith('--store') ? [] : ['--store', store];
    const { status, stderr } = await approve('travel', ...options, ...where);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });

  it.each([
    ['a kind that is none', ['holiday']],
    ['no end', ['travel', ...FOR_ANN, '--reason', 'x']],
    [
      'a name where none narrows it',
      ['leave', ...FOR_ANN, '--until', day(2), '--reason', 'x', '--name', 'x'],
    ],
  ])('is not understood with %s', async (_, args) => {
    expect((await ringer('approve', ...args, '--store', store)).status).toBe(2);
  });
});

describe('ringer approve withdraw', () => {
  const withdraw = (id: string, reason = 'cancelled'): Promise<Ran> =>
    ringer('approve', 'withdraw', id, '--reason', reason, '--store', store);
  const listed = async (...options: readonly string[]): Promise<readonly Printed[]> =>
    printed(await ringer('approve', 'list', '--store', store, ...options));

  it('takes one out of the list, and keeps it on record with who and why', async () => {
    const [{ id } = { id: '' }] = printed(await approve('sharing', ...FOR_ANN, '--store', store));
    expect((await listed()).map((each) => each.id)).toContain(id);
    expect((await withdraw(id.slice(0, 8))).status).toBe(0);
    expect((await listed()).map((each) => each.id)).not.toContain(id);
    expect((await listed('--all')).find((each) => each.id === id)?.withdrawn).toMatchObject({
      who: userInfo().username,
      why: 'cancelled',
    });
    expect((await withdraw(id)).status).toBe(1);
  });

  it.each([
    [1, '0'.repeat(12), 'x'],
    [2, 'nonsense', 'x'],
    [2, '0'.repeat(12), ' '],
  ])('ends with %i for the id %s and the reason %j', async (code, id, reason) => {
    expect((await withdraw(id, reason)).status).toBe(code);
  });
});

describe('ringer approve list', () => {
  it('is a table for people, in which nothing steers the terminal', async () => {
    await approve('egress', ...FOR_ANN, '--name', 'x\u001b[2Jx', '--store', store);
    const { stdout } = await ringer('approve', 'list', '--format', 'text', '--store', store);
    expect(stdout).toMatch(/^ID +KIND +FOR +ONLY +UNTIL +STATUS +BY +REASON\n/);
    expect(stdout).toContain('ann@example.com');
    expect(stdout).not.toContain('\u001b');
  });
});
