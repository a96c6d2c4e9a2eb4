/**
 * The same, with everything going wrong that may: DynamoDB and the other services throttle and fail, connections break
 * before and after a call took effect, functions are killed in the middle of a call, messages and stream records come
 * twice and in another order, vendors are late, limit and fail. Nothing is lost, nothing doubled.
 */
import { HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { OUTPUT } from '../../lib/config/names.ts';
import { dueOf } from '../../lib/pipeline/notify-channel.ts';
import { demoCompany } from '../../lib/simulator/company/demo-company.ts';
import { promptly, type Listing } from '../../lib/simulator/company/vendors.ts';
import { randomFrom } from '../../lib/simulator/random.ts';
import { MISCHIEF, type Twin } from '../../lib/simulator/twin/index.ts';
import { findTold } from '../../lib/stores/notified.ts';
import { comparable, idOf, lastDays, runCompany, type CompanyRun } from './company-run.ts';

const END = Date.UTC(2026, 10, 20, 12);
const random = randomFrom(11);

/** As late as each vendor may be for Ringer to promise that the record counts in its place. */
const MOST_LATE_MS = {
  okta: 18 * HOUR_MS,
  entra: 40 * MINUTE_MS,
  drive: 11 * HOUR_MS,
  cloudtrail: 18 * HOUR_MS,
} as const;

/** Most records come within minutes, one in eight much later; some files of the trail come twice. */
function late(listings: readonly Listing[]): readonly Listing[] {
  return listings.flatMap((each) => {
    const isLate = random.next() < 1 / 8;
    const delayMs = Math.round(random.next() * (isLate ? MOST_LATE_MS[each.vendor] : 5 * MINUTE_MS));
    const first = { ...each, listedAt: each.at + delayMs };
    const comesTwice = each.vendor === 'cloudtrail' && random.next() < 1 / 20;
    return comesTwice ? [first, { ...first, listedAt: first.listedAt + HOUR_MS }] : [first];
  });
}

/** A call in a hundred fails at first, in one of the ways there are. */
async function injectFaults({ aws }: Twin): Promise<void> {
  const kinds = ['throttle', 'server-error', 'reset-before', 'reset-after', 'partial'] as const;
  for (const [seed, kind] of kinds.entries()) await aws.inject({ kind, share: 0.003, seed });
  // Now and then a table refuses for longer than the SDK has patience.
  for (let after = 2_000; after < 40_000; after += 5_000)
    await aws.inject({ kind: 'throttle', action: 'dynamodb:', after, times: 12 });
}

let run: CompanyRun;
let listings: readonly Listing[];
let twin: Twin;
let kills = 0;

beforeAll(async () => {
  const company = lastDays(demoCompany(END, 8), 2);
  const victims = [
    'detect',
    'notify',
    'evidence',
    'tick',
    'collect-okta',
    'collect-microsoft',
    'collect-google',
  ];
  listings = late(promptly(company));
  let invocations = 0;
  run = await runCompany({
    company,
    listings,
    twin: { mischief: MISCHIEF, seed: 5 },
    async before(deployed) {
      twin = deployed;
      await injectFaults(deployed);
    },
    listeners: {
      onInvocation() {
        if (++invocations % 25 !== 0) return;
        const [victim] = twin.functionsOf(victims[random.between(0, victims.length - 1)] ?? '');
        if (victim === undefined) return;
        kills++;
        void twin.aws.killAt(victim.name, random.between(1, 9), random.next() < 0.5 ? 'before' : 'after');
      },
    },
  });
}, 900_000);
afterAll(() => run.stop());

it('went wrong often enough to say something', async () => {
  const outcomes = new Map<string, number>();
  for (const { outcome } of await twin.aws.calls()) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  expect(outcomes.get('killed') ?? 0).toBeGreaterThan(20);
  expect(outcomes.get('reset') ?? 0).toBeGreaterThan(20);
  expect(kills).toBeGreaterThan(40);
});

it('ends at the alerts that a scan of the archive finds', () => {
  const withdrawn = run.alerts.filter(({ status }) => status === 'withdrawn').length;
  process.stdout.write(`alerts raised and later withdrawn: ${withdrawn} of ${run.alerts.length}\n`);
  expect(run.scanned.length).toBeGreaterThan(4);
  expect(comparable(run.alerts)).toEqual(comparable(run.scanned));
});

it('archived every record that was listed', () => {
  expect(listings.length).toBeGreaterThan(100);
  expect(listings.map(({ record }) => idOf(record)).filter((id) => !run.archived.has(id))).toEqual([]);
});

it('owes nobody a message, and told nobody of the same more than twice', async () => {
  const alerts = twin.table(twin.outputs[OUTPUT.alertsTable] ?? '');
  for (const alert of run.alerts.filter(({ status }) => status === 'open')) {
    const told = await findTold(alerts, alert.id);
    expect([alert.id, dueOf(alert, told.get('topic'), 'low', run.now)]).toEqual([alert.id, 'nothing']);
  }
  const times = new Map<string, number>();
  for (const { channel, to, subject } of await twin.notifications()) {
    const of = /(informational|low|medium|high|critical).*\(([0-9a-f]{8})\)/.exec(subject ?? '');
    if (of === null) continue;
    const key = `${channel} ${to} ${of[1]} ${of[2]}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  expect([...times].filter(([, count]) => count > 2)).toEqual([]);
});
