/** Records in the vendors’ own shapes, as the demo’s company leaves them behind. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Random } from '../random.ts';
import type { City, Employee } from './people.ts';

const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

export interface From {
  readonly ip: string;
  readonly city: City;
  readonly vpnOperator?: string;
}

/** Okta System Log: a session starts, or what else is said of one. */
export function oktaSignIn(
  person: Employee,
  at: EpochMs,
  from: From,
  random: Random,
  eventType = 'user.session.start',
): RawRecord {
  const geographicalContext = {
    city: from.city.name,
    state: from.city.state,
    country: from.city.country,
    postalCode: null,
    geolocation: { lat: from.city.lat, lon: from.city.lon },
  };
  const tunnels =
    from.vpnOperator === undefined
      ? {}
      : { tunnels: JSON.stringify([{ anonymous: true, operator: from.vpnOperator, type: 'VPN' }]) };
  const transaction = random.hex(32);
  return {
    actor: {
      id: `00u${person.laptop.serialNumber}`,
      type: 'User',
      alternateId: person.address,
      displayName: person.name,
      detailEntry: null,
    },
    client: {
      userAgent: { rawUserAgent: USER_AGENT, os: 'Windows 11', browser: 'CHROME' },
      zone: 'null',
      device: 'Computer',
      id: null,
      ipAddress: from.ip,
      geographicalContext,
    },
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: `idx${random.hex(20)}`,
      externalSessionId: `idx${random.hex(20)}`,
    },
    displayMessage: 'User login to Okta',
    eventType,
    outcome: { result: 'SUCCESS', reason: null },
    published: isoTime(at),
    securityContext: {
      asNumber: 64_500,
      asOrg: 'example access',
      isp: 'example access',
      domain: 'example.net',
      isProxy: from.vpnOperator !== undefined,
    },
    severity: 'INFO',
    debugContext: {
      debugData: {
        authnRequestId: random.hex(27),
        deviceFingerprint: random.hex(32),
        dtHash: random.hex(64),
        identifierless: 'false',
        origin: 'https://example.okta.com',
        proxyType: 'null',
        pushOnlyResponseType: 'null',
        requestId: random.hex(32),
        requestUri: '/idp/idx/identify',
        risk: '{level=LOW}',
        behaviors:
          '{New Geo-Location=NEGATIVE, New Device=NEGATIVE, New IP=NEGATIVE, New State=NEGATIVE, New Country=NEGATIVE, Velocity=NEGATIVE, New City=NEGATIVE}',
        threatSuspected: 'false',
        url: '/idp/idx/identify?',
        ...tunnels,
      },
    },
    legacyEventType: 'core.user_auth.login_success',
    transaction: { type: 'WEB', id: transaction, detail: {} },
    uuid: `${random.hex(8)}-${random.hex(4)}-11f0-${random.hex(4)}-${random.hex(12)}`,
    version: '0',
    request: {
      ipChain: [{ ip: from.ip, geographicalContext, version: 'V4', source: null, ipDetails: null }],
    },
    target: [
      {
        id: `0oa${random.hex(14)}`,
        type: 'AppInstance',
        alternateId: 'Okta Dashboard',
        displayName: 'Okta Dashboard',
        detailEntry: null,
      },
      {
        id: `rst${random.hex(14)}`,
        type: 'Rule',
        alternateId: 'unknown',
        displayName: 'Catch-all Rule',
        detailEntry: null,
      },
    ],
  };
}

const CONDITIONAL_ACCESS = [
  'Require MFA for all users',
  'Block legacy authentication',
  'Require compliant device for finance',
  'Block high-risk sign-ins',
  'Session lifetime for unmanaged devices',
];

/** Graph: an interactive Entra sign-in. */
export function entraSignIn(person: Employee, at: EpochMs, from: From, random: Random): RawRecord {
  return {
    id: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`,
    createdDateTime: isoTime(at),
    userDisplayName: person.name,
    userPrincipalName: person.address,
    userId: person.laptop.id,
    appId: '00000003-0000-0ff1-ce00-000000000000',
    appDisplayName: 'Office 365 SharePoint Online',
    ipAddress: from.ip,
    clientAppUsed: 'Browser',
    correlationId: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
    conditionalAccessStatus: 'success',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: 'Office 365 SharePoint Online',
    resourceId: '00000003-0000-0ff1-ce00-000000000000',
    status: {
      errorCode: 0,
      failureReason: 'Other.',
      additionalDetails: 'MFA requirement satisfied by claim in the token',
    },
    deviceDetail: {
      deviceId: '',
      displayName: '',
      operatingSystem: 'Windows 10',
      browser: 'Chrome 141.0.0',
      isCompliant: false,
      isManaged: false,
      trustType: '',
    },
    location: {
      city: from.city.name,
      state: from.city.state,
      countryOrRegion: from.city.countryCode,
      geoCoordinates: { altitude: null, latitude: from.city.lat, longitude: from.city.lon },
    },
    appliedConditionalAccessPolicies: CONDITIONAL_ACCESS.map((displayName, index) => ({
      id: `${index}0000000-0000-4000-8000-000000000000`,
      displayName,
      enforcedGrantControls: index === 0 ? ['Mfa'] : [],
      enforcedSessionControls: [],
      result: index === 0 ? 'success' : 'notApplied',
    })),
  };
}

/** Google Reports: something is done to a file in Drive. */
export function driveActivity(
  person: Employee,
  at: EpochMs,
  ip: string,
  file: { readonly id: string; readonly title: string },
  random: Random,
  name = 'download',
): RawRecord {
  return {
    kind: 'admin#reports#activity',
    id: {
      time: isoTime(at),
      uniqueQualifier: String(random.between(1, 2 ** 48)),
      applicationName: 'drive',
      customerId: 'C0example',
    },
    etag: `"${random.hex(43)}/${random.hex(27)}"`,
    actor: { email: person.address, profileId: String(random.between(10 ** 9, 10 ** 12)) },
    ipAddress: ip,
    events: [
      {
        type: 'access',
        name,
        parameters: [
          { name: 'primary_event', boolValue: true },
          { name: 'billable', boolValue: true },
          { name: 'owner_is_shared_drive', boolValue: false },
          { name: 'owner_is_team_drive', boolValue: false },
          { name: 'doc_id', value: file.id },
          { name: 'doc_title', value: file.title },
          { name: 'doc_type', value: 'document' },
          { name: 'is_encrypted', boolValue: false },
          { name: 'visibility', value: 'people_within_domain_with_link' },
          { name: 'originating_app_id', value: '691301496089' },
          { name: 'actor_is_collaborator_account', boolValue: false },
          { name: 'owner', value: 'finance@example.com' },
        ],
      },
    ],
  };
}

/** CloudTrail: an object is read from a bucket by somebody who signed in through IAM Identity Center. */
export function s3GetObject(
  person: Employee,
  at: EpochMs,
  ip: string,
  key: string,
  random: Random,
): RawRecord {
  const role = 'AWSReservedSSO_Analyst_0123456789abcdef';
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLEEXAMPLE12:${person.address}`,
      arn: `arn:aws:sts::123456789012:assumed-role/${role}/${person.address}`,
      accountId: '123456789012',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      sessionContext: {
        sessionIssuer: { type: 'Role', userName: role, accountId: '123456789012' },
        attributes: { mfaAuthenticated: 'true' },
      },
    },
    eventTime: isoTime(at).replace('.000Z', 'Z'),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'us-east-1',
    sourceIPAddress: ip,
    userAgent: '[aws-cli/2.31.0]',
    requestParameters: { bucketName: 'example-customer-exports', key, Host: 's3.us-east-1.amazonaws.com' },
    responseElements: null,
    additionalEventData: { bytesTransferredIn: 0, bytesTransferredOut: random.between(800, 40_000) },
    requestID: random.hex(16).toUpperCase(),
    eventID: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
    readOnly: true,
    resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::example-customer-exports/${key}` }],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: '123456789012',
    eventCategory: 'Data',
  };
}
