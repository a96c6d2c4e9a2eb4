import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { unexpectedLocation } from '../../../lib/core/detections/unexpected-location.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import type { RosterRow } from '../../../lib/core/people/roster.ts';
import { NO_POLICY, type ApprovalKind, type Policy } from '../../../lib/core/policy.ts';
import { DAY_MS } from '../../../lib/core/time.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import {
  AUSTIN,
  CLAIMS_AUSTIN,
  daysFrom,
  DENVER,
  FIRST_DAY,
  HOUSTON,
  LAS_VEGAS,
  LISBON,
  network,
  onDay,
  peopleOf,
  SAN_ANTONIO,
  SHENYANG,
  signInsOn,
} from '../../support/workplaces.ts';

const SAM = 'sam.doe@example.com';
const YEARS_AGO = FIRST_DAY - 800 * DAY_MS;

const claiming = (more: Partial<RosterRow> = {}): RunOptions => ({
  rules: rulesOf(unexpectedLocation),
  directory: peopleOf({ email: SAM, workPlace: CLAIMS_AUSTIN, ...more }),
});
const NEW_HIRE = claiming({ hiredTime: FIRST_DAY });
const SETTLED = claiming({ hiredTime: YEARS_AGO });

const severities = (alerts: readonly Alert[]): readonly string[] => alerts.map(({ severity }) => severity);
const found = (events: readonly SourceEvent[], options: RunOptions = NEW_HIRE): readonly string[] =>
  severities(runOnce(events, options));

describe('somebody who is not where they are said to work', () => {
  it('is an alert within the first week of a new hire, with what was seen instead', () => {
    const days = [...signInsOn(daysFrom(0, 3), { place: LAS_VEGAS }), ...signInsOn([4], { place: DENVER })];
    const [alert, ...others] = runOnce(days, NEW_HIRE);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      detection: 'unexpected-location',
      severity: 'high',
      confidence: 'high',
      subject: { kind: 'person', id: SAM },
      object: { kind: 'place', id: 'US/texas/austin', name: 'Austin, TX, US' },
      time: new Date(onDay(4)).toISOString(),
      summary: 'Signed in on 5 of the last 14 days, on none of them within 150 km of Austin, TX, US.',
      count: 5,
    });
    expect(alert?.why[0]).toBe(
      'They are said to work in Austin, TX, US; seen instead in Las Vegas, US on 4 days, Denver, US on 1 day.',
    );
    expect(alert?.evidence.map(({ source, feed, eventId }) => [source, feed, eventId])).toEqual(
      daysFrom(0, 4).map((day) => ['okta', 'system-log', `okta-${SAM}-${day}-10`]),
    );
  });

  it('stays one alert, which tells the newest', () => {
    const alerts = runOnce(signInsOn(daysFrom(0, 30), { place: LAS_VEGAS }), NEW_HIRE);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.summary).toContain('Signed in on 14 of the last 14 days');
    expect(alerts[0]?.evidence.at(-1)?.eventId).toBe(`okta-${SAM}-30-10`);
  });

  it('is an alert after three days in another country', () => {
    const [alert] = runOnce(signInsOn(daysFrom(0, 2), { place: SHENYANG }), NEW_HIRE);
    expect(alert?.severity).toBe('high');
    expect(alert?.summary).toBe('Signed in on 3 of the last 14 days, on none of them in United States (US).');
    expect(found(signInsOn(daysFrom(0, 1), { place: SHENYANG }))).toEqual([]);
  });

  it('is compared over all sources', () => {
    const sources = ['okta', 'entra', 'google', 'aws'] as const;
    const days = daysFrom(0, 4).flatMap((day) =>
      signInsOn([day], { place: LAS_VEGAS, source: sources[day % sources.length] ?? 'okta' }),
    );
    const [alert] = runOnce(days, NEW_HIRE);
    expect(new Set(alert?.evidence.map(({ source }) => source))).toEqual(new Set(sources));
  });

  it('is told by the claimed region, and by the claimed country, when no city is known', () => {
    const texas = claiming({ workPlace: { country: 'US', region: 'Texas' } });
    expect(found(signInsOn(daysFrom(0, 4), { place: HOUSTON }), texas)).toEqual([]);
    const [alert] = runOnce(signInsOn(daysFrom(0, 4), { place: LAS_VEGAS }), texas);
    expect(alert?.summary).toContain('none of them in or near Texas');
    const us = claiming({ workPlace: { country: 'US' } });
    expect(found(signInsOn(daysFrom(0, 9), { place: LAS_VEGAS }), us)).toEqual([]);
    expect(found(signInsOn(daysFrom(0, 9), { place: SHENYANG }), us)).toEqual(['high']);
  });

  it('is an alert of somebody whose day of hire nobody says', () => {
    expect(found(signInsOn(daysFrom(0, 4), { place: LAS_VEGAS }), claiming())).toEqual(['high']);
  });

  it('counts little of somebody settled until it is longer than a trip of a week', () => {
    expect(found(signInsOn(daysFrom(0, 6), { place: LAS_VEGAS }), SETTLED)).toEqual(['low']);
    expect(found(signInsOn(daysFrom(0, 7), { place: LAS_VEGAS }), SETTLED)).toEqual(['high']);
    expect(found(signInsOn(daysFrom(0, 6), { place: LISBON }), SETTLED)).toEqual(['low']);
    expect(found(signInsOn(daysFrom(0, 7), { place: LISBON }), SETTLED)).toEqual(['high']);
  });

  it('is not forgiven for one day there', () => {
    const days = [...signInsOn([0], { place: AUSTIN }), ...signInsOn(daysFrom(1, 6), { place: LAS_VEGAS })];
    const [alert] = runOnce(days, NEW_HIRE);
    expect(alert?.summary).toContain('on 7 of the last 14 days, on only 1 of them within 150 km');
  });
});

describe('near misses', () => {
  it('is silent about four days elsewhere', () => {
    expect(found(signInsOn(daysFrom(0, 3), { place: LAS_VEGAS }))).toEqual([]);
  });

  it('is silent about a commuter within 150 km, and about hotel nights', () => {
    const days = [
      ...signInsOn(daysFrom(0, 9), { place: SAN_ANTONIO }),
      ...signInsOn(daysFrom(10, 11), { place: DENVER }),
    ];
    expect(found(days)).toEqual([]);
  });

  it('is silent when one day of five is spent there', () => {
    const days = [
      ...signInsOn([0, 5], { place: AUSTIN }),
      ...signInsOn([1, 2, 3, 4, 6, 7, 8, 9], { place: LAS_VEGAS }),
    ];
    expect(found(days)).toEqual([]);
  });

  it('counts a day as one there, wherever else they were on it', () => {
    const days = daysFrom(0, 9).flatMap((day) => [
      ...signInsOn([day], { place: AUSTIN, hour: 9 }),
      ...signInsOn([day], { place: LAS_VEGAS, hour: 18 }),
    ]);
    expect(found(days)).toEqual([]);
  });

  it('is silent about a trip of somebody who has been there, were it a fortnight in another country', () => {
    const days = [
      ...signInsOn(daysFrom(0, 9), { place: AUSTIN }),
      ...signInsOn(daysFrom(10, 23), { place: LISBON }),
      ...signInsOn(daysFrom(24, 40), { place: AUSTIN }),
    ];
    expect(found(days)).toEqual([]);
    expect(found(days, SETTLED)).toEqual([]);
  });

  it('remembers for a year that they have been there', () => {
    const days = [
      ...signInsOn(daysFrom(0, 9), { place: AUSTIN }),
      ...signInsOn(daysFrom(300, 310), { place: LISBON }),
    ];
    expect(found(days)).toEqual([]);
  });

  it('takes four weeks elsewhere for a move: low in the country, medium abroad', () => {
    const moved = (place: typeof LISBON): readonly string[] =>
      found([...signInsOn(daysFrom(0, 9), { place: AUSTIN }), ...signInsOn(daysFrom(10, 40), { place })]);
    expect(moved(DENVER)).toEqual(['low']);
    expect(moved(LISBON)).toEqual(['medium']);
  });

  it('counts phone networks and relays by their country alone', () => {
    for (const kind of ['mobile', 'relay'] as const) {
      const through = (place: typeof LISBON): readonly string[] =>
        found(signInsOn(daysFrom(0, 9), { place, network: network(kind) }));
      expect([kind, through(LAS_VEGAS), through(SHENYANG)]).toEqual([kind, [], ['high']]);
    }
  });

  it('does not count gateways, satellites and data centres as places', () => {
    for (const kind of ['sase', 'satellite'] as const)
      expect(found(signInsOn(daysFrom(0, 9), { place: LAS_VEGAS, network: network(kind) }))).toEqual([]);
  });

  it('lets the organization’s own office vouch for its people, and speak against nobody', () => {
    const office = network('office', { decidedBy: 'policy' });
    const inOffice = (place: typeof LISBON): readonly string[] =>
      found(
        [
          ...signInsOn(daysFrom(0, 9), { place, network: office }),
          ...signInsOn(daysFrom(10, 15), { place: LISBON }),
        ],
        NEW_HIRE,
      );
    expect(inOffice(AUSTIN)).toEqual([]);
    expect(inOffice(DENVER)).toEqual(['high']);
    expect(found(signInsOn(daysFrom(0, 9), { place: DENVER, network: office }))).toEqual([]);
    const vpn = network('corporate-vpn', { decidedBy: 'policy' });
    expect(found(signInsOn(daysFrom(0, 9), { place: DENVER, network: vpn }))).toEqual([]);
  });

  it('counts only sign-ins that succeeded, by somebody at the keyboard', () => {
    const place = LAS_VEGAS;
    expect(found(signInsOn(daysFrom(0, 9), { place, status: 'failure' }))).toEqual([]);
    expect(found(signInsOn(daysFrom(0, 9), { place, interactive: false }))).toEqual([]);
  });

  it('does not believe a place that the record itself disputes', () => {
    const place = { ...LAS_VEGAS, disputedBy: { text: 'Austin, US', distanceKm: 1_750 } };
    expect(found(signInsOn(daysFrom(0, 9), { place }))).toEqual([]);
  });
});

describe('somebody who withholds where they are', () => {
  const vpn = network('vpn', { operator: 'NORD_VPN', decidedBy: 'record' });
  const hidden = (days: readonly number[], net = vpn): readonly SourceEvent[] =>
    signInsOn(days, { place: AUSTIN, network: net });

  it('is high when new and never seen without it, medium otherwise', () => {
    const [alert] = runOnce(hidden(daysFrom(0, 4)), NEW_HIRE);
    expect(alert?.severity).toBe('high');
    expect(alert?.summary).toBe(
      'Signed in on 5 of the last 14 days, on 5 of them only through VPNs, proxies or Tor: nobody can tell where they are.',
    );
    expect(alert?.why[1]).toBe('Through NORD_VPN (vpn) on 5 days.');
    expect(found(hidden(daysFrom(0, 4)), SETTLED)).toEqual(['medium']);
  });

  it('is low when they have been seen at the claimed place', () => {
    expect(found([...signInsOn([0, 1], { place: AUSTIN }), ...hidden(daysFrom(2, 6))])).toEqual(['low']);
  });

  it('is low when it may as well be a computer in a data centre', () => {
    expect(found(hidden(daysFrom(0, 9), network('hosting')))).toEqual(['low']);
  });

  it('is nothing on half of the days, through operators that people may use, or on four days', () => {
    const half = [...signInsOn(daysFrom(0, 4), { place: AUSTIN }), ...hidden(daysFrom(5, 9))];
    expect(found(half)).toEqual([]);
    expect(found(hidden(daysFrom(0, 9), { ...vpn, operatorAllowed: true }))).toEqual([]);
    expect(found(hidden(daysFrom(0, 3)))).toEqual([]);
  });

  it('is nothing once they are at the claimed place for a week', () => {
    const days = [...signInsOn(daysFrom(0, 6), { place: AUSTIN }), ...hidden(daysFrom(7, 30))];
    expect(found(days)).toEqual([]);
  });
});

describe('in the end', () => {
  it('is withdrawn once they are at the claimed place on most days', () => {
    const away = signInsOn(daysFrom(0, 5), { place: LAS_VEGAS });
    expect(found([...away, ...signInsOn(daysFrom(6, 9), { place: AUSTIN })])).toEqual(['high']);
    expect(found([...away, ...signInsOn(daysFrom(6, 11), { place: AUSTIN })])).toEqual([]);
  });

  it('is withdrawn when another place is claimed by now, and compared with that', () => {
    const days = signInsOn(daysFrom(0, 5), { place: LAS_VEGAS });
    const context = {
      subject: { kind: 'person', id: SAM } as const,
      rules: rulesOf(unexpectedLocation),
      policy: NO_POLICY,
      organization: { peopleCount: 10, domains: [], partnerDomains: [] },
      failed: (_: string, __: unknown, cause: unknown) => {
        throw cause;
      },
      cannotTell: () => undefined,
    };
    const person = peopleOf({ email: SAM, workPlace: CLAIMS_AUSTIN, hiredTime: FIRST_DAY }).person(SAM);
    const first = evaluate(newSubject(), days, { now: onDay(9), seal: true }, { ...context, person });
    expect(first.alerts).toHaveLength(1);
    const corrected = peopleOf({ email: SAM, workPlace: { country: 'US', region: 'NV' } }).person(SAM);
    const events = signInsOn([10], { place: LAS_VEGAS });
    const when = { now: onDay(10), seal: true };
    const second = evaluate(first.state, events, when, { ...context, person: corrected });
    expect(second.alerts).toEqual([]);
    expect(second.withdrawn).toEqual([first.alerts[0]?.id]);
  });

  it('cannot tell of somebody whose place nobody claims, or whose address has none', () => {
    const reasons: string[] = [];
    const told = (options: Partial<RosterRow>, place?: typeof LISBON): readonly string[] => {
      reasons.length = 0;
      evaluate(
        newSubject(),
        signInsOn([0], { place }),
        { now: onDay(1), seal: false },
        {
          subject: { kind: 'person', id: SAM },
          rules: rulesOf(unexpectedLocation),
          policy: NO_POLICY,
          person: peopleOf({ email: SAM, ...options }).person(SAM),
          organization: { peopleCount: 10, domains: [], partnerDomains: [] },
          failed: (_, __, cause) => {
            throw cause;
          },
          cannotTell: (_, because) => reasons.push(because),
        },
      );
      return [...reasons];
    };
    expect(told({}, LAS_VEGAS)).toEqual(['nobody says where the person works']);
    expect(told({ workPlace: { city: 'Remote' } }, LAS_VEGAS)).toEqual([
      'nobody says where the person works',
    ]);
    expect(told({ workPlace: CLAIMS_AUSTIN })).toEqual(['the address has no place']);
  });
});

describe('approvals', () => {
  const approved = (kind: ApprovalKind, more: object = {}): Policy => ({
    ...NO_POLICY,
    approvals: [{ kind, for: { people: [SAM] }, until: onDay(60), reason: 'A season by the sea', ...more }],
  });
  const days = signInsOn(daysFrom(0, 9), { place: LISBON });

  it.each(['location', 'travel'] as const)('of %s cover it', (kind) => {
    expect(found(days, { ...NEW_HIRE, policy: approved(kind, { country: 'PT' }) })).toEqual([
      'informational',
    ]);
    expect(found(days, { ...NEW_HIRE, policy: approved(kind, { city: 'lisbon' }) })).toEqual([
      'informational',
    ]);
  });

  it('of another country, another kind, or the past do not', () => {
    expect(found(days, { ...NEW_HIRE, policy: approved('travel', { country: 'ES' }) })).toEqual(['high']);
    expect(found(days, { ...NEW_HIRE, policy: approved('bulk') })).toEqual(['high']);
    expect(found(days, { ...NEW_HIRE, policy: approved('travel', { until: FIRST_DAY }) })).toEqual(['high']);
  });
});

describe('whatever the order', () => {
  const story = [
    ...signInsOn(daysFrom(0, 9), { place: LAS_VEGAS }),
    ...signInsOn(daysFrom(0, 9), { place: LAS_VEGAS, hour: 15, source: 'entra' }),
    ...signInsOn([2, 6], { place: SHENYANG, hour: 3 }),
  ];

  it('comes to the same in batches, up to a day late, with events given twice', () => {
    const whole = runOnce(story, NEW_HIRE);
    expect(whole).toHaveLength(1);
    const batches = daysFrom(0, 10).map((day) =>
      story.filter(({ time, source }) => {
        const arrives = source === 'entra' ? time + 0.9 * DAY_MS : time;
        return arrives >= onDay(day, 0) && arrives < onDay(day + 1, 0);
      }),
    );
    const repeated = batches.map((batch, index) => [...batch, ...(batches[index - 1] ?? [])].reverse());
    expect(runInBatches(repeated, NEW_HIRE)).toEqual(whole);
    expect(runOnce([...story].reverse(), NEW_HIRE)).toEqual(whole);
  });

  it('comes to the same when two sign-ins have one time', () => {
    const twins = daysFrom(0, 5).flatMap((day) => [
      ...signInsOn([day], { place: LAS_VEGAS, source: 'okta' }),
      ...signInsOn([day], { place: DENVER, source: 'entra' }),
    ]);
    expect(runOnce([...twins].reverse(), NEW_HIRE)).toEqual(runOnce(twins, NEW_HIRE));
  });
});

it('keeps its memory small, whatever is written into the records', () => {
  const place = { ...LAS_VEGAS, city: 'x'.repeat(256) };
  const events = daysFrom(0, 400).flatMap((day) => [
    ...signInsOn([day], { place }),
    ...signInsOn([day], { place: LISBON, hour: 11 }),
    ...signInsOn([day], { place, hour: 12, network: network('vpn') }),
  ]);
  const { state } = evaluate(
    newSubject(),
    events,
    { now: onDay(500), seal: true },
    {
      subject: { kind: 'person', id: SAM },
      rules: rulesOf(unexpectedLocation),
      policy: NO_POLICY,
      person: peopleOf({ email: SAM, workPlace: CLAIMS_AUSTIN }).person(SAM),
      organization: { peopleCount: 10, domains: [], partnerDomains: [] },
      failed: (_, __, cause) => {
        throw cause;
      },
      cannotTell: () => undefined,
    },
  );
  expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(15_000);
});

describe('unexpected-location from the vendors’ records', () => {
  const address = '8.20.30.40';
  const LYON = { country_code: 'FR', state1: 'Rhone', city: 'Lyon', latitude: 45.764, longitude: 4.8357 };

  it.each([
    ['Okta', 'okta/system-log/session-start-vpn', { securityContext: {} }, 'Rotterdam, NL'],
    ['Entra', 'entra/signIns/interactive-v1', { ipAddress: address, location: null }, 'Lyon, FR'],
    ['Google', 'google/login/success-two-factors', { ipAddress: address }, 'Lyon, FR'],
    ['AWS', 'aws/cloudtrail/console-login-of-session', { sourceIPAddress: address }, 'Lyon, FR'],
  ])('%s shows where somebody is', (_name, path, over, there) => {
    const [signedIn] = eventsOf(fixture(path, over), { city: () => LYON }).filter(
      (event) => event.kind === 'authentication',
    );
    const email = signedIn?.actor?.address ?? signedIn?.actor?.sessionName ?? '';
    const events = daysFrom(0, 2).flatMap((day) =>
      signedIn === undefined ? [] : [{ ...signedIn, time: onDay(day), uid: `${signedIn.uid}-${day}` }],
    );
    const directory = peopleOf({ email, workPlace: CLAIMS_AUSTIN });
    const [alert] = runOnce(events, { rules: rulesOf(unexpectedLocation), directory });
    expect([alert?.severity, alert?.subject.id]).toEqual(['high', email]);
    expect(alert?.why[0]).toContain(`${there} on 3 days`);
    expect(alert?.evidence[0]).toMatchObject({ source: signedIn?.source, eventId: `${signedIn?.uid}-0` });
  });
});
