/**
 * `ringer demo`: a fortnight of an invented company, in a minute or two. What is deployed to AWS runs on this machine: the
 * synthesised stacks, the real handlers on their schedules, an AWS that speaks the protocols, four vendors over HTTP.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertText, safeAlert } from '../core/alerts/text.ts';
import type { Published } from '../core/alerts/publish.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { DAY_MS, HOUR_MS, SECOND_MS, type EpochMs } from '../core/time.ts';
import { demoCompany, type Company } from '../simulator/company/demo-company.ts';
import { playCompany } from '../simulator/company/play.ts';
import { beforeEverything, CompanyVendors, TRAIL_BUCKET } from '../simulator/company/vendors.ts';
import { deployTwin, TwinClock, type Twin } from '../simulator/twin/index.ts';
import type { StoredAlert } from '../stores/alerts.ts';
import { demoSummary } from './demo-summary.ts';
import { EXIT } from './exit.ts';
import { notice, ProgressLine, stdoutStyle, stdoutWidth } from './terminal.ts';

const SEED = 2026;
/** Vendors are asked every minute or five in earnest; that would be a fortnight of answers that there is nothing. */
const EVERY = '3 hours';

/** @returns 1 when something did not go as it should */
export async function demoVerb(): Promise<number> {
  const end = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const company = demoCompany(end, SEED);
  const start = beforeEverything(company);
  const folder = mkdtempSync(join(tmpdir(), 'ringer-demo-'));
  const vendors = new CompanyVendors(company, () => clock.now());
  const clock = new TwinClock(start);
  let twin: Twin | undefined;
  try {
    await vendors.start();
    notice('Deploying Ringer on this machine: three stacks, synthesised as for AWS.');
    const config = writeConfig(folder, company, vendors);
    twin = await deployTwin({ clock, deploy: { config }, secrets: vendors.secrets });
    await twin.aws.createBucket(TRAIL_BUCKET);
    notice(
      `${twin.plan.functions.size} functions, ${twin.plan.schedules.length} schedules. A fortnight begins at Okta, Microsoft, Google and AWS.\n`,
    );
    const begun = performance.now();
    await live(twin, vendors, { start, end });
    const seconds = (performance.now() - begun) / SECOND_MS;
    return (await demoSummary(twin, seconds)) ? EXIT.done : EXIT.failed;
  } finally {
    await twin?.stop();
    await vendors.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function live(
  twin: Twin,
  vendors: CompanyVendors,
  { start, end }: { readonly start: EpochMs; readonly end: EpochMs },
): Promise<void> {
  const progress = new ProgressLine();
  const shown = new Map<string, Severity>();
  await playCompany(twin, vendors, end, {
    onAlert(stored) {
      progress.clear();
      show(stored, shown, twin.clock.now());
    },
    onInvocation: () => {
      const days = (twin.clock.now() - start) / DAY_MS;
      progress.show(
        () =>
          `day ${days.toFixed(1)} of ${((end - start) / DAY_MS).toFixed(0)}, ${whenText(twin.clock.now())}`,
      );
    },
  });
  progress.clear();
}

/** Prints an alert when it is new, has become another severity, or is withdrawn; growth alone is not news here. */
function show({ alert }: StoredAlert, shown: Map<string, Severity>, now: EpochMs): void {
  // What the fleet may explain within minutes is told to nobody before, and not here either.
  if ((alert as Partial<Published>).awaiting === true) return;
  const before = shown.get(alert.id);
  if (alert.status === 'withdrawn') {
    if (before === undefined) return;
    shown.delete(alert.id);
    process.stdout.write(`${whenText(now)}  withdrawn: ${alert.title}, ${safeAlert(alert).subject.id}\n\n`);
    return;
  }
  if (before === alert.severity) return;
  shown.set(alert.id, alert.severity);
  const style = stdoutStyle();
  process.stdout.write(`${style.faint(`${whenText(now)}  found`)}\n`);
  process.stdout.write(`${alertText(safeAlert(alert), stdoutWidth(), style)}\n`);
}

function writeConfig(folder: string, company: Company, vendors: CompanyVendors): string {
  writeFileSync(join(folder, 'people.csv'), company.people);
  const path = join(folder, 'ringer.yaml');
  const yaml = `
organization: { name: Example, domains: [example.com] }
sources:${vendors.sources(EVERY)}
people: people.csv
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: medium }
    - { type: slack, workspaceId: T0EXAMPLE1, channelId: C0EXAMPLE1, minimumSeverity: high }
`;
  writeFileSync(path, yaml);
  return path;
}

/** @example whenText(Date.UTC(2026, 10, 19, 15, 45)) // => 'Thu 2026-11-19 15:45' */
export function whenText(time: EpochMs): string {
  const date = new Date(time);
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()] ?? '';
  return `${day} ${date.toISOString().slice(0, 16).replace('T', ' ')}`;
}
