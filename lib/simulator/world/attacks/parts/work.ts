/** What days of work leave behind, when who does the work is not where, when or who the company believes. */
import { SECOND_MS } from '../../../../core/time.ts';
import type { Stage } from '../../attack.ts';
import { cloudFile, driveFile } from '../../benign/files.ts';
import type { From } from '../../geography.ts';
import type { CityName } from '../../places/cities.ts';
import { objectRead, portalSignIn, roleEntered } from '../../records/aws.ts';
import { entraSignIn } from '../../records/entra.ts';
import { driveActivity } from '../../records/google.ts';
import { fileOperation } from '../../records/m365.ts';
import { factorVerified, singleSignOn } from '../../records/okta.ts';
import type { Laptop, Staff } from '../../staff.ts';
import { note } from './note.ts';
import { signIn } from './sign-in.ts';

export type Vendor = 'okta' | 'microsoft' | 'google' | 'aws';

export interface Working {
  /** Where they are seen from on a day. */
  readonly from: (day: number) => From;
  /** By whose clock the day goes. */
  readonly clock: Staff | CityName;
  /** On that clock; 9 to 18 unless said otherwise. */
  readonly hours?: readonly [begin: number, end: number];
  /** Where it shows; everywhere but AWS unless said otherwise. */
  readonly vendors?: readonly Vendor[];
  /** The company's laptop, unless it is a computer of their own. */
  readonly onOwnComputer?: boolean;
}

/** One day of somebody's work. */
interface Day {
  readonly stage: Stage;
  readonly who: Staff;
  readonly from: From;
  readonly laptop?: Laptop;
  readonly begin: number;
  readonly sometime: () => number;
}

const APPLICATIONS = ['Slack', 'GitHub Enterprise Cloud', 'Atlassian Cloud', 'Google Workspace'] as const;

const SEEN_BY: Readonly<Record<Vendor, (day: Day) => void>> = { okta, microsoft, google, aws };

/** Somebody works on some days. */
export function work(stage: Stage, who: Staff, days: readonly number[], working: Working): void {
  const { random } = stage;
  const { from, clock, hours = [9, 18], vendors = ['okta', 'microsoft', 'google'] } = working;
  const [begin, end] = hours;
  for (const day of days) {
    const filled: Day = {
      ...{ stage, who, from: from(day) },
      ...(working.onOwnComputer !== true && { laptop: who.laptop }),
      begin: stage.at(day, begin + 0.4 * random.next(), clock),
      sometime: () => stage.at(day, begin + 0.5 + random.next() * (end - begin - 0.5), clock),
    };
    for (const vendor of vendors) SEEN_BY[vendor](filled);
  }
}

function okta({ stage, who, from, laptop, begin, sometime }: Day): void {
  const device = laptop === undefined ? {} : { device: laptop };
  for (const at of stage.random.next() < 0.5 ? [begin] : [begin, sometime()]) {
    note(stage, 'okta', factorVerified, who, at - 4 * SECOND_MS, from, device);
    signIn(stage, 'okta', who, at, from, laptop);
  }
  for (let left = stage.random.between(1, 3); left > 0; left--) {
    const application = stage.random.pick(APPLICATIONS);
    note(stage, 'okta', singleSignOn, who, sometime(), from, { application, ...device });
  }
}

function microsoft({ stage, who, from, laptop, begin, sometime }: Day): void {
  const { random } = stage;
  const device = laptop === undefined ? {} : { device: laptop };
  signIn(stage, 'entra', who, begin + random.between(20, 900) * SECOND_MS, from, laptop);
  if (random.next() < 0.5) signIn(stage, 'entra', who, sometime(), from, laptop);
  for (let left = random.between(2, 3); left > 0; left--)
    note(stage, 'entra', entraSignIn, who, sometime(), from, { byProgram: true, ...device });
  for (let left = random.between(2, 5); left > 0; left--) {
    const options = { operation: 'FileAccessed' as const, file: cloudFile(who, random), ...device };
    note(stage, 'm365', fileOperation, who, sometime(), from, options);
  }
}

function google({ stage, who, from, begin, sometime }: Day): void {
  const { random } = stage;
  signIn(stage, 'google', who, begin + random.between(20, 900) * SECOND_MS, from);
  for (let left = random.between(2, 6); left > 0; left--) {
    const options = { name: 'view' as const, file: driveFile(who, random) };
    note(stage, 'google', driveActivity, who, sometime(), from, options);
  }
}

function aws({ stage, who, from, laptop, begin, sometime }: Day): void {
  const device = laptop === undefined ? {} : { device: laptop };
  const at = begin + stage.random.between(60, 1_800) * SECOND_MS;
  note(stage, 'aws', portalSignIn, who, at, from, device);
  note(stage, 'aws', roleEntered, who, at + 20 * SECOND_MS, from, device);
  signIn(stage, 'aws', who, at + 22 * SECOND_MS, from, laptop);
  for (let left = stage.random.between(2, 6); left > 0; left--) {
    const key = `reports/2026/${String(stage.random.between(1, 9_999)).padStart(4, '0')}.csv`;
    note(stage, 'aws', objectRead, who, sometime(), from, { bucket: 'example-reports', key });
  }
}
