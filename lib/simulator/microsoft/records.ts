/** Records as Entra and Microsoft 365 write them, about people who do not exist. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

/** Whom and when a record is about. */
export interface Microsoft {
  readonly id: string;
  readonly time: EpochMs;
  /** User principal name. */
  readonly userName: string;
  readonly ip: string;
}

/** Makes the record of somebody signing in, at a keyboard unless said otherwise. */
export function signIn(
  { id, time, userName, ip }: Microsoft,
  type: 'interactiveUser' | 'nonInteractiveUser' = 'interactiveUser',
): RawRecord {
  return {
    id,
    createdDateTime: isoTime(time),
    userPrincipalName: userName,
    userId: guidOf(userName),
    appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    appDisplayName: 'Azure Portal',
    ipAddress: ip,
    clientAppUsed: 'Browser',
    conditionalAccessStatus: 'success',
    isInteractive: type === 'interactiveUser',
    ...(type === 'interactiveUser' ? {} : { signInEventTypes: [type] }),
    status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
    deviceDetail: { deviceId: '', displayName: '', operatingSystem: 'Windows10', browser: 'Edge 140.0.0' },
    location: { city: 'Denver', state: 'Colorado', countryOrRegion: 'US', geoCoordinates: null },
  };
}

/** Makes the record of somebody registering a second factor. */
export function factorRegistered({ id, time, userName, ip }: Microsoft): RawRecord {
  const user = { id: guidOf(userName), userPrincipalName: userName };
  return {
    id,
    category: 'UserManagement',
    result: 'success',
    resultReason: 'User registered Authenticator App with Notification and Code',
    activityDisplayName: 'User registered security info',
    activityDateTime: isoTime(time),
    loggedByService: 'Authentication Methods',
    initiatedBy: { user: { ...user, displayName: 'Azure ESTS Service', ipAddress: ip }, app: null },
    targetResources: [{ ...user, type: 'User', displayName: null, modifiedProperties: [] }],
    additionalDetails: [],
  };
}

/** Makes a risk detection. Written again when it is decided on, with a later `updatedTime` and another state. */
export function riskDetection(
  { id, time, userName, ip }: Microsoft,
  { updatedTime = time, state = 'atRisk' }: { readonly updatedTime?: EpochMs; readonly state?: string } = {},
): RawRecord {
  return {
    id,
    riskEventType: 'anonymizedIPAddress',
    riskState: state,
    riskLevel: 'medium',
    riskDetail: 'none',
    detectionTimingType: 'offline',
    activity: 'signin',
    ipAddress: ip,
    activityDateTime: isoTime(time),
    detectedDateTime: isoTime(time),
    lastUpdatedDateTime: isoTime(updatedTime),
    userId: guidOf(userName),
    userPrincipalName: userName,
  };
}

/** Makes the audit record of a download. `CreationTime` is UTC and does not say so. */
export function fileDownloaded({ id, time, userName, ip }: Microsoft): RawRecord {
  const site = 'https://examplecorp.sharepoint.com/sites/plans/';
  return {
    CreationTime: isoTime(time).slice(0, 19),
    Id: id,
    Operation: 'FileDownloaded',
    OrganizationId: '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001',
    RecordType: 6,
    UserKey: guidOf(userName),
    UserType: 0,
    Version: 1,
    Workload: 'SharePoint',
    ClientIP: ip,
    UserId: userName,
    ObjectId: `${site}Shared Documents/${id}.xlsx`,
    EventSource: 'SharePoint',
    ItemType: 'File',
    SiteUrl: site,
    SourceFileName: `${id}.xlsx`,
    SourceFileExtension: 'xlsx',
    SourceRelativeUrl: 'Shared Documents',
  };
}

/** Gives an id of the form Entra's have, the same for the same name. */
function guidOf(name: string): string {
  const hex = Buffer.from(name).toString('hex').padEnd(20, '0').slice(-20);
  return `0b7e0010-${hex.slice(0, 4)}-4${hex.slice(4, 7)}-8${hex.slice(7, 10)}-3f${hex.slice(10)}`;
}
