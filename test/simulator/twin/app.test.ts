/** Ringer itself in its twin: what is synthesised from a ringer.yaml, from a fake Okta to the people who are told. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { FakeOkta } from '../../../lib/simulator/okta/fake-okta.ts';
import { MOSCOW, NEW_YORK, sessionStart } from '../../../lib/simulator/okta/records.ts';
import { deployTwin, functionOfCaller, TwinClock, type Twin } from '../../../lib/simulator/twin/index.ts';

const TOKEN = '00invented-token';
const START = Date.UTC(2026, 10, 2, 9);
const clock = new TwinClock(START);
const okta = new FakeOkta({ token: TOKEN, now: clock.now });
let twin: Twin;

function configOf(yaml: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'ringer-twin-')), 'ringer.yaml');
  writeFileSync(path, yaml);
  return path;
}

beforeAll(async () => {
  const config = configOf(
    `
schemaVersion: 1
organization: { name: Example, domains: [example.com] }
sources:
  - { name: okta, type: okta, orgUrl: '${await okta.start()}', credentials: 'secret:ringer/okta', feeds: [system-log] }
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: medium }
    - { type: slack, workspaceId: T0EXAMPLE, channelId: C0EXAMPLE, minimumSeverity: high }
`,
  );
  twin = await deployTwin({ clock, deploy: { config }, secrets: { 'ringer/okta': TOKEN } });
});

afterAll(async () => {
  await twin.stop();
  await okta.stop();
});

it('tells people once of sign-ins that nobody could travel between', async () => {
  const who = { login: 'Ada.Novak@example.com', name: 'Ada Novak' };
  await twin.runUntil(START + HOUR_MS);
  okta.add(
    sessionStart({
      ...who,
      uuid: 'f8f1d2a4-0001',
      time: clock.now() - 90 * MINUTE_MS,
      ip: '192.0.2.10',
      place: NEW_YORK,
    }),
    sessionStart({
      ...who,
      uuid: 'f8f1d2a4-0002',
      time: clock.now() - 30 * MINUTE_MS,
      ip: '203.0.113.77',
      place: MOSCOW,
    }),
  );
  const found: string[] = [];

  await twin.runUntil(START + 3 * HOUR_MS, { onAlert: ({ alert }) => found.push(alert.detection) });

  expect(new Set(found)).toEqual(new Set(['impossible-travel']));
  const told = (await twin.notifications()).filter(({ subject = '', text }) =>
    (subject + text).includes('impossible-travel'),
  );
  expect(told).toMatchObject([
    { channel: 'email', to: 'security@example.com', text: expect.stringContaining('Moscow, RU') as string },
    { channel: 'slack', to: 'ringer/slack-C0EXAMPLE', blocks: expect.any(Array) as unknown[] },
  ]);
});

it('tells them within a minute and the queue’s window of what Okta had', async () => {
  const [first] = await twin.notifications();
  expect(first?.time).toBeLessThanOrEqual(START + HOUR_MS + MINUTE_MS + 5 * SECOND_MS);
});

it('makes no call that a function’s role does not allow', async () => {
  const calls = (await twin.aws.calls()).filter(({ caller }) =>
    twin.plan.functions.has(functionOfCaller(caller)),
  );
  const forbidden = calls.flatMap(({ caller, action, resources }) =>
    resources
      .filter((resource) => !twin.decide(functionOfCaller(caller), action, resource).allowed)
      .map((resource) => [caller, action, resource]),
  );
  expect(calls.length).toBeGreaterThan(100);
  expect(forbidden).toEqual([]);
});

it('fails no invocation', () => {
  const failed = twin.invocations.filter(({ outcome }) => !outcome.ok);
  expect(failed.map(({ functionName, outcome }) => [functionName, outcome])).toEqual([]);
});

it('says what is wrong with a ringer.yaml', async () => {
  const config = configOf('schemaVersion: 1\nsourcess: []\n');
  await expect(deployTwin({ clock: new TwinClock(START), deploy: { config } })).rejects.toThrow('sourcess');
});
