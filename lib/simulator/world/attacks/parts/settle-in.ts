import { MINUTE_MS, type EpochMs } from '../../../../core/time.ts';
import type { Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import { deviceRegistered, phoneAppAdded, securityInfoChanged } from '../../records/entra-audits.ts';
import { deviceEnrolled, factorChanged } from '../../records/okta.ts';
import type { Staff } from '../../staff.ts';
import { note } from './note.ts';

/** A new hire's laptop and phone are set up: their own become the second factor at Okta and Entra. */
export function settleIn(stage: Stage, who: Staff, at: EpochMs, from: From): void {
  const { laptop, phone } = who;
  note(stage, 'entra', deviceRegistered, who, at, from, { device: laptop });
  note(stage, 'okta', deviceEnrolled, who, at + 9 * MINUTE_MS, from, { device: laptop });
  note(stage, 'okta', deviceEnrolled, who, at + 14 * MINUTE_MS, from, { device: phone });
  note(stage, 'okta', factorChanged, who, at + 15 * MINUTE_MS, from, { change: 'activate' });
  note(stage, 'entra', securityInfoChanged, who, at + 21 * MINUTE_MS, from, { change: 'registered' });
  note(stage, 'entra', phoneAppAdded, who, at + 22 * MINUTE_MS, from, { phone });
}
