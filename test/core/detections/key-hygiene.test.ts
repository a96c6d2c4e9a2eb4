import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { keyHygiene } from '../../../lib/core/detections/key-hygiene.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { ApiActivity, Authentication, SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import type { Place } from '../../../lib/core/places/place.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { call, changed, IAM_USER, ROOT, SAM } from '../../support/accounts.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import { AMSTERDAM, days, minutes, MOSCOW, NOON, signIn, taken } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(keyHygiene);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const severities = (events: readonly SourceEvent[], options?: RunOptions): readonly string[] =>
  run(events, options).map(({ severity }) => severity);

const KEY = 'AKIAEXAMPLE00000ANAS';
const network = (asn: number, more: Partial<Network> = {}): Network => ({
  kind: 'residential',
  asn,
  decidedBy: 'asn',
  ...more,
});
/** The key used from an address, some minutes after noon. */
const used = (after: number, ip: string, of?: Network, place?: Place, key = KEY): ApiActivity =>
  call('bulk-export', {
    at: NOON + minutes(after),
    accessKeyUid: key,
    srcEndpoint: {
      ip,
      ...(of === undefined ? {} : { network: of }),
      ...(place === undefined ? {} : { place }),
    },
  });
const atConsole = (
  arn: string,
  options: Partial<Authentication> & { readonly at?: number } = {},
): Authentication => ({
  ...signIn({ at: options.at ?? NOON, place: AMSTERDAM, source: 'aws' }),
  feed: 'cloudtrail',
  actor: { type: 'user', accountUid: arn },
  application: { name: 'AWS Management Console' },
  ...options,
});

describe('the root user', () => {
  it('signing in is medium, and high without a second factor', () => {
    expect(run([atConsole(ROOT, { isMfa: true })])).toMatchObject([
      {
        severity: 'medium',
        subject: { kind: 'account', id: ROOT },
        summary: 'The root user signed in to the console.',
      },
    ]);
    expect(severities([atConsole(ROOT)])).toEqual(['medium']);
    expect(severities([atConsole(ROOT, { isMfa: false })])).toEqual(['high']);
  });

  it('refused at the console is nothing', () => {
    expect(run([atConsole(ROOT, { isMfa: false, status: 'failure' })])).toEqual([]);
  });

  it('calling is medium, and told off for a key of its own', () => {
    const [alert] = run([call('root-use', { at: NOON, arn: ROOT, operation: 'GetBill', accessKeyUid: KEY })]);
    expect(alert?.severity).toBe('medium');
    expect(alert?.summary).toBe('The root user called GetBill with an access key of its own.');
  });

  it('is one alert a day with all its calls', () => {
    const calls = [0, 1, 2].map((n) => call('root-use', { at: NOON + minutes(n), arn: ROOT }));
    expect(run([atConsole(ROOT, { isMfa: false, at: NOON - 1 }), ...calls])).toMatchObject([
      { severity: 'high', count: 4 },
    ]);
  });
});

describe('the console with a password alone', () => {
  it('is low', () => {
    expect(run([atConsole(IAM_USER, { isMfa: false })])).toMatchObject([
      { severity: 'low', summary: 'Signed in to the AWS Management Console with a password alone.' },
    ]);
  });

  it.each([
    ['with a second factor', { isMfa: true }],
    ['of which AWS does not know', {}],
    ['that was refused', { isMfa: false, status: 'failure' as const }],
    ['by a program', { isMfa: false, actor: { type: 'service' as const, accountUid: IAM_USER } }],
  ])('is nothing %s', (_how, options) => {
    expect(run([atConsole(IAM_USER, options)])).toEqual([]);
  });

  it('is medium for an administrator, by the directory or by a grant seen earlier', () => {
    const asSam = atConsole(IAM_USER, { isMfa: false, actor: { type: 'user', address: SAM } });
    const directory = buildDirectory({ roster: [{ email: SAM, privileged: true }], users: [] });
    expect(severities([asSam], { directory })).toEqual(['medium']);
    const user = { type: 'user' as const, accountUid: IAM_USER };
    const grant = changed('privilege-grant', { at: NOON - days(2), source: 'aws', user });
    expect(severities([grant, atConsole(IAM_USER, { isMfa: false })])).toEqual(['medium']);
  });

  it('of another provider is not its business', () => {
    expect(run([{ ...signIn({ at: NOON, source: 'entra' }), isMfa: false }])).toEqual([]);
  });
});

describe('what was said', () => {
  const onDays = (numbers: readonly number[]) =>
    numbers.map((day) => atConsole(IAM_USER, { isMfa: false, at: NOON + days(day) }));

  it('is said again only after a week', () => {
    expect(run(onDays([0, 1, 2, 3, 4, 5, 6])).map(({ time }) => time)).toEqual([
      new Date(NOON).toISOString(),
    ]);
    expect(run(onDays([0, 3, 7]))).toHaveLength(2);
  });

  it('gathers what more there is on its own day', () => {
    const again = atConsole(IAM_USER, { isMfa: false, at: NOON + minutes(5) });
    expect(run([...onDays([0, 1]), again]).map(({ count }) => count)).toEqual([2]);
  });

  it('is said at once when it is graver', () => {
    const first = atConsole(ROOT, { isMfa: true });
    const worse = atConsole(ROOT, { isMfa: false, at: NOON + days(1) });
    expect(severities([first, worse])).toEqual(['medium', 'high']);
  });
});

describe('a long-term access key', () => {
  const [home, cloud] = [network(64500), network(64600, { kind: 'hosting', organization: 'EXAMPLE-CLOUD' })];

  it('used from two networks within half an hour is medium', () => {
    const [alert] = run([used(0, '198.51.100.7', home, AMSTERDAM), used(29, '203.0.113.9', cloud, MOSCOW)]);
    expect(alert).toMatchObject({
      severity: 'medium',
      count: 2,
      object: { id: `key:${KEY}`, name: KEY },
      summary: `The access key ${KEY} was used from two networks within 30 min.`,
    });
    expect(alert?.why[0]).toBe(
      'First from 198.51.100.7 (Amsterdam, NL) through AS64500 (residential), then from 203.0.113.9 (Moscow, RU) through EXAMPLE-CLOUD (hosting).',
    );
  });

  it.each([
    ['two addresses of one provider’s pool', used(1, '203.0.113.9', home, AMSTERDAM)],
    ['one address twice', used(1, '198.51.100.7', cloud)],
    ['another network after the half hour', used(31, '203.0.113.9', cloud)],
    ['another key', used(1, '203.0.113.9', cloud, MOSCOW, 'AKIAEXAMPLE00000BOLI')],
    ['an address of which nothing is known', used(1, '203.0.113.9')],
  ])('is not in two networks with %s', (_what, other) => {
    expect(run([used(0, '198.51.100.7', home, AMSTERDAM), other])).toEqual([]);
  });

  it('is in two places where providers are not known, if they are far apart', () => {
    const from = (place: Place) => [
      used(0, '198.51.100.7', undefined, AMSTERDAM),
      used(5, '203.0.113.9', undefined, place),
    ];
    expect(severities(from(MOSCOW))).toEqual(['medium']);
    expect(run(from({ ...AMSTERDAM, city: 'Berlin', country: 'DE', lat: 52.52, lon: 13.4 }))).toEqual([]);
    expect(run(from({ ...MOSCOW, disputedBy: { text: 'Delft, NL', distanceKm: 2_150 } }))).toEqual([]);
  });

  it('stays in one cloud that has several numbers', () => {
    const [first, second] = [
      network(64601, { kind: 'hosting', organization: 'EXAMPLECLOUD-02' }),
      network(64602, { kind: 'hosting', organization: 'EXAMPLECLOUD-AES' }),
    ];
    expect(run([used(0, '198.51.100.7', first), used(1, '203.0.113.9', second)])).toEqual([]);
  });

  it.each([
    ['onto a telephone', network(64700, { kind: 'mobile' }), 'phone network'],
    ['behind a VPN', network(64700, { kind: 'vpn', operator: 'NORD_VPN' }), 'VPN or gateway'],
    ['behind the company’s gateway', network(64700, { kind: 'sase' }), 'VPN or gateway'],
  ])('that moved %s is low, with the reason', (_how, moved, why) => {
    const [alert] = run([used(0, '198.51.100.7', home), used(5, '203.0.113.9', moved)]);
    expect(alert?.severity).toBe('low');
    expect(alert?.why.join(' ')).toContain(why);
  });

  it('is followed through what it reads from S3 as well', () => {
    const read = taken({
      at: NOON + minutes(3),
      object: 'bucket/plans',
      source: 'aws',
      feed: 'cloudtrail',
      service: 's3',
      actor: { type: 'user', accountUid: IAM_USER },
      accessKeyUid: KEY,
      srcEndpoint: { ip: '203.0.113.9', network: cloud },
    });
    expect(severities([used(0, '198.51.100.7', home), read])).toEqual(['medium']);
  });

  it('of a session is not followed', () => {
    const session = 'ASIAEXAMPLE00000ANAS';
    expect(
      run([
        used(0, '198.51.100.7', home, AMSTERDAM, session),
        used(1, '203.0.113.9', cloud, MOSCOW, session),
      ]),
    ).toEqual([]);
  });
});

describe('a new key', () => {
  const made = (options: Partial<ApiActivity> = {}) =>
    call('access-key-create', {
      at: NOON,
      operation: 'CreateAccessKey',
      resource: { type: 'access-key', uid: KEY },
      targets: [IAM_USER],
      ...options,
    });

  it('for oneself is noted, for another low', () => {
    expect(severities([made()])).toEqual(['informational']);
    const [alert] = run([made({ targets: ['arn:aws:iam::123456789012:user/bo.lind'] })]);
    expect(alert).toMatchObject({ severity: 'low', object: { id: `key:${KEY}` } });
    expect(alert?.summary).toContain('user/bo.lind');
  });

  it('for another by a program is what provisioning does', () => {
    const actor = { type: 'service' as const, accountUid: IAM_USER };
    expect(severities([made({ targets: ['arn:aws:iam::123456789012:user/bo.lind'], actor })])).toEqual([
      'informational',
    ]);
  });

  it('that was refused is nothing', () => {
    expect(run([made({ status: 'failure' })])).toEqual([]);
  });
});

describe('what comes late, twice or without end', () => {
  const [first, second, third] = [
    used(0, '198.51.100.7', network(64500)),
    used(10, '203.0.113.9', network(64600)),
    used(20, '192.0.2.9', network(64700)),
  ];

  it('comes to the same in any batches', () => {
    const once = run([first, second, third]);
    expect(once).toMatchObject([{ count: 3 }]);
    expect(runInBatches([[third], [first, first], [second]], { rules })).toEqual(once);
  });

  it('keeps a small state', () => {
    const many = Array.from({ length: 3_000 }, (_, n) => [
      used(n / 100, `2001:db8::${n.toString(16)}`, network(64500 + n), AMSTERDAM, `AKIA${n % 700}`),
      call('access-key-create', { at: NOON + n, operation: 'x'.repeat(200), targets: [`arn:${n}`] }),
    ]).flat();
    const { state } = evaluate(
      newSubject(),
      many,
      { now: NOON + days(3), seal: true },
      {
        subject: { kind: 'account', id: IAM_USER },
        rules,
        policy: NO_POLICY,
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(10_000);
  });
});

describe('as vendors tell it', () => {
  it.each([
    ['aws/cloudtrail/console-login-by-root', ['medium']],
    ['aws/cloudtrail/root-reads-bills', ['medium']],
    ['aws/cloudtrail/trail-stopped-by-root', ['medium']],
    ['aws/cloudtrail/console-login-without-mfa', ['low']],
    ['aws/cloudtrail/console-login-with-mfa', []],
    ['aws/cloudtrail/console-login-of-session', []],
    ['aws/cloudtrail/access-key-created-for-oneself', ['informational']],
    ['aws/cloudtrail/access-key-created-for-another', ['low']],
    ['okta/system-log/api-token-created', ['informational']],
    ['entra/directoryAudits/application-secret-added', ['low']],
    ['entra/directoryAudits/service-principal-credentials-added', ['low']],
  ] as const)('%s gives %j', (path, expected) => {
    expect(severities(eventsOf(fixture(path)))).toEqual(expected);
  });

  it('a service that acts for the account is not its root user', () => {
    expect(() => eventsOf(fixture('aws/cloudtrail/service-acts-for-root-account'))).toThrow('skipped');
  });

  it('root without a second factor is high', () => {
    const additionalEventData = { LoginTo: 'https://console.aws.amazon.com/', MFAUsed: 'No' };
    expect(
      severities(eventsOf(fixture('aws/cloudtrail/console-login-by-root', { additionalEventData }))),
    ).toEqual(['high']);
  });

  it('one key that reads from S3 and makes another key in two networks is medium', () => {
    const read = eventsOf(fixture('aws/cloudtrail/object-selected'));
    const at = (read[0]?.time ?? 0) + minutes(1);
    const made = eventsOf(
      fixture('aws/cloudtrail/access-key-created-for-oneself', {
        eventTime: new Date(at).toISOString(),
        sourceIPAddress: '203.0.113.9',
      }),
    );
    const placed = [...read, ...made].map((event, n) =>
      event.srcEndpoint === undefined
        ? event
        : { ...event, srcEndpoint: { ...event.srcEndpoint, asn: 64500 + n } },
    );
    expect(severities(placed)).toContain('medium');
  });
});
