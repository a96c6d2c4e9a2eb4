import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { demoCompany } from '../../lib/simulator/company/demo-company.ts';
import { exportsOf } from '../../lib/simulator/company/exports.ts';
import { putAlert } from '../../lib/stores/alerts.ts';
import { openEmbeddedStore } from '../../lib/stores/embedded/embedded-store.ts';
import { anAlert } from '../stores/alert-store.ts';
import { CLOCK, scratch } from '../support/scanning.ts';

const ROOT = join(__dirname, '..', '..');
const folder = scratch();
const store = join(folder.path, 'store');
const company = exportsOf(demoCompany(CLOCK, 7));
const paths = company.files.map(({ name, text }) => folder.write(`company/${name}`, text));
const people = folder.write('people.csv', company.people.text);

/** Runs the command as a user does, in a process of its own. */
function ringer(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/ringer.ts'), ...args], {
    encoding: 'utf8',
    cwd: folder.path,
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

const alerts = (verb: string, ...args: readonly string[]) =>
  ringer('alerts', verb, '--store', store, ...args);

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly severity: string;
  readonly time: string;
  readonly subject: { readonly id: string };
  readonly history?: readonly { readonly what: string; readonly who: string; readonly why?: string }[];
}

function lines(text: string): readonly Listed[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Listed);
}

let scanned: string;
let ids: readonly string[];
beforeAll(() => {
  scanned = ringer('scan', ...paths, '--people', people, '--store', store).stdout;
  ids = lines(scanned).map(({ id }) => id);
});

const nth = (index: number): string => ids[index] ?? '';
const shown = (id: string): Listed | undefined => lines(alerts('show', id).stdout)[0];

describe('a scan with a store', () => {
  it('keeps what it prints, byte for byte', () => {
    expect(ids.length).toBeGreaterThan(3);
    expect(alerts('list').stdout).toBe(scanned);
  });

  it('adds nothing when it is run again', () => {
    const { stderr } = ringer('scan', ...paths, '--people', people, '--store', store);
    expect(stderr).toContain(': 0 alerts that are new');
    expect(alerts('list').stdout).toBe(scanned);
  });

  it('does not open again what a person has closed', () => {
    alerts('close', nth(0), '--reason', 'known');
    ringer('scan', ...paths, '--people', people, '--store', store);
    expect(shown(nth(0))?.status).toBe('closed');
    alerts('reopen', nth(0), '--reason', 'for the next test');
  });
});

describe('ringer alerts list', () => {
  it('lists this severe or worse', () => {
    const listed = lines(alerts('list', '--severity', 'high').stdout).map(({ severity }) => severity);
    expect(new Set(listed)).toEqual(new Set(['high', 'critical']));
  });

  it('lists what one person has, however their address is written', () => {
    const listed = lines(alerts('list', '--subject', 'Wren.Marsh@Example.com').stdout);
    expect(new Set(listed.map(({ subject }) => subject.id))).toEqual(new Set(['wren.marsh@example.com']));
  });

  it('lists a span of time', () => {
    const all = lines(scanned);
    const [first] = all.map(({ time }) => time);
    const next = all.find(({ time }) => time !== first)?.time;
    const listed = lines(alerts('list', '--since', first ?? '', '--until', next ?? '').stdout);
    expect(listed.map(({ id }) => id)).toEqual(all.filter(({ time }) => time === first).map(({ id }) => id));
  });

  it('is a table for people, worst first', () => {
    const { stdout } = alerts('list', '--format', 'text');
    const rows = stdout.trim().split('\n');
    expect(rows[0]).toMatch(/^ID +TIME \(UTC\) +SEVERITY +STATUS +DETECTION +SUBJECT$/);
    expect(rows).toHaveLength(ids.length + 1);
    expect(stdout.indexOf('critical')).toBeLessThan(stdout.indexOf('low'));
  });

  it('is a table for spreadsheets', () => {
    const rows = parse<{ id: string }>(alerts('list', '--format', 'csv').stdout, { columns: true });
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });
});

describe('acting on an alert', () => {
  it('is kept with who did it and why', () => {
    const id = nth(1);
    expect(alerts('acknowledge', id).status).toBe(0);
    expect(alerts('note', id, '--reason', 'asked their manager').status).toBe(0);
    expect(alerts('close', id, '--reason', 'a trip').status).toBe(0);
    expect(alerts('reopen', id, '--reason', 'no such trip').status).toBe(0);
    const who = userInfo().username;
    expect(shown(id)).toMatchObject({
      status: 'open',
      history: [
        { what: 'raised', who: 'ringer' },
        { what: 'acknowledged', who },
        { what: 'noted', who, why: 'asked their manager' },
        { what: 'closed', who, why: 'a trip' },
        { what: 'reopened', who, why: 'no such trip' },
      ],
    });
  });

  it('takes the beginning of an id', () => {
    expect(alerts('note', nth(2).slice(0, 10).toUpperCase(), '--reason', 'by prefix').status).toBe(0);
    expect(shown(nth(2))?.history?.at(-1)?.why).toBe('by prefix');
  });

  it('moves it from one status to the other in the list', () => {
    alerts('close', nth(3), '--reason', 'done');
    expect(lines(alerts('list', '--status', 'closed').stdout).map(({ id }) => id)).toEqual([nth(3)]);
    expect(lines(alerts('list', '--status', 'open').stdout).map(({ id }) => id)).not.toContain(nth(3));
  });

  it('lets nothing in a reason steer the terminal', () => {
    alerts('note', nth(0), '--reason', 'x\u001b[2Jx');
    expect(alerts('show', nth(0), '--format', 'text').stdout).not.toContain('\u001b');
  });
});

describe('ringer alerts export', () => {
  it('has every alert with its history', () => {
    const out = join(folder.path, 'export.ndjson');
    expect(alerts('export', '--out', out).status).toBe(0);
    const exported = lines(readFileSync(out, 'utf8'));
    expect(exported.map(({ id }) => id)).toEqual(ids);
    for (const { history } of exported) expect(history?.[0]?.what).toBe('raised');
  });

  it('has every change in a row, for spreadsheets', () => {
    const rows = parse<{ id: string; change: string; who: string }>(
      alerts('export', '--format', 'csv').stdout,
      { columns: true },
    );
    expect(rows.filter(({ change }) => change === '1').map(({ id }) => id)).toEqual(ids);
    expect(new Set(rows.map(({ who }) => who))).toEqual(new Set(['ringer', userInfo().username]));
  });
});

describe('the exit code of ringer alerts', () => {
  it.each([
    [2, 'neither store nor stack', () => ringer('alerts', 'list')],
    [2, 'both store and stack', () => alerts('list', '--stack', 'RingerState')],
    [2, 'a store that is not there', () => ringer('alerts', 'list', '--store', '/nowhere')],
    [2, 'a severity that is none', () => alerts('list', '--severity', 'very')],
    [2, 'a time that is none', () => alerts('list', '--since', 'yesterday')],
    [2, 'an id that is none', () => alerts('show', 'nonsense')],
    [2, 'closing without a reason', () => alerts('close', nth(0))],
    [2, 'closing with an empty reason', () => alerts('close', nth(0), '--reason', ' ')],
    [1, 'an id that no alert has', () => alerts('show', '0'.repeat(32))],
    [1, 'reopening what is open', () => alerts('reopen', nth(0), '--reason', 'x')],
    [1, 'an output that cannot be written', () => alerts('export', '--out', '/nowhere/export.ndjson')],
  ])('is %i for %s', (code, _, run) => {
    expect(run().status).toBe(code);
  });

  it('is 1 for a beginning that several alerts have, and names them', async () => {
    const twins = join(folder.path, 'twins');
    const { alerts: table, close } = await openEmbeddedStore(twins);
    const both = ['ab0', 'ab1'].map((id) => id.padEnd(32, '0'));
    for (const id of both) await putAlert(table, anAlert({ id }), CLOCK);
    await close();
    const { status, stderr } = ringer('alerts', 'close', 'ab', '--reason', 'x', '--store', twins);
    expect(status).toBe(1);
    for (const id of both) expect(stderr).toContain(id);
  });

  it('is 1 while another command has the store, and says so', async () => {
    const { close } = await openEmbeddedStore(store);
    const { status, stderr } = alerts('list');
    await close();
    expect(status).toBe(1);
    expect(stderr).toContain('another command has it open');
  });
});
