/** What administrators and engineers do now and then, on somebody's behalf. */
import { happens, oneOf, times } from '../../chance.ts';
import { accessKeyCreated } from '../../records/aws.ts';
import { directoryAudit } from '../../records/entra-audits.ts';
import { reportExported } from '../../records/okta.ts';
import { inDays, RATES } from '../../rates.ts';
import type { Random } from '../../../random.ts';
import type { Shift } from '../shift.ts';

/** Draws the window's exports and keys onto days of people whose work it is. */
export function administer(shifts: readonly Shift[], days: number, random: Random): void {
  const ofAdministrators = shifts.filter(({ who }) => who.privileged);
  for (let left = times(random, inDays(RATES.adminExportsMonthly, days)); left > 0; left--) {
    const shift = oneOf(random, ofAdministrators);
    if (shift !== undefined) exportReport(shift, random);
  }
  const ofEngineers = shifts.filter(({ who }) => who.department === 'Engineering');
  for (let left = times(random, inDays(RATES.accessKeysMonthly, days)); left > 0; left--) {
    const shift = oneOf(random, ofEngineers);
    if (shift === undefined) continue;
    const at = shift.sometime();
    const from = shift.connections.laptop(at, false);
    shift.because('access-key');
    shift.note('aws', at, (chance) =>
      accessKeyCreated(shift.who, at, from, chance, { userName: `build-${chance.between(1, 9)}` }),
    );
  }
}

function exportReport(shift: Shift, random: Random): void {
  const { who, laptop } = shift;
  const at = shift.sometime();
  const from = shift.connections.laptop(at, true);
  shift.because('admin-export');
  if (happens(random, 0.5)) {
    shift.note('okta', at, (chance) => reportExported(who, at, from, chance, { device: laptop }));
    return;
  }
  shift.note('entra', at, (chance) =>
    directoryAudit(who, at, from, chance, {
      activity: 'Download users - finished (bulk)',
      category: 'DirectoryManagement',
      targets: [{ id: who.entraId, displayName: 'exportUsers', type: 'Other', modifiedProperties: [] }],
    }),
  );
}
