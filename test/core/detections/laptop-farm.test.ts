import fc from 'fast-check';
import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { laptopFarm } from '../../../lib/core/detections/laptop-farm.ts';
import { unapprovedRemoteTool } from '../../../lib/core/detections/unapproved-remote-tool.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { Authentication, SourceEvent } from '../../../lib/core/events/index.ts';
import type { ClaimedPlace } from '../../../lib/core/people/person.ts';
import type { RosterRow } from '../../../lib/core/people/roster.ts';
import type { NetworkKind } from '../../../lib/core/places/network.ts';
import { NO_POLICY, type Policy } from '../../../lib/core/policy.ts';
import { DAY_MS } from '../../../lib/core/time.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import { installed } from '../../support/software.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';
import {
  AUSTIN,
  CLAIMS_AUSTIN,
  CLAIMS_LAS_VEGAS,
  CLAIMS_MIAMI,
  daysFrom,
  FIRST_DAY,
  LAS_VEGAS,
  network,
  onDay,
  peopleOf,
  signInsOn,
} from '../../support/workplaces.ts';

const HOME = '198.51.100.7';
const AT_HOME = { place: LAS_VEGAS, ip: HOME, network: network('residential', { organization: 'Home ISP' }) };
const YEARS_AGO = FIRST_DAY - 800 * DAY_MS;

const person = (name: string): string => `${name}@example.com`;
const row = (name: string, workPlace?: ClaimedPlace, hiredTime = YEARS_AGO): RosterRow => ({
  email: person(name),
  hiredTime,
  ...(workPlace === undefined ? {} : { workPlace }),
});
const company = (...roster: readonly RosterRow[]): RunOptions => ({
  rules: rulesOf(laptopFarm),
  directory: peopleOf(...roster),
});

/** Each of these people signs in from one address on each of these days. */
function together(
  names: readonly string[],
  days: readonly number[],
  over: Parameters<typeof signInsOn>[1] = AT_HOME,
): readonly Authentication[] {
  return names.flatMap((name, index) =>
    signInsOn(days, { ...AT_HOME, ...over, address: person(name), hour: 9 + (index % 8) }),
  );
}

const run = (events: readonly SourceEvent[], options: RunOptions): readonly Alert[] =>
  runOnce(events, options);
const severities = (events: readonly SourceEvent[], options: RunOptions): readonly string[] =>
  run(events, options).map(({ subject, severity }) => `${subject.kind} ${severity}`);

const TEXAN = row('tess', CLAIMS_AUSTIN);
const FLORIDIAN = row('flo', CLAIMS_MIAMI);
const NEVADAN = row('nell', CLAIMS_LAS_VEGAS);

describe('people whose claims contradict the address they share', () => {
  it('are a farm, with each of them, their claims and their records', () => {
    const [alert, ...others] = run(together(['tess', 'flo'], daysFrom(0, 4)), company(TEXAN, FLORIDIAN));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      detection: 'laptop-farm',
      severity: 'high',
      subject: { kind: 'address', id: HOME },
      object: { kind: 'address', id: HOME },
      related: [
        { kind: 'person', id: person('flo') },
        { kind: 'person', id: person('tess') },
      ],
      summary: `2 people sign in from one home, ${HOME} (Las Vegas, US), day after day.`,
      // The second of them on the third day.
      time: new Date(onDay(2, 10)).toISOString(),
    });
    expect(alert?.why.slice(0, 4)).toEqual([
      'flo@example.com on 5 days lately; said to work elsewhere: Miami, FL, US, 3,504 km away.',
      'tess@example.com on 5 days lately; said to work elsewhere: Austin, TX, US, 1,743 km away.',
      'The claims of 2 of 2 contradict the address.',
      'The network is Home ISP (residential).',
    ]);
    expect(alert?.evidence.map(({ source, eventId, what }) => [source, eventId, what])).toEqual(
      daysFrom(0, 4).flatMap((day) => [
        ['okta', `okta-${person('tess')}-${day}-9`, `sign-in of ${person('tess')}`],
        ['okta', `okta-${person('flo')}-${day}-10`, `sign-in of ${person('flo')}`],
      ]),
    );
  });

  it('are high when one of them contradicts it, critical from three', () => {
    const one = company(NEVADAN, FLORIDIAN);
    expect(severities(together(['nell', 'flo'], daysFrom(0, 2)), one)).toEqual(['address high']);
    const three = company(TEXAN, FLORIDIAN, row('mia', CLAIMS_MIAMI));
    expect(severities(together(['tess', 'flo', 'mia'], daysFrom(0, 2)), three)).toEqual(['address critical']);
  });

  it('are a step worse when one of them was hired lately', () => {
    const options = company(NEVADAN, row('flo', CLAIMS_MIAMI, FIRST_DAY - 60 * DAY_MS));
    const [alert] = run(together(['nell', 'flo'], daysFrom(0, 2)), options);
    expect(alert?.severity).toBe('critical');
    expect(alert?.why).toContain('flo@example.com was hired lately: it counts a step higher.');
  });

  it('are found over a fortnight, on days of their own', () => {
    const events = [...together(['tess'], [0, 4, 9]), ...together(['flo'], [2, 7, 13])];
    expect(severities(events, company(TEXAN, FLORIDIAN))).toEqual(['address high']);
  });

  it('are found behind one IPv6 prefix', () => {
    const events = [
      ...together(['tess'], daysFrom(0, 2), { ...AT_HOME, ip: '2001:db8:1:2::10' }),
      ...together(['flo'], daysFrom(0, 2), { ...AT_HOME, ip: '2001:db8:1:2:aa::20' }),
    ];
    expect(run(events, company(TEXAN, FLORIDIAN)).map(({ subject }) => subject.id)).toEqual([
      '2001:db8:1:2::/64',
    ]);
  });

  it.each(['residential', 'business', 'unknown'] as const)('are a farm on a %s network', (kind) => {
    const events = together(['tess', 'flo'], daysFrom(0, 2), { ...AT_HOME, network: network(kind) });
    expect(severities(events, company(TEXAN, FLORIDIAN))).toEqual(['address high']);
  });
});

describe('two of long standing who are said to live in one other place', () => {
  const couple = company(TEXAN, row('tom', CLAIMS_AUSTIN));

  it('may travel together: low, until it is longer than a journey', () => {
    const [alert] = run(together(['tess', 'tom'], daysFrom(0, 6)), couple);
    expect(alert?.severity).toBe('low');
    expect(alert?.why.join(' ')).toContain('on a journey together');
    expect(severities(together(['tess', 'tom'], daysFrom(0, 10)), couple)).toEqual(['address high']);
  });

  it('may not when one was hired lately, or there are three of them', () => {
    const hired = company(TEXAN, row('tom', CLAIMS_AUSTIN, FIRST_DAY));
    expect(severities(together(['tess', 'tom'], daysFrom(0, 2)), hired)).toEqual(['address critical']);
    const three = company(TEXAN, row('tom', CLAIMS_AUSTIN), row('ted', CLAIMS_AUSTIN));
    expect(severities(together(['tess', 'tom', 'ted'], daysFrom(0, 2)), three)).toEqual(['address critical']);
  });
});

describe('people who share a home', () => {
  it('are low when all claim the area, however new they are', () => {
    const options = company(NEVADAN, row('nick', CLAIMS_LAS_VEGAS, FIRST_DAY));
    const [alert] = run(together(['nell', 'nick'], daysFrom(0, 9)), options);
    expect(alert?.severity).toBe('low');
    expect(alert?.benign[0]).toContain('They live together');
  });

  it('are medium when nobody says where they should be, or only the country', () => {
    const events = together(['nell', 'flo'], daysFrom(0, 2));
    expect(severities(events, company(row('nell'), row('flo')))).toEqual(['address medium']);
    const country = { country: 'US' };
    expect(severities(events, company(row('nell', country), row('flo', country)))).toEqual([
      'address medium',
    ]);
    expect(severities(events, company())).toEqual(['address medium']);
  });

  it('are covered by an egress approval that names the address and all of them', () => {
    const policy = (people: readonly string[], name?: string): Policy => ({
      ...NO_POLICY,
      approvals: [
        {
          ...{ kind: 'egress', for: { people }, until: onDay(60), reason: 'They are married' },
          ...(name === undefined ? {} : { name }),
        },
      ],
    });
    const events = together(['tess', 'flo'], daysFrom(0, 2));
    const both = [person('tess'), person('flo')];
    const options = company(TEXAN, FLORIDIAN);
    const under = (approved: Policy): readonly string[] =>
      severities(events, { ...options, policy: approved });
    expect(under(policy(both, HOME))).toEqual(['address informational']);
    expect(under(policy(both))).toEqual(['address informational']);
    expect(under(policy(both, '198.51.100.8'))).toEqual(['address high']);
    expect(under(policy([person('tess')], HOME))).toEqual(['address high']);
  });
});

describe('near misses', () => {
  const two = company(TEXAN, FLORIDIAN);

  it('a visit of two days is nothing', () => {
    const events = [...together(['tess'], daysFrom(0, 9)), ...together(['flo'], [3, 4])];
    expect(run(events, two)).toEqual([]);
  });

  it('days further apart than a fortnight are nothing', () => {
    const events = [...together(['tess'], daysFrom(0, 20)), ...together(['flo'], [0, 8, 16])];
    expect(run(events, two)).toEqual([]);
  });

  it('one after the other is nothing, as guests of a hotel are', () => {
    const events = [...together(['tess'], daysFrom(0, 4)), ...together(['flo'], daysFrom(3, 7))];
    expect(run(events, two)).toEqual([]);
    const longer = [...together(['tess'], daysFrom(0, 5)), ...together(['flo'], daysFrom(3, 7))];
    expect(severities(longer, two)).toEqual(['address high']);
  });

  it.each<NetworkKind>([
    ...(['vpn', 'proxy', 'tor', 'residential-proxy', 'relay', 'hosting', 'mobile', 'satellite'] as const),
    ...(['education', 'private', 'office', 'corporate-vpn', 'sase'] as const),
  ])('a %s network is nobody’s home', (kind) => {
    const events = together(['tess', 'flo'], daysFrom(0, 9), { ...AT_HOME, network: network(kind) });
    expect(run(events, two)).toEqual([]);
  });

  it('an exit that the policy names is none either, whatever its kind', () => {
    const own = network('office', { decidedBy: 'policy' });
    expect(run(together(['tess', 'flo'], daysFrom(0, 9), { ...AT_HOME, network: own }), two)).toEqual([]);
  });

  it('refused sign-ins say nothing of who is there', () => {
    const events = together(['tess', 'flo'], daysFrom(0, 9), { ...AT_HOME, status: 'failure' });
    expect(run(events, two)).toEqual([]);
  });

  it('a hotel of forty for two days, or for a week, is no farm', () => {
    const names = Array.from({ length: 40 }, (_, index) => `guest${index}`);
    const options = { ...company(...names.map((name) => row(name, CLAIMS_AUSTIN))), peopleCount: 1_000 };
    expect(run(together(names, [0, 1]), options)).toEqual([]);
    expect(run(together(names, daysFrom(0, 4)), options)).toEqual([]);
  });

  it('ten of whom all claim to be elsewhere for longer than that are one', () => {
    const names = Array.from({ length: 10 }, (_, index) => `worker${index}`);
    const options = { ...company(...names.map((name) => row(name, CLAIMS_AUSTIN))), peopleCount: 1_000 };
    expect(severities(together(names, daysFrom(0, 9)), options)).toEqual(['address critical']);
  });
});

describe('an office', () => {
  const locals = Array.from({ length: 6 }, (_, index) => `local${index}`);
  const rows = locals.map((name) => row(name, CLAIMS_LAS_VEGAS));

  it('is where nearly everybody claims to be, visitors or none', () => {
    const events = [...together(locals, daysFrom(0, 9)), ...together(['tess', 'flo'], daysFrom(2, 5))];
    expect(run(events, company(...rows, TEXAN, FLORIDIAN))).toEqual([]);
  });

  it('is not an address of four who claim the area, nor one where too many claim to be elsewhere', () => {
    expect(severities(together(locals.slice(0, 4), daysFrom(0, 9)), company(...rows))).toEqual([
      'address low',
    ]);
    const mixed = [
      ...together(locals.slice(0, 5), daysFrom(0, 9)),
      ...together(['tess', 'flo'], daysFrom(0, 9)),
    ];
    expect(severities(mixed, company(...rows, TEXAN, FLORIDIAN))).toEqual(['address high']);
  });

  it('takes back what fewer of its people looked like', () => {
    const options = company(...rows);
    const [early, late] = [
      together(locals.slice(0, 2), daysFrom(0, 2)),
      together(locals.slice(2), daysFrom(0, 2)),
    ];
    expect(runInBatches([early], options).map(({ severity }) => severity)).toEqual(['low']);
    expect(runInBatches([early, late], options)).toEqual([]);
  });

  describe('of a company without a people file', () => {
    const names = Array.from({ length: 12 }, (_, index) => `person${index}`);

    it('asks once to be listed', () => {
      const [alert, ...others] = run(together(names, daysFrom(0, 20)), { ...company(), peopleCount: 300 });
      expect(others).toEqual([]);
      expect(alert).toMatchObject({
        severity: 'informational',
        subject: { kind: 'organization' },
        object: { kind: 'address', id: HOME },
        summary: `Many people sign in from ${HOME} in Las Vegas, US. If it is yours, list it under policy.egress.`,
      });
      expect(alert?.evidence[0]?.source).toBe('okta');
    });

    it('is no crowd below a fiftieth of a large company: then it may be a farm', () => {
      expect(severities(together(names, daysFrom(0, 20)), { ...company(), peopleCount: 1_000 })).toEqual([
        'address medium',
      ]);
    });

    it('is one of two hundred, however large the company', () => {
      const crowd = Array.from({ length: 210 }, (_, index) => `person${index}`);
      const options = { ...company(), peopleCount: 90_000 };
      expect(severities(together(crowd, daysFrom(0, 8)), options)).toEqual(['organization informational']);
    });
  });

  it('asks to be listed when only countries are claimed, though some are from elsewhere', () => {
    const names = Array.from({ length: 12 }, (_, index) => `person${index}`);
    const roster = names.map((name) => row(name, { country: name === 'person0' ? 'PT' : 'US' }));
    expect(severities(together(names, daysFrom(0, 9)), { ...company(...roster), peopleCount: 100 })).toEqual([
      'organization informational',
    ]);
  });
});

describe('those who are at it', () => {
  const rules = rulesOf(laptopFarm, unapprovedRemoteTool);
  const directory = peopleOf(row('tess', CLAIMS_AUSTIN, FIRST_DAY), FLORIDIAN);
  const tool = installed('AnyDesk', { at: onDay(2), address: person('tess') });
  const composites = (policy: Policy = NO_POLICY): readonly Alert[] =>
    runOnce([...together(['tess', 'flo'], daysFrom(0, 4)), tool], { rules, directory, policy }).filter(
      ({ detection }) => detection === 'suspected-impostor',
    );

  it('have it in their composite, with the day it was first found', () => {
    const [alert] = composites();
    expect(alert?.subject.id).toBe(person('tess'));
    expect(alert?.contributions?.map(({ detection }) => detection)).toContain('laptop-farm');
    expect(alert?.firstSeen).toBe(new Date(onDay(2, 10)).toISOString());
  });

  it('have not, when an approval covers it', () => {
    const policy: Policy = {
      ...NO_POLICY,
      approvals: [
        {
          ...{ kind: 'egress', for: { people: [person('tess'), person('flo')] } },
          ...{ until: onDay(60), reason: 'They are married' },
        },
      ],
    };
    expect(composites(policy)).toEqual([]);
  });

  it('are told otherwise when a claim was corrected', () => {
    const context = {
      subject: { kind: 'address', id: HOME } as const,
      rules: rulesOf(laptopFarm),
      policy: NO_POLICY,
      organization: { peopleCount: 10, domains: [], partnerDomains: [] },
      failed: (_: string, __: unknown, cause: unknown) => {
        throw cause;
      },
      cannotTell: () => undefined,
    };
    const sightings = (claim: ClaimedPlace, days: readonly number[]) =>
      ['tess', 'nell'].flatMap((name) => {
        const claimed = name === 'nell' ? CLAIMS_LAS_VEGAS : claim;
        const who = peopleOf(row(name, claimed)).person(person(name));
        const subject = { kind: 'person', id: person(name) } as const;
        const events = together([name], days);
        const when = { now: onDay(20), seal: false };
        return evaluate(newSubject(), events, when, { ...context, subject, person: who }).sightings;
      });
    const first = evaluate(
      newSubject(),
      sightings(CLAIMS_AUSTIN, daysFrom(0, 4)),
      { now: onDay(9), seal: true },
      context,
    );
    expect(first.alerts.map(({ severity }) => severity)).toEqual(['high']);
    const second = evaluate(
      first.state,
      sightings(CLAIMS_LAS_VEGAS, daysFrom(10, 12)),
      { now: onDay(12), seal: true },
      context,
    );
    expect(second.alerts.map(({ severity }) => severity)).toEqual(['low']);
    const said = second.conclusions.filter(
      ({ to, time }) => to.id === person('tess') && time === onDay(12, 9),
    );
    expect(said.filter(({ holds }) => holds).map(({ conclusion }) => conclusion)).toEqual([
      `laptop-farm:low:${HOME}`,
    ]);
    expect(said.filter(({ holds }) => !holds)).toHaveLength(3);
  });
});

describe('whatever the order', () => {
  const options = company(TEXAN, FLORIDIAN, NEVADAN);
  const story = [
    ...together(['tess', 'flo'], daysFrom(0, 6)),
    ...together(['tess', 'nell'], daysFrom(2, 8), { ...AT_HOME, source: 'entra' }),
    ...together(['flo'], [1, 3], { ...AT_HOME, source: 'google' }),
  ];

  it('comes to the same in batches, up to a day late, with events given twice', () => {
    const whole = runOnce(story, options);
    expect(whole.map(({ severity }) => severity)).toEqual(['high']);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.95, noNaN: true }), {
          minLength: story.length,
          maxLength: story.length,
        }),
        fc.integer({ min: 0, max: 10 }),
        (delays, twice) => {
          const arrivals = story.map((event, index) => ({
            event,
            at: event.time + (delays[index] ?? 0) * DAY_MS,
          }));
          const batches = daysFrom(0, 40).map((part) =>
            arrivals
              .filter(
                ({ at }) =>
                  at >= FIRST_DAY + (part * DAY_MS) / 4 && at < FIRST_DAY + ((part + 1) * DAY_MS) / 4,
              )
              .map(({ event }) => event),
          );
          const repeated = batches.map((batch, index) =>
            index % 10 === twice ? [...batch, ...(batches[index - 1] ?? [])] : batch,
          );
          expect(runInBatches(repeated, options)).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });
});

it('keeps the memory of a crowded address bounded', () => {
  const crowd = Array.from({ length: 1_000 }, (_, index) => `person${index}`);
  const sightings = daysFrom(0, 20).flatMap((day) =>
    crowd.map((name) => ({
      kind: 'sighting' as const,
      time: onDay(day, 0),
      source: 'ringer' as const,
      feed: 'sightings',
      uid: `${name}-${day}`,
      to: { kind: 'address' as const, id: HOME },
      of: { kind: 'person' as const, id: person(name) },
      what: {
        type: 'sign-in' as const,
        evidence: { time: onDay(day), source: 'okta' as const, feed: 'system-log', uid: `${name}-${day}` },
        place: LAS_VEGAS,
        claim: { place: { country: 'US', city: 'x'.repeat(256) }, onRoster: true },
      },
    })),
  );
  const { state } = evaluate(
    newSubject(),
    sightings,
    { now: onDay(60), seal: true },
    {
      subject: { kind: 'address', id: HOME },
      rules: rulesOf(laptopFarm),
      policy: NO_POLICY,
      organization: { peopleCount: 3_000, domains: [], partnerDomains: [] },
      failed: (_, __, cause) => {
        throw cause;
      },
      cannotTell: () => undefined,
    },
  );
  expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(50_000);
});

describe('laptop-farm from the vendors’ records', () => {
  const LYON = { country_code: 'FR', state1: 'Rhone', city: 'Lyon', latitude: 45.764, longitude: 4.8357 };
  const ip = '8.20.30.40';

  it.each([
    ['Okta', 'okta/system-log/session-start-vpn', { securityContext: {} }],
    ['Entra', 'entra/signIns/interactive-v1', { ipAddress: ip, location: null }],
    ['Google', 'google/login/success-two-factors', { ipAddress: ip }],
    ['AWS', 'aws/cloudtrail/console-login-of-session', { sourceIPAddress: ip }],
  ])('%s shows who is at an address', (_name, path, over) => {
    const [signedIn] = eventsOf(fixture(path, over), { city: () => LYON }).filter(
      (event): event is Authentication => event.kind === 'authentication',
    );
    if (signedIn?.srcEndpoint === undefined) throw new Error('no sign-in');
    const email = signedIn.actor?.address ?? '';
    const events = daysFrom(0, 2).map((day) => ({
      ...signedIn,
      time: onDay(day),
      uid: `${signedIn.uid}-${day}`,
    }));
    const others = together(['tess'], daysFrom(0, 2), { place: AUSTIN, ip: signedIn.srcEndpoint.ip });
    const directory = peopleOf(row('tess', CLAIMS_AUSTIN), { email, workPlace: CLAIMS_AUSTIN });
    const [alert] = runOnce([...events, ...others], { rules: rulesOf(laptopFarm), directory });
    expect(alert?.subject).toMatchObject({ kind: 'address', id: signedIn.srcEndpoint.ip });
    expect(alert?.related.map(({ id }) => id)).toContain(email);
    expect(alert?.evidence).toContainEqual(
      expect.objectContaining({ source: signedIn.source, eventId: `${signedIn.uid}-2` }),
    );
  });
});
