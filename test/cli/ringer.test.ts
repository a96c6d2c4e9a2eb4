import { spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { demoCompany } from '../../lib/simulator/company/demo-company.ts';
import { exportsOf } from '../../lib/simulator/company/exports.ts';
import { CLOCK, scratch } from '../support/scanning.ts';

const ROOT = join(__dirname, '..', '..');
const folder = scratch();

/** Runs the command as a user does, in a process of its own. */
function ringer(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/ringer.ts'), ...args], {
    encoding: 'utf8',
    cwd: folder.path,
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

const company = exportsOf(demoCompany(CLOCK, 7));
const paths = company.files.map(({ name, text }) => folder.write(`company/${name}`, text));
const people = folder.write('people.csv', company.people.text);

describe('ringer scan', () => {
  it('prints alerts on stdout, ordered by time, and the sums on stderr', () => {
    const { status, stdout, stderr } = ringer('scan', ...paths, '--people', people);
    const alerts = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { time: string; id: string });
    expect(status).toBe(0);
    expect(alerts).toEqual([...alerts].sort((a, b) => (a.time + a.id < b.time + b.id ? -1 : 1)));
    expect(stderr).toMatch(/^okta: records \d+ = used \d+ \+ skipped \d+ \+ rejected 0, events \d+$/m);
  });

  it.each([
    [3, ['--fail-on', 'high']],
    [
      0,
      ['--fail-on', 'critical', '--now', '2020-01-01T00:00:00Z', '--config', folder.write('off.yaml', OFF())],
    ],
    [2, ['--fail-on', 'very']],
    [2, ['--now', 'yesterday']],
    [2, ['--nonsense']],
    [1, ['--out', '/nowhere/alerts.ndjson']],
    [1, ['--config', folder.write('bad.yaml', 'polcy: {}\n')]],
  ])('ends with %i for %j', (code, options) => {
    expect(ringer('scan', ...paths, ...options).status).toBe(code);
  });

  it('names the nearest right key for a wrong one', () => {
    expect(ringer('scan', ...paths, '--config', folder.write('typo.yaml', 'polcy: {}\n')).stderr).toContain(
      'policy',
    );
  });

  it('ends with 1 for a path that is missing, after reading the rest', () => {
    const { status, stdout, stderr } = ringer('scan', join(folder.path, 'missing'), ...paths);
    expect(status).toBe(1);
    expect(stdout).toContain('"detection":"impossible-travel"');
    expect(stderr).toContain('PATH_UNREADABLE');
  });

  it('writes what became of every record', () => {
    const summary = join(folder.path, 'summary.json');
    ringer('scan', ...paths, '--summary', summary);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file is written by the test itself
    const { sources } = require(summary) as { sources: Record<string, { records: number; used: number }> };
    expect(sources['okta']?.records).toBe(sources['okta']?.used);
  });

  it('writes the summary although the alerts cannot be written', () => {
    const summary = join(folder.path, 'still.json');
    expect(ringer('scan', ...paths, '--out', '/nowhere/alerts', '--summary', summary).status).toBe(1);
    expect(existsSync(summary)).toBe(true);
  });

  it('lets nothing that a stranger wrote steer the terminal', () => {
    const evil = {
      ...(JSON.parse(company.files[0]?.text.split('\n')[0] ?? '{}') as object),
      published: 'x\u001b[2Jx',
    };
    const { stderr } = ringer('scan', folder.write('evil.ndjson', `${JSON.stringify(evil)}\n`));
    expect(stderr).toContain('rejected: okta');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('ringer', () => {
  it('helps', () => {
    const { status, stdout } = ringer('--help');
    expect(status).toBe(0);
    for (const verb of ['scan', 'demo', 'detections', 'sources', 'lists']) expect(stdout).toContain(verb);
  });

  it('suggests the verb that was meant', () => {
    const { status, stderr } = ringer('scna');
    expect(status).toBe(2);
    expect(stderr).toContain('scan');
  });

  it('shows a detection from the code', () => {
    expect(ringer('detections', 'list').stdout).toContain('impossible-travel');
    expect(ringer('detections', 'show', 'impossible-travel').stdout).toContain('Cannot see');
    expect(ringer('detections', 'show', 'nonsense').status).toBe(2);
  });

  it.each(['detections list', '--help'])('minds nobody who has seen enough of %s', (command) => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `{ "$0" "$1" ${command}; echo $? >&2; } | true`, process.execPath, join(ROOT, 'bin/ringer.ts')],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '0\n' });
  });

  it('fails when its output does, in a sentence', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/ringer.ts'), 'sources', 'list'], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ringer: OUTPUT_FAILED: stdout: ENOSPC.*\n$/);
  });

  it('shows a source from the code', () => {
    expect(ringer('sources', 'list').stdout).toContain('system-log');
    expect(ringer('sources', 'show', 'google').stdout).toContain('Google');
  });
});

/** Everything switched off: nothing to fail on. */
function OFF(): string {
  const ids = ['impossible-travel', 'unapproved-remote-tool', 'mouse-jiggler', 'bulk-download'];
  return `detections:\n${ids.map((id) => `  ${id}: { enabled: false }\n`).join('')}`;
}
