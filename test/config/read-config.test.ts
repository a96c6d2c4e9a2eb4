import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toEgress, toPolicy } from '../../lib/config/policy.ts';
import { parseConfig, readConfig } from '../../lib/config/read-config.ts';
import { RingerError } from '../../lib/core/errors.ts';

const EXAMPLE = join(__dirname, '..', '..', 'ringer.example.yaml');
const CATALOGUE = [
  { id: 'impossible-travel', parameters: { fastestKmPerHour: { value: 900 }, operators: { value: ['A'] } } },
  { id: 'mouse-jiggler', parameters: { strict: { value: true } } },
];

function problemOf(text: string, context: Parameters<typeof parseConfig>[1] = {}): string {
  try {
    parseConfig(text, context);
  } catch (thrown) {
    if (thrown instanceof RingerError && thrown.code === 'CONFIG_INVALID') return thrown.message;
    throw thrown;
  }
  throw new Error('no problem was reported');
}

describe('reading ringer.yaml', () => {
  it('gives the defaults without a file', () => {
    const config = readConfig(undefined);
    expect(config.sources).toEqual([]);
    expect(config.retention).toEqual({
      evidenceDays: 400,
      evidenceLock: 'governance',
      recordDays: 90,
      eventDays: 400,
    });
    expect(toPolicy(config).approvals).toEqual([]);
  });

  it('reads an empty file and sections with nothing in them as the defaults', () => {
    expect(parseConfig('policy:\napprovals:\norganization:\nsources:\npeople:\n')).toEqual(
      readConfig(undefined),
    );
  });

  it('reads the example', () => {
    const config = readConfig(EXAMPLE);
    expect(config.sources.map(({ type }) => type)).toEqual(['okta', 'microsoft', 'google', 'aws']);
    expect(config.people).toBe(join(EXAMPLE, '..', 'people.csv'));
  });

  it('says that a file is missing', () => {
    expect(() => readConfig('/nowhere/ringer.yaml')).toThrow(
      expect.objectContaining({ code: 'PATH_UNREADABLE' }) as Error,
    );
  });

  it('takes paths from the folder of the file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringer-'));
    writeFileSync(join(folder, 'ringer.yaml'), 'people: data/people.csv\n');
    expect(readConfig(join(folder, 'ringer.yaml')).people).toBe(join(folder, 'data', 'people.csv'));
  });

  it('keeps countries that look like YAML booleans', () => {
    expect(parseConfig('policy: { workCountries: [NO, usa, Germany] }').policy.workCountries).toEqual([
      'NO',
      'US',
      'DE',
    ]);
  });

  it('takes a day as the whole of it, and times with a zone as they are', () => {
    const [approval] = parseConfig(
      'approvals: [{ kind: leave, for: {}, from: 2026-12-01T09:00:00+01:00, until: 2026-12-31, reason: r }]',
    ).approvals;
    expect(approval?.from).toBe(Date.UTC(2026, 11, 1, 8));
    expect(approval?.until).toBe(Date.UTC(2027, 0, 1) - 1);
  });

  it('reads a schedule across midnight in minutes', () => {
    const text = 'policy: { schedules: [{ for: {}, start: 22:00, end: 06:30, timeZone: europe/paris }] }';
    expect(toPolicy(parseConfig(text)).schedules).toEqual([
      { for: {}, startMinute: 1320, endMinute: 390, timeZone: 'Europe/Paris' },
    ]);
  });

  it('gives networks in one spelling, with the bits after the mask at 0', () => {
    const text =
      "policy: { egress: [{ name: n, kind: vpn, country: japan, cidrs: [203.0.113.77/24, 198.51.100.1, '2001:DB8:0:ff::/50', '::ffff:192.0.2.9/120'] }] }";
    expect(toEgress(parseConfig(text))).toEqual([
      {
        name: 'n',
        kind: 'vpn',
        country: 'JP',
        cidrs: ['203.0.113.0/24', '198.51.100.1/32', '2001:db8::/50', '192.0.2.0/24'],
      },
    ]);
  });

  it('reads service accounts and VPN operators as they are compared', () => {
    const policy = toPolicy(
      parseConfig('policy: { serviceAccounts: [Backup@Example.com], vpnOperators: [nord vpn] }'),
    );
    expect([...policy.serviceAccounts]).toEqual(['backup@example.com']);
    expect(policy.vpnOperators).toEqual(['NORD_VPN']);
  });

  it.each([
    ['secret:ringer/okta', { from: 'secret', id: 'ringer/okta' }],
    ['env:OKTA_TOKEN', { from: 'environment', variable: 'OKTA_TOKEN' }],
    ['file:/etc/key.json', { from: 'file', path: '/etc/key.json' }],
  ])('reads the credential reference %s', (written, expected) => {
    const [source] = parseConfig(`sources: [{ name: a, type: aws, credentials: "${written}" }]`).sources;
    expect(source?.credentials).toEqual(expected);
  });

  it.each(['http://localhost:8080', 'http://127.0.0.1:1/', 'http://[::1]:9', 'https://example.okta.com'])(
    'takes %s as a base URL',
    (url) => {
      const [source] = parseConfig(`sources: [{ name: a, type: okta, orgUrl: "${url}" }]`).sources;
      expect(source).toHaveProperty('orgUrl', url.replace(/\/$/, ''));
    },
  );

  it.each([
    'http://example.okta.com',
    'http://127.0.0.1.example.com',
    'https://a:b@example.com',
    'file:///etc',
    'x',
  ])('refuses %s as a base URL', (url) => {
    expect(problemOf(`sources: [{ name: a, type: okta, orgUrl: "${url}" }]`)).toContain(
      'sources[0].orgUrl: expected an https URL',
    );
  });

  it('takes parameters by name under the detection or under `parameters`', () => {
    const text = `detections:
  impossible-travel: { severity: high, fastestKmPerHour: 700 }
  mouse-jiggler: { enabled: false, parameters: { strict: false } }`;
    expect(parseConfig(text, { catalogue: CATALOGUE }).detections).toEqual({
      'impossible-travel': { severity: 'high', parameters: { fastestKmPerHour: 700 } },
      'mouse-jiggler': { enabled: false, parameters: { strict: false } },
    });
  });

  it('leaves a list parameter alone that nobody wrote', () => {
    const { detections } = parseConfig('detections: { impossible-travel: {} }', { catalogue: CATALOGUE });
    expect(detections['impossible-travel']).toEqual({ parameters: {} });
  });
});

describe('what is wrong with ringer.yaml', () => {
  it.each([
    ['polcy: {}', 'line 1: polcy: unknown key; the nearest right one is "policy"'],
    ['policy:\n  egres: []', 'line 2: policy.egres: unknown key; the nearest right one is "egress"'],
    [
      'approvals:\n  - kind: tool\n    for:\n      peple: [a]\n    until: 2026-01-01\n    reason: r',
      'line 4: approvals[0].for.peple: unknown key; the nearest right one is "people"',
    ],
    [
      'sources:\n  - name: a\n    type: aws\n    evry: 1h',
      'line 4: sources[0].evry: unknown key; the nearest right one is "every"',
    ],
    ['__proto__: 1', 'line 1: __proto__: unknown key'],
    ['constructor: 1', 'line 1: constructor: unknown key'],
  ])('names the unknown key of %j, its line and the nearest right one', (text, expected) => {
    expect(problemOf(text)).toContain(expected);
  });

  it.each([
    ['organization: 3', 'line 1: organization: expected a mapping, got the number 3'],
    ['policy:\n  workCountries: US', 'line 2: policy.workCountries: expected a list, got "US"'],
    [
      'policy:\n  workCountries:\n    - US\n    - Atlantis',
      'line 4: policy.workCountries[1]: expected a country',
    ],
    ['policy: { egress: [{ name: n, kind: vpn, cidrs: [10.0.0.0/33] }] }', 'expected a range of addresses'],
    ['policy: { egress: [{ name: n, kind: vpn, cidrs: [0.0.0.0/0] }] }', 'expected a range of addresses'],
    ['policy: { egress: [{ name: n, kind: vpn }] }', 'policy.egress[0].cidrs: missing'],
    [
      'policy: { schedules: [{ start: 9:00, end: 25:00, timeZone: Mars/Base }] }',
      'policy.schedules[0].for: missing',
    ],
    [
      'policy: { schedules: [{ for: {}, start: 9:00, end: 25:00, timeZone: UTC }] }',
      'expected a time of day such as 22:00, got "25:00"',
    ],
    [
      'policy: { schedules: [{ for: {}, start: 9:00, end: 10:00, timeZone: "+01:00" }] }',
      'expected an IANA time zone',
    ],
    [
      'approvals: [{ kind: tool, until: 2026-01-01, reason: r }]',
      'approvals[0].for: missing; expected a mapping',
    ],
    [
      'approvals: [{ kind: tool, for: {}, until: 2026-02-30, reason: r }]',
      'approvals[0].until: expected a date',
    ],
    ['approvals: [{ kind: trvel, for: {}, until: 2026-02-01, reason: r }]', '(the nearest is "travel")'],
    [
      'approvals: [{ kind: tool, for: {}, from: 2026-03-01, until: 2026-02-01, reason: r }]',
      'a date not before `from`',
    ],
    ['sources: [{ name: a, type: aws, every: 30 seconds }]', 'sources[0].every: expected whole minutes'],
    ['sources: [{ name: a, type: aws, orgUrl: "https://example.com" }]', 'sources[0].orgUrl: unknown key'],
    [
      'sources: [{ name: a, type: aws }, { name: A, type: okta }]',
      'sources[1].name: expected a name no other source has',
    ],
    ['schemaVersion: 2', 'schemaVersion: expected 1, got the number 2'],
    ['retention: { evidenceDays: 0 }', 'expected a whole number from 1 to 36500, got the number 0'],
    ['- 1', 'the file: expected a mapping, got a list'],
  ])('says of %j what was expected', (text, expected) => {
    expect(problemOf(text)).toContain(expected);
  });

  it('checks detections against the catalogue', () => {
    const text = `detections:
  imposible-travel: {}
  impossible-travel:
    fastestKmPerHours: 1
    fastestKmPerHour: fast
    severity: hgh`;
    const message = problemOf(text, { catalogue: CATALOGUE });
    expect(message).toContain(
      'line 2: detections.imposible-travel: unknown key; the nearest right one is "impossible-travel"',
    );
    expect(message).toContain(
      'line 4: detections.impossible-travel.fastestKmPerHours: unknown key; the nearest right one is "fastestKmPerHour"',
    );
    expect(message).toContain(
      'line 5: detections.impossible-travel.fastestKmPerHour: expected a number, got "fast"',
    );
    expect(message).toContain('(the nearest is "high")');
  });

  it('checks feeds against those of the vendor', () => {
    const feeds = { okta: ['system-log', 'users'], microsoft: [], google: [], aws: [] };
    expect(problemOf('sources: [{ name: a, type: okta, feeds: [sytem-log] }]', { feeds })).toContain(
      '"system-log"',
    );
  });

  it('reports everything at once, in the order of the file', () => {
    const message = problemOf(
      'schemaVersion: 9\nnonsense: 1\npolicy:\n  workCountries: [Atlantis]\napprovals: 7\n',
    );
    expect(message.split('\n').map((line) => /line \d+/.exec(line)?.[0])).toEqual([
      undefined,
      'line 1',
      'line 2',
      'line 4',
      'line 5',
    ]);
  });

  it('never shows what somebody wrote in place of a credential reference', () => {
    expect(problemOf('sources: [{ name: a, type: aws, credentials: hunter2 }]')).not.toContain('hunter2');
  });

  it('reports a key that is there twice', () => {
    expect(problemOf('people: a.csv\npeople: b.csv')).toContain(
      'line 2: a key that this mapping already has',
    );
  });

  it.each([
    ['a file that is not YAML', 'a: ['],
    ['several documents', 'people: a\n---\npeople: b'],
    ['an unknown tag', 'people: !Ref x'],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    [
      'aliases that multiply',
      Array.from(
        { length: 9 },
        (_, n) =>
          `a${n}: &a${n} [${Array(9)
            .fill(n === 0 ? 'x' : `*a${n - 1}`)
            .join(',')}]`,
      ).join('\n'),
    ],
  ])('refuses %s in a short message', (_, text) => {
    expect(problemOf(text).length).toBeLessThan(30_000);
  });
});
