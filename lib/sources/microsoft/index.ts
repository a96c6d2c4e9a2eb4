/** Microsoft: Entra, Intune and Microsoft 365. */
import type { Vendor } from '../source.ts';
import { detectedApps } from './detected-apps.ts';
import { directoryAudits } from './directory-audits.ts';
import { m365Audit } from './m365-audit.ts';
import { managedDevices } from './managed-devices.ts';
import { riskDetections } from './risk-detections.ts';
import { signIns } from './sign-ins.ts';
import { users } from './users.ts';

export const microsoft: Vendor = {
  feeds: [m365Audit, signIns, directoryAudits, riskDetections, managedDevices, detectedApps, users],
};
