/** Alerts about Ringer itself: those who could blind it are told on. */
import { parseConfig } from '../../lib/config/read-config.ts';
import type { Authentication } from '../../lib/core/events/index.ts';
import { DAY_MS, HOUR_MS } from '../../lib/core/time.ts';
import { detect } from '../../lib/pipeline/detect.ts';
import { approvalWatch, watchSettings } from '../../lib/pipeline/watch-settings.ts';
import { readApprovals, recordApproval } from '../../lib/stores/approvals.ts';
import { PipelineTables } from '../support/pipeline-tables.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const tables = new PipelineTables();
beforeEach(() => tables.open());
afterEach(() => tables.close());

const BEFORE = `
sources: [{ name: okta, type: okta }, { name: google, type: google, feeds: [login, drive] }]
alerts: { channels: [{ type: email, to: security@example.com, minimumSeverity: medium }] }
`;

async function deployed(yaml: string, now = NOW): Promise<void> {
  await watchSettings(parseConfig(yaml), tables, now);
}

async function said(): Promise<readonly (readonly [string, readonly string[]])[]> {
  return (await tables.everyAlert()).map(({ severity, why }) => [severity, why]);
}

it('says nothing of the first deployment, nor of one that changes nothing', async () => {
  await deployed(BEFORE);
  await deployed(`# the same\n${BEFORE}`);
  expect(await said()).toEqual([]);
});

it.each([
  ['a source', BEFORE.replace('{ name: okta, type: okta }, ', ''), 'sources.okta: taken away'],
  [
    'a feed',
    BEFORE.replace('login, drive', 'login'),
    'sources.google.feeds: ["drive","login"] is now ["login"]',
  ],
  [
    'a channel that wants only the worst now',
    BEFORE.replace('medium', 'critical'),
    'alerts.channels.email.security@example.com: ["medium","full"] is now ["critical","full"]',
  ],
  [
    'a connection that asks another server',
    BEFORE.replace('type: okta }', 'type: okta, orgUrl: https://example.net }'),
    'sources.okta.where: {} is now {"orgUrl":"https://example.net"}',
  ],
  [
    'a detection that is switched off',
    `${BEFORE}detections: { mouse-jiggler: { enabled: false } }`,
    'detections.mouse-jiggler: added, {"enabled":false}',
  ],
  [
    'a tool that everybody may use now',
    `${BEFORE}policy: { remoteTools: [{ name: AnyDesk }] }`,
    'policy.remoteTools.{"name":"AnyDesk"}: added',
  ],
])('raises an alert for %s', async (_, after, line) => {
  await deployed(BEFORE);
  await deployed(after, NOW + HOUR_MS);
  await deployed(after, NOW + 2 * HOUR_MS);
  const [first, ...others] = await said();
  expect(first).toEqual(['medium', expect.arrayContaining([line])]);
  expect(others).toEqual([]);
});

it('thinks little of a source that is added', async () => {
  await deployed(BEFORE);
  await deployed(BEFORE.replace('sources: [', 'sources: [{ name: aws, type: aws }, '), NOW + HOUR_MS);
  expect((await said()).map(([severity]) => severity)).toEqual(['low']);
});

it('says so again when the same is undone and done again another day', async () => {
  await deployed(BEFORE);
  const less = BEFORE.replace('login, drive', 'login');
  for (const [day, yaml] of [less, BEFORE, less].entries()) await deployed(yaml, NOW + day * DAY_MS);
  expect(await said()).toHaveLength(3);
});

it('tells of a recorded approval, and of who recorded it, once', async () => {
  const approval = { kind: 'travel', until: NOW + DAY_MS, reason: 'conference' } as const;
  const scope = { for: { people: ['ada.novak@example.com'] } };
  await recordApproval(
    tables.directory,
    { ...approval, ...scope },
    'arn:aws:iam::123456789012:user/eve',
    NOW,
  );
  for (let process = 0; process < 2; process++) {
    await approvalWatch(tables.alerts)(await readApprovals(tables.directory), NOW + HOUR_MS);
  }
  const alerts = await tables.everyAlert();
  expect(alerts.map(({ summary }) => summary)).toEqual([
    'arn:aws:iam::123456789012:user/eve approved travel until 2026-11-03: conference',
  ]);
});

it('tells of a grave alert that an approval made one of no urgency', async () => {
  const signIn = (uid: string, time: number, lat: number, lon: number, ip: string): Authentication => ({
    ...{ kind: 'authentication', activity: 'logon', status: 'success', interactive: true },
    ...{ time, source: 'okta', feed: 'system-log', uid },
    actor: { type: 'user', address: 'ada.novak@example.com' },
    srcEndpoint: { ip, vendorPlace: { lat, lon } },
  });
  const run = tables.detecting(NOW);
  const approval = { kind: 'travel', until: NOW + DAY_MS, reason: 'visa run' } as const;
  await detect(
    [signIn('a', NOW - HOUR_MS, 40.71, -74.01, '192.0.2.10'), signIn('b', NOW, 55.75, 37.62, '203.0.113.77')],
    {
      ...run,
      policy: {
        ...run.policy,
        approvals: [{ ...approval, for: { people: ['ada.novak@example.com'] } }],
      },
    },
  );
  const alerts = await tables.everyAlert();
  expect(alerts.map(({ detection, severity }) => [detection, severity]).sort()).toEqual([
    ['impossible-travel', 'informational'],
    ['ringer-approval', 'medium'],
  ]);
});
