import { NO_CAUSE } from '../../../bench/quality/causes.ts';
import { falseAlerts } from '../../../bench/quality/false-alerts.ts';
import { peopleAccused } from '../../../bench/quality/false-in.ts';
import { newHires } from '../../../bench/quality/new-hires.ts';
import { daysIn, honestSpans } from '../../../bench/quality/person-days.ts';
import { DAY_MS } from '../../../lib/core/time.ts';
import { day, HONEST, label, observed, RINGER, seen, START } from './observed.ts';

const about = (id: string, time: number, more = {}) =>
  seen({ detection: 'new-country', time, subject: { kind: 'person', id }, ...more });

it('an alert is false unless it is about an attack that has begun', () => {
  const { mediumOrMore } = falseAlerts([
    observed({
      labels: [label()],
      alerts: [
        about(RINGER, day(12)),
        about(RINGER, day(3)),
        about(HONEST, day(12)),
        about(HONEST, day(13), { related: [{ kind: 'person', id: RINGER }] }),
        about('192.0.2.7', day(12), {
          subject: { kind: 'address', id: '192.0.2.7' },
          related: [{ kind: 'person', id: RINGER }],
        }),
      ],
    }),
  ]);
  expect(mediumOrMore.count).toBe(3);
});

it('days count while somebody is employed, and honest', () => {
  const trial = observed({
    people: [
      { id: RINGER },
      { id: HONEST, hiredTime: START + 5 * DAY_MS, endsTime: START + 8 * DAY_MS },
      { id: 'later@example.com', hiredTime: START + 90 * DAY_MS },
    ],
    labels: [label()],
  });
  expect(daysIn(honestSpans(trial))).toBe(10.5 + 3);
});

it('counts by severity, by detection and by what would explain it', () => {
  const result = falseAlerts([
    observed({
      causes: { [HONEST]: ['consumer-vpn', 'traveller'], 'person-1@example.com': [] },
      alerts: [
        about(HONEST, day(2), { severity: 'high' }),
        about(HONEST, day(3), { severity: 'low', detection: 'new-network' }),
        about('person-1@example.com', day(3)),
      ],
    }),
  ]);
  expect(result.personDays).toBe(200);
  expect(result.bySeverity.high).toMatchObject({ count: 1, per1000: 5 });
  expect(result.mediumOrMore).toMatchObject({ count: 2, per1000: 10 });
  expect(result.highOrMore.count).toBe(1);
  expect(result.byDetection.map(({ detection }) => detection)).toEqual(['new-country', 'new-network']);
  expect(result.byCause.map(({ cause, personDays, counts }) => [cause, personDays, counts.high])).toEqual([
    ['consumer-vpn', 20, 1],
    ['traveller', 20, 1],
    [NO_CAUSE, 180, 0],
  ]);
});

it('names the doing that those who are named wrongly have more often than others', () => {
  const traveller = (id: string) => ({ [id]: ['public-link', 'traveller'] });
  const everybody = Object.fromEntries(observed().people.map(({ id }) => [id, ['public-link']]));
  const trial = observed({
    causes: { ...everybody, ...traveller(HONEST), ...traveller(RINGER) },
    alerts: [2, 3, 4, 5].map((n) => about(HONEST, day(n))),
  });
  const [result] = falseAlerts([trial]).byDetection;
  expect(result?.likeliest).toEqual({ cause: 'traveller', count: 4, of: 4 });
  const subject = { kind: 'organization', id: 'organization' } as const;
  const told = [2, 3, 4, 5].map((n) => about(HONEST, day(n), { subject }));
  const [organization] = falseAlerts([
    { ...trial, causes: { ...trial.causes, organization: ['traveller'] }, alerts: told },
  ]).byDetection;
  expect(organization?.likeliest).toBeUndefined();
  const [chance] = falseAlerts([{ ...trial, alerts: [about(HONEST, day(2))] }]).byDetection;
  expect(chance?.likeliest).toBeUndefined();
});

it('counts people once, however often they were named', () => {
  const trial = observed({ alerts: [about(HONEST, day(2)), about(HONEST, day(3))] });
  expect(peopleAccused([trial], () => true)).toMatchObject({ count: 1, of: 10 });
});

describe('the first fortnight of people', () => {
  const hired = observed({
    people: [
      { id: RINGER, hiredTime: START + 9 * DAY_MS },
      { id: HONEST, hiredTime: START - 4 * DAY_MS },
      { id: 'old@example.com', hiredTime: START - 400 * DAY_MS },
    ],
    labels: [label({ begin: START + 9 * DAY_MS })],
    alerts: [about(HONEST, day(2)), about(HONEST, day(12)), about('old@example.com', day(2))],
  });

  it('is counted apart', () => {
    expect(newHires([hired])).toMatchObject({
      personDays: 10,
      falseAlerts: { count: 1 },
      found: { count: 0, of: 1 },
    });
  });

  it('ends before an attack is found too late', () => {
    const found = (time: number) =>
      newHires([
        { ...hired, end: START + 60 * DAY_MS, alerts: [seen({ detection: 'impossible-travel', time })] },
      ]).found.count;
    expect(found(START + 22 * DAY_MS)).toBe(1);
    expect(found(START + 23 * DAY_MS)).toBe(0);
  });
});
