/** What Graph is asked for each feed. What is not asked for is not kept. */
import type { GraphQuery } from './graph.ts';
import type { GraphLog } from './log-reader.ts';

type LogQuery = Omit<GraphLog, 'overlapMs' | 'keepsMs'>;

export const SIGN_INS: LogQuery = {
  version: 'v1.0',
  path: '/auditLogs/signIns',
  timeField: 'createdDateTime',
  top: 1_000,
};

export const OTHER_SIGN_INS: LogQuery = {
  ...SIGN_INS,
  version: 'beta',
  // Without a type, beta lists interactive sign-ins only.
  only: ['nonInteractiveUser', 'servicePrincipal', 'managedIdentity'].map(
    (type) => `signInEventTypes/any(t: t eq '${type}')`,
  ),
};

export const DIRECTORY_AUDITS: LogQuery = {
  version: 'v1.0',
  path: '/auditLogs/directoryAudits',
  timeField: 'activityDateTime',
  top: 1_000,
};

export const RISK_DETECTIONS: LogQuery = {
  version: 'v1.0',
  path: '/identityProtection/riskDetections',
  // A detection comes hours after what it speaks of, and is written again whenever somebody decides on it.
  timeField: 'lastUpdatedDateTime',
  top: 500,
};

export const USERS: GraphQuery = {
  version: 'v1.0',
  path: '/users',
  // `employeeLeaveDateTime` would need a permission of its own.
  select: [
    'id',
    'userPrincipalName',
    'mail',
    'proxyAddresses',
    'displayName',
    'department',
    'employeeType',
    'employeeHireDate',
    'accountEnabled',
    'country',
    'usageLocation',
    'state',
    'city',
  ],
  expand: 'manager($select=mail,userPrincipalName)',
  top: 999,
};

const DEVICE_FIELDS: readonly string[] = [
  'id',
  'azureADDeviceId',
  'userId',
  'userPrincipalName',
  'emailAddress',
  'userDisplayName',
  'deviceName',
  'serialNumber',
  'operatingSystem',
  'osVersion',
  'complianceState',
  'managedDeviceOwnerType',
  'isEncrypted',
  'jailBroken',
  'enrolledDateTime',
  'lastSyncDateTime',
  'managementAgent',
  'model',
  'manufacturer',
];

export const DEVICES: GraphQuery = {
  version: 'v1.0',
  path: '/deviceManagement/managedDevices',
  select: DEVICE_FIELDS,
  top: 1_000,
};

export const APPS: GraphQuery = { version: 'v1.0', path: '/deviceManagement/detectedApps', top: 500 };

/** Expanding a listing of programs gives empty lists of devices; each program has to be asked for its own. */
export function devicesOf(appId: string): GraphQuery {
  const path = `${APPS.path}/${encodeURIComponent(appId)}/managedDevices`;
  return { version: APPS.version, path, select: DEVICE_FIELDS };
}
