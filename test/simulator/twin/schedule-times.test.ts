import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS } from '../../../lib/core/time.ts';
import { readTurns } from '../../../lib/simulator/twin/run/schedule-times.ts';

const MONDAY_NOON = Date.UTC(2026, 10, 2, 12);

it.each([
  ['rate(1 minute)', MINUTE_MS],
  ['rate(6 hours)', 6 * HOUR_MS],
  ['rate(1 day)', DAY_MS],
])('has a turn of %s every %d ms', (expression, everyMs) => {
  const turns = readTurns(expression, false);
  expect(turns.first(MONDAY_NOON)).toBe(MONDAY_NOON + everyMs);
  expect(turns.after(MONDAY_NOON)).toBe(MONDAY_NOON + everyMs);
});

it.each([
  ['cron(0 7 ? * MON *)', '2026-11-09T07:00:00.000Z'],
  ['cron(0 7 ? * 3 *)', '2026-11-03T07:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-11-02T12:15:00.000Z'],
  ['cron(5,10 13-14 * * ? *)', '2026-11-02T13:05:00.000Z'],
  ['cron(0 0 29 2 ? *)', '2028-02-29T00:00:00.000Z'],
  ['cron(30 8 ? JAN-FEB TUE-WED 2027)', '2027-01-05T08:30:00.000Z'],
])('has the next turn of %s at %s', (expression, expected) => {
  expect(isoTime(readTurns(expression, true).first(MONDAY_NOON))).toBe(expected);
});

it.each(['at(2026-11-02T12:00:00)', 'cron(0 7 L * ? *)', 'rate(5 seconds)'])('refuses %s', (expression) => {
  expect(() => readTurns(expression, true)).toThrow('does not know');
});
