/** Software as Intune lists it. */
import { DAY_MS, HOUR_MS, type EpochMs } from '../../../../core/time.ts';
import type { RawRecord } from '../../../../sources/source.ts';
import { detectedApp, managedDevice, type Software } from '../../records/intune.ts';
import { inUse, type Worker } from '../../worker.ts';
import { isHere, LISTED_HOUR } from '../listing.ts';
import type { Scene } from '../scene.ts';

const EVERY_DAYS = 7;

const TEAMVIEWER: Software = { name: 'TeamViewer', version: '15.70.5', publisher: 'TeamViewer' };
/** What the help desk uses, and may. */
const HELP_DESK_TOOL: Software = {
  name: 'BeyondTrust Remote Support Representative Console',
  version: '25.1.2',
  publisher: 'BeyondTrust Corporation',
};

/** Programs of nearly everybody; Intune tells their number only. */
const COMMON: readonly (readonly [Software, number])[] = [
  [{ name: 'Google Chrome', version: '141.0.7390.55', publisher: 'Google LLC' }, 0.98],
  [{ name: 'Slack', version: '4.46.101', publisher: 'Slack Technologies Inc.' }, 0.97],
  [{ name: 'Zoom Workplace', version: '6.6.0', publisher: 'Zoom Communications, Inc.' }, 0.95],
  [
    { name: 'Microsoft 365 Apps for enterprise', version: '16.0.19127', publisher: 'Microsoft Corporation' },
    0.99,
  ],
  [{ name: 'Docker Desktop', version: '4.47.0', publisher: 'Docker Inc.' }, 0.35],
  [{ name: '7-Zip', version: '25.01', publisher: 'Igor Pavlov' }, 0.4],
];

/** Lists software: what is common by its number, what somebody watches for by the devices that have it. */
export function listSoftware({ window, journal, causes, workers }: Scene): void {
  for (let day = 1; day < window.days; day += EVERY_DAYS) {
    const at = window.start + day * DAY_MS + LISTED_HOUR * HOUR_MS;
    const here = workers.filter(({ staff }) => isHere(staff, at));
    for (const [software, share] of COMMON) {
      const deviceCount = Math.round(here.length * share);
      journal.note('intune', at, () => detectedApp(software, { deviceCount }));
    }
    for (const [software, owners] of Map.groupBy(here.flatMap(watchedSoftware), ([each]) => each)) {
      const devices = owners.map(([, worker]) => rowOf(worker, at));
      journal.note('intune', at, () => detectedApp(software, { devices }));
    }
  }
  for (const { staff, habits } of workers) {
    if (habits.keepAwake !== undefined) causes.note('keep-awake', staff.address);
    if (habits.hasTeamViewer) causes.note('left-over-remote-tool', staff.address);
    if (staff.department === 'IT') causes.note('help-desk-tool', staff.address);
  }
}

function watchedSoftware(worker: Worker): readonly (readonly [Software, Worker])[] {
  const { habits, staff } = worker;
  return [
    ...(habits.keepAwake === undefined ? [] : [[habits.keepAwake, worker] as const]),
    ...(habits.hasTeamViewer ? [[TEAMVIEWER, worker] as const] : []),
    ...(staff.department === 'IT' ? [[HELP_DESK_TOOL, worker] as const] : []),
  ];
}

function rowOf({ staff, laptops }: Worker, at: EpochMs): RawRecord {
  return managedDevice(staff, at, {}, inUse(laptops, at));
}
