/** Entra's directory audits: factors, consents, roles, devices, accounts. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Laptop, Phone } from '../staff.ts';
import { isLaptop } from './agents.ts';
import { guid } from './ids.ts';

/** What an audit is beside who, when and from where. */
export interface AuditOptions {
  readonly activity: string;
  readonly category: string;
  readonly service?: string;
  readonly reason?: string;
  readonly targets: readonly RawRecord[];
  readonly details?: readonly RawRecord[];
}

/** Makes an audit of what somebody did. */
export function directoryAudit(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { activity, category, service = 'Core Directory', reason = '', targets, details = [] }: AuditOptions,
): RawRecord {
  const correlationId = guid(random, at);
  return {
    id: `Directory_${correlationId}_X1`,
    category,
    correlationId,
    result: 'success',
    resultReason: reason,
    activityDisplayName: activity,
    activityDateTime: isoTime(at),
    loggedByService: service,
    operationType: 'Update',
    initiatedBy: {
      user: { id: who.entraId, displayName: null, userPrincipalName: who.address, ipAddress: from.ip },
      app: null,
    },
    targetResources: targets,
    additionalDetails: details,
  };
}

/** A second factor is registered or deleted; by its owner unless `of` says whose it is. */
export function securityInfoChanged(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    change,
    method = 'Authenticator App with Notification and Code',
    of = who,
  }: { readonly change: 'registered' | 'deleted'; readonly method?: string; readonly of?: Account },
): RawRecord {
  const by = of === who ? 'User' : 'Admin';
  return directoryAudit(who, at, from, random, {
    activity: `${by} ${change} security info`,
    category: 'UserManagement',
    service: 'Authentication Methods',
    reason: `${by} ${change} ${method}`,
    targets: [userTarget(of)],
  });
}

/** Microsoft Authenticator is set up on a phone: the record that carries the phone's push token. */
export function phoneAppAdded(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { phone, before }: { readonly phone: Phone; readonly before?: Phone },
): RawRecord {
  const audit = directoryAudit(who, at, from, random, {
    activity: 'Update user',
    category: 'UserManagement',
    targets: [
      {
        ...userTarget(who),
        modifiedProperties: [
          property('StrongAuthenticationPhoneAppDetail', phonesText(before), phonesText(phone)),
        ],
      },
    ],
  });
  const app = {
    appId: null,
    displayName: 'Azure MFA StrongAuthenticationService',
    servicePrincipalId: '0b7e0030-5c1d-4e2f-8a90-3f6d2c1b0030',
    servicePrincipalName: null,
  };
  return { ...audit, initiatedBy: { user: null, app } };
}

export interface Consent {
  readonly application: string;
  /** Object id of the application in the tenant. */
  readonly applicationId: string;
  readonly scopes: readonly string[];
  /** For everybody in the organization, which only an administrator can. */
  readonly forEveryone?: boolean;
}

/** An application is let at somebody's data. */
export function consentGranted(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { application, applicationId, scopes, forEveryone = false }: Consent,
): RawRecord {
  const type = forEveryone ? 'AllPrincipals' : 'Principal';
  const grant = `[Id: ${guid(random)}, ClientId: ${applicationId}, PrincipalId: ${who.entraId}, ConsentType: ${type}, Scope: ${scopes.join(' ')}, CreatedDateTime: , LastModifiedDateTime ]`;
  return directoryAudit(who, at, from, random, {
    activity: 'Consent to application',
    category: 'ApplicationManagement',
    targets: [
      {
        id: applicationId,
        displayName: application,
        type: 'ServicePrincipal',
        userPrincipalName: null,
        modifiedProperties: [
          property('ConsentContext.IsAdminConsent', null, quoted(forEveryone ? 'True' : 'False')),
          property('ConsentContext.OnBehalfOfAll', null, quoted(forEveryone ? 'True' : 'False')),
          property('ConsentAction.Permissions', null, quoted(`[] => [${grant}]; `)),
        ],
      },
    ],
    details: [{ key: 'User-Agent', value: 'EvoSTS' }],
  });
}

/** Somebody gets a role of the directory. */
export function roleGiven(
  by: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { of, role }: { readonly of: Account; readonly role: string },
): RawRecord {
  return directoryAudit(by, at, from, random, {
    activity: 'Add member to role',
    category: 'RoleManagement',
    targets: [
      { ...userTarget(of), modifiedProperties: [property('Role.DisplayName', null, quoted(role))] },
      { id: guid(random), displayName: null, type: 'Role', modifiedProperties: [] },
    ],
  });
}

/** A computer or phone is registered with the directory. */
export function deviceRegistered(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { device }: { readonly device: Laptop | Phone },
): RawRecord {
  const laptop = isLaptop(device);
  const id = laptop ? device.entraId : guid(random);
  return directoryAudit(who, at, from, random, {
    activity: 'Register device',
    category: 'Device',
    service: 'Device Registration Service',
    targets: [{ id, displayName: device.name, type: 'Device', modifiedProperties: [] }, userTarget(who)],
    details: [
      { key: 'Device Id', value: id },
      { key: 'Device OS', value: device.os },
      { key: 'Device Trust Type', value: laptop ? 'AzureAd' : 'Workplace' },
    ],
  });
}

/** An account is opened, closed or gets a new password from an administrator. */
export function accountChanged(
  by: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    activity,
    of,
  }: { readonly activity: 'Add user' | 'Disable account' | 'Reset user password'; readonly of: Account },
): RawRecord {
  return directoryAudit(by, at, from, random, {
    activity,
    category: 'UserManagement',
    targets: [userTarget(of)],
  });
}

function userTarget(who: Account): RawRecord {
  return {
    id: who.entraId,
    displayName: who.name,
    type: 'User',
    userPrincipalName: who.address,
    groupType: null,
    modifiedProperties: [],
  };
}

function property(displayName: string, oldValue: string | null, newValue: string): RawRecord {
  return { displayName, oldValue, newValue };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function phonesText(phone: Phone | undefined): string {
  return JSON.stringify(
    phone === undefined
      ? []
      : [
          {
            DeviceName: phone.name,
            DeviceToken: phone.pushToken,
            PhoneAppVersion: '6.2503.1',
            AuthenticationType: 3,
          },
        ],
  );
}
