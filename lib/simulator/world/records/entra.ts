/** Entra's sign-ins, risks and users, as Graph's beta gives them. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Laptop, Phone, Staff } from '../staff.ts';
import { agentOn, isLaptop } from './agents.ts';
import { guid, hex } from './ids.ts';

/** Error codes and what Entra writes beside them. */
const FAILURES: Readonly<Record<number, string>> = {
  0: 'Other.',
  50126: 'Error validating credentials due to invalid username or password.',
  50053:
    'The account is locked, you have tried to sign in too many times with an incorrect user ID or password.',
  50074: 'Strong Authentication is required.',
  53000: 'Device is not in required device state: compliant.',
  53003: 'Access has been blocked by Conditional Access policies.',
  500121: 'Authentication failed during strong authentication request.',
};

export const MICROSOFT_APPS = {
  'Office 365 SharePoint Online': '00000003-0000-0ff1-ce00-000000000000',
  'Office 365 Exchange Online': '00000002-0000-0ff1-ce00-000000000000',
  'Microsoft Teams': '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  'Azure Portal': 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
  'Microsoft Office': 'd3590ed6-52b3-4102-aeff-aad2292ab01c',
} as const;
export type MicrosoftApp = keyof typeof MICROSOFT_APPS;

export interface EntraSignIn {
  readonly device?: Laptop | Phone;
  /** An error code; 0, success, unless said otherwise. */
  readonly code?: 0 | 50126 | 50053 | 50074 | 53000 | 53003 | 500121;
  /** Of 500121: whether the person refused the prompt, or was too slow with a code. */
  readonly refused?: boolean;
  /** A program renews a token. */
  readonly byProgram?: boolean;
  readonly application?: MicrosoftApp;
  /** Of the laptop, as conditional access saw it. */
  readonly compliant?: boolean;
}

/** A sign-in, at a keyboard unless `byProgram`. */
export function entraSignIn(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { device, code = 0, refused = false, byProgram = false, application, compliant = true }: EntraSignIn = {},
): RawRecord {
  const id = guid(random, at);
  const app = application ?? (byProgram ? 'Microsoft Teams' : 'Office 365 SharePoint Online');
  const agent = agentOn(device);
  return {
    id,
    createdDateTime: isoTime(at),
    userDisplayName: who.name,
    userPrincipalName: who.address,
    userId: who.entraId,
    userType: 'member',
    appId: MICROSOFT_APPS[app],
    appDisplayName: app,
    ipAddress: from.ip,
    clientAppUsed: byProgram ? 'Mobile Apps and Desktop clients' : 'Browser',
    userAgent: agent.text,
    correlationId: guid(random),
    originalRequestId: id,
    sessionId: guid(random),
    conditionalAccessStatus: code === 53000 || code === 53003 ? 'failure' : 'success',
    isInteractive: !byProgram,
    signInEventTypes: [byProgram ? 'nonInteractiveUser' : 'interactiveUser'],
    incomingTokenType: byProgram ? 'refreshToken' : 'none',
    authenticationProtocol: 'none',
    authenticationRequirement: byProgram ? 'singleFactorAuthentication' : 'multiFactorAuthentication',
    autonomousSystemNumber: from.provider.asn,
    crossTenantAccessType: 'none',
    servicePrincipalId: '',
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes_v2: [],
    resourceDisplayName: app,
    resourceId: MICROSOFT_APPS[app],
    status: {
      errorCode: code,
      failureReason: FAILURES[code],
      additionalDetails: detailOf(code, refused, byProgram),
    },
    deviceDetail: {
      ...(isLaptop(device)
        ? {
            deviceId: device.entraId,
            displayName: device.name,
            isCompliant: compliant,
            isManaged: true,
            trustType: 'Azure AD joined',
          }
        : { deviceId: '', displayName: '', isCompliant: false, isManaged: false, trustType: '' }),
      operatingSystem: agent.entraOs,
      browser: byProgram ? '' : 'Chrome 141.0.0',
    },
    location: locationOf(from),
    appliedConditionalAccessPolicies: [],
    authenticationDetails: [],
  };
}

/** An unusual sign-in that Identity Protection points out. */
export function riskDetection(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    type = 'unfamiliarFeatures',
    level = 'low',
    state = 'atRisk',
    detected = at,
    id = hex(random, 64),
  }: {
    readonly type?: string;
    readonly level?: 'low' | 'medium' | 'high';
    readonly state?: string;
    readonly detected?: EpochMs;
    /** The same again when its state has moved. */
    readonly id?: string;
  } = {},
): RawRecord {
  return {
    id,
    requestId: guid(random),
    correlationId: guid(random),
    riskEventType: type,
    riskState: state,
    riskLevel: level,
    riskDetail: 'none',
    source: 'IdentityProtection',
    detectionTimingType: state === 'atRisk' && detected !== at ? 'offline' : 'realtime',
    activity: 'signin',
    tokenIssuerType: 'AzureAD',
    ipAddress: from.ip,
    location: locationOf(from),
    activityDateTime: isoTime(at),
    detectedDateTime: isoTime(detected),
    lastUpdatedDateTime: isoTime(detected),
    userId: who.entraId,
    userDisplayName: who.name,
    userPrincipalName: who.address,
    additionalInfo: '[]',
  };
}

/** An account as the directory lists it. */
export function entraUser(who: Staff, accountEnabled = true): RawRecord {
  const [givenName = '', surname = ''] = who.name.split(' ');
  return {
    '@odata.type': '#microsoft.graph.user',
    id: who.entraId,
    displayName: who.name,
    givenName,
    surname,
    mail: who.address,
    userPrincipalName: who.address,
    proxyAddresses: [`SMTP:${who.address}`],
    otherMails: [],
    department: who.department,
    employeeHireDate: isoTime(who.hired),
    employeeLeaveDateTime: null,
    employeeType: who.employment,
    country: who.claimed.country,
    state: who.claimed.region,
    city: who.claimed.name,
    accountEnabled,
    userType: 'Member',
    createdDateTime: isoTime(who.hired),
  };
}

function detailOf(code: number, refused: boolean, byProgram: boolean): string | null {
  if (code === 0) return byProgram ? null : 'MFA requirement satisfied by claim in the token';
  if (code !== 500121) return null;
  return refused ? 'MFA denied; user declined the authentication' : 'MFA denied; invalid verification code';
}

function locationOf({ city }: From): RawRecord {
  return {
    city: city.name,
    state: city.region,
    countryOrRegion: city.countryCode,
    geoCoordinates: { altitude: null, latitude: city.lat, longitude: city.lon },
  };
}
