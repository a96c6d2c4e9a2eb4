/** Google Workspace: activities of the Reports API, and the directory's users. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Staff } from '../staff.ts';
import { digits } from './ids.ts';

type Value = string | boolean | readonly string[];

/** One thing done: its type, its name and its parameters. */
export interface Done {
  readonly type: string;
  readonly name: string;
  readonly parameters?: Readonly<Record<string, Value>>;
}

/** Makes an activity of an application. */
export function activity(
  application: string,
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  ...events: readonly Done[]
): RawRecord {
  return {
    kind: 'admin#reports#activity',
    id: {
      time: isoTime(at),
      uniqueQualifier: `-${digits(random, 18)}`,
      applicationName: application,
      customerId: 'C00example',
    },
    etag: `"${digits(random, 18)}"`,
    actor: { callerType: 'USER', email: who.address, profileId: who.googleId },
    ipAddress: from.ip,
    networkInfo: { ipAsn: [from.provider.asn], regionCode: from.city.countryCode },
    ownerDomain: 'example.com',
    events: events.map(({ type, name, parameters = {} }) => ({
      type,
      name,
      parameters: Object.entries(parameters).map(([key, value]) => parameter(key, value)),
    })),
  };
}

/** A sign-in with a password and a prompt on the phone; with `failure`, one that failed so. */
export function login(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { failure, suspicious = false }: { readonly failure?: string; readonly suspicious?: boolean } = {},
): RawRecord {
  const failed = failure !== undefined;
  return activity('login', who, at, from, random, {
    type: 'login',
    name: failed ? 'login_failure' : 'login_success',
    parameters: {
      login_type: 'google_password',
      login_challenge_method: failed ? ['password'] : ['password', 'google_prompt'],
      ...(failed ? { login_failure_type: failure } : { is_suspicious: suspicious }),
    },
  });
}

export interface DriveFile {
  readonly id: string;
  readonly title: string;
  /** Address. */
  readonly owner: string;
}

/** A file is read, edited or taken away. */
export function driveActivity(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    name,
    file,
  }: { readonly name: 'view' | 'edit' | 'download' | 'copy' | 'print'; readonly file: DriveFile },
): RawRecord {
  return activity('drive', who, at, from, random, {
    type: 'access',
    name,
    parameters: driveParameters(file, 'shared_internally'),
  });
}

/** Somebody is given access to a file. */
export function driveShared(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { file, target }: { readonly file: DriveFile; readonly target: string },
): RawRecord {
  const outside = !target.endsWith('@example.com');
  return activity('drive', who, at, from, random, {
    type: 'acl_change',
    name: 'change_user_access',
    parameters: {
      ...driveParameters(file, outside ? 'shared_externally' : 'shared_internally'),
      target_user: target,
      old_value: ['none'],
      new_value: ['can_edit'],
      ...(outside && { visibility_change: 'external' }),
    },
  });
}

/** A file is opened to whoever has the link, or to the whole web. */
export function driveOpened(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  {
    file,
    to = 'people_with_link',
  }: { readonly file: DriveFile; readonly to?: 'people_with_link' | 'public_on_the_web' },
): RawRecord {
  return activity('drive', who, at, from, random, {
    type: 'acl_change',
    name: 'change_document_visibility',
    parameters: {
      ...driveParameters(file, to),
      target_domain: 'all',
      old_value: ['private'],
      new_value: [to],
      visibility_change: 'external',
    },
  });
}

export interface OauthApp {
  readonly name: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** An application is let at somebody's data. */
export function tokenAuthorized(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { app }: { readonly app: OauthApp },
): RawRecord {
  return activity('token', who, at, from, random, {
    type: 'auth',
    name: 'authorize',
    parameters: { client_id: app.clientId, app_name: app.name, client_type: 'WEB', scope: app.scopes },
  });
}

/** An administrator does something, such as `ASSIGN_ROLE` to `USER_EMAIL`. */
export function adminActivity(by: Account, at: EpochMs, from: From, random: Random, event: Done): RawRecord {
  return activity('admin', by, at, from, random, event);
}

export type OwnChange =
  | '2sv_enroll'
  | '2sv_disable'
  | 'passkey_enrolled'
  | 'passkey_removed'
  | 'recovery_email_edit'
  | 'recovery_phone_edit';

/** Somebody changes how they prove who they are. */
export function ownAccountChanged(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { change }: { readonly change: OwnChange },
): RawRecord {
  return activity('user_accounts', who, at, from, random, { type: 'account_change', name: change });
}

/** Mail is forwarded out of the domain. */
export function forwardedOutside(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { to }: { readonly to: string },
): RawRecord {
  return activity('user_accounts', who, at, from, random, {
    type: 'email_forwarding_change',
    name: 'email_forwarding_out_of_domain',
    parameters: { email_forwarding_destination_address: to },
  });
}

/** Somebody takes a copy of everything they have. */
export function takeout(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  { step = 'DOWNLOADED_USER_TAKEOUT' }: { readonly step?: `${string}_USER_TAKEOUT` } = {},
): RawRecord {
  return activity('takeout', who, at, from, random, {
    type: 'user_takeout',
    name: step,
    parameters: { TAKEOUT_ID: digits(random, 12), USER_EMAIL: who.address },
  });
}

/** An account as the directory lists it. */
export function googleUser(who: Staff, suspended = false): RawRecord {
  const [givenName = '', familyName = ''] = who.name.split(' ');
  return {
    kind: 'admin#directory#user',
    id: who.googleId,
    etag: '"example"',
    primaryEmail: who.address,
    name: { givenName, familyName, fullName: who.name },
    isAdmin: who.privileged,
    isDelegatedAdmin: false,
    creationTime: isoTime(who.hired),
    suspended,
    archived: false,
    organizations: [{ primary: true, department: who.department, description: who.employment }],
    relations: [{ type: 'manager', value: who.manager }],
    addresses: [
      {
        type: 'work',
        countryCode: who.claimed.countryCode,
        locality: who.claimed.name,
        region: who.claimed.region,
      },
    ],
    customerId: 'C00example',
    orgUnitPath: '/',
    isEnrolledIn2Sv: true,
    isEnforcedIn2Sv: true,
  };
}

function driveParameters(file: DriveFile, visibility: string): Readonly<Record<string, Value>> {
  return {
    primary_event: true,
    billable: true,
    doc_id: file.id,
    doc_type: 'document',
    doc_title: file.title,
    is_encrypted: false,
    visibility,
    originating_app_id: '691301496089',
    actor_is_collaborator_account: false,
    owner_is_shared_drive: false,
    owner: file.owner,
  };
}

function parameter(name: string, value: Value): RawRecord {
  if (typeof value === 'boolean') return { name, boolValue: value };
  return typeof value === 'string' ? { name, value } : { name, multiValue: value };
}
