/** Which calls matter, and who reads them. Everything else in CloudTrail is irrelevant. */
import * as account from './account-changes.ts';
import type { Read } from './call.ts';
import * as exposure from './exposure.ts';
import { objectCopied, objectRead } from './objects.ts';
import { flowLogsDeleted, operation } from './operations.ts';
import * as signIn from './sign-ins.ts';

interface Rule {
  /** The first label of `eventSource`; other services use some of the same names. */
  readonly services: readonly string[];
  readonly read: Read;
}

const rule = (services: string, read: Read): Rule => ({ services: services.split(' '), read });

const RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    ConsoleLogin: rule('signin', signIn.consoleLogin),
    UserAuthentication: rule('signin sso', signIn.userAuthentication),
    CredentialVerification: rule('signin sso', signIn.credentialVerification),
    Federate: rule('signin sso', signIn.federate),

    GetObject: rule('s3 s3express', objectRead),
    SelectObjectContent: rule('s3', objectRead),
    CopyObject: rule('s3 s3express', objectCopied),

    PutBucketPolicy: rule('s3', exposure.bucketPolicyPut),
    DeleteBucketPolicy: rule('s3', exposure.bucketPolicyDeleted),
    PutBucketAcl: rule('s3', exposure.aclPut),
    PutObjectAcl: rule('s3', exposure.aclPut),
    PutBucketReplication: rule('s3', exposure.replicationPut),
    PutPublicAccessBlock: rule('s3', exposure.blockPut),
    PutBucketPublicAccessBlock: rule('s3', exposure.blockPut),
    PutAccountPublicAccessBlock: rule('s3 s3-control', exposure.blockPut),
    DeletePublicAccessBlock: rule('s3 s3-control', exposure.blockDeleted),
    DeleteBucketPublicAccessBlock: rule('s3', exposure.blockDeleted),
    DeleteAccountPublicAccessBlock: rule('s3 s3-control', exposure.blockDeleted),
    ModifySnapshotAttribute: rule('ec2', exposure.machinePermissionChanged),
    ModifyImageAttribute: rule('ec2', exposure.machinePermissionChanged),
    ModifyDBSnapshotAttribute: rule('rds', exposure.databaseSnapshotChanged),
    ModifyDBClusterSnapshotAttribute: rule('rds', exposure.databaseSnapshotChanged),

    CreateExportTask: rule('logs', operation('bulk-export', 'log-group', 'logGroupName')),
    ExportTableToPointInTime: rule('dynamodb', operation('bulk-export', 'table', 'tableArn')),
    StartExportTask: rule('rds', operation('bulk-export', 'database-snapshot', 'sourceArn')),
    CreateInstanceExportTask: rule('ec2', operation('bulk-export', 'instance', 'instanceId')),
    ExportImage: rule('ec2', operation('bulk-export', 'image', 'imageId')),
    CreateStoreImageTask: rule('ec2', operation('bulk-export', 'image', 'imageId')),

    CreateAccessKey: rule('iam', account.accessKeyCreated),
    CreateLoginProfile: rule('iam', account.passwordChange('enable')),
    UpdateLoginProfile: rule('iam', account.passwordChange('password-reset')),
    DeleteLoginProfile: rule('iam', account.passwordChange('disable')),
    DeleteUser: rule('iam', account.passwordChange('delete')),
    ChangePassword: rule('iam', account.passwordChange('password-change')),
    EnableMFADevice: rule('iam', account.factorChange('mfa-factor-enable')),
    DeactivateMFADevice: rule('iam', account.factorChange('mfa-factor-disable')),
    DeleteVirtualMFADevice: rule('iam', account.factorChange('mfa-factor-disable')),
    AttachUserPolicy: rule('iam', account.policyAttached),
    AttachRolePolicy: rule('iam', account.policyAttached),
    PutUserPolicy: rule('iam', account.policyPut),
    PutRolePolicy: rule('iam', account.policyPut),
    AddUserToGroup: rule('iam', account.groupJoined),

    StopLogging: rule('cloudtrail', operation('audit-log-change', 'trail', 'name')),
    DeleteTrail: rule('cloudtrail', operation('audit-log-change', 'trail', 'name')),
    UpdateTrail: rule('cloudtrail', operation('audit-log-change', 'trail', 'name')),
    PutEventSelectors: rule('cloudtrail', operation('audit-log-change', 'trail', 'trailName')),
    DeleteDetector: rule('guardduty', operation('audit-log-change', 'detector', 'detectorId')),
    DeleteFlowLogs: rule('ec2', flowLogsDeleted),
    StopConfigurationRecorder: rule(
      'config',
      operation('audit-log-change', 'recorder', 'configurationRecorderName'),
    ),
  }),
);

/** Tells whether any rule reads calls of a name. */
export function isRead(name: string): boolean {
  return RULES.has(name);
}

/** Finds who reads a call; an event source that is missing is no reason not to. */
export function readerOf(name: string, eventSource: unknown): Read | undefined {
  const found = RULES.get(name);
  if (found === undefined || typeof eventSource !== 'string' || eventSource === '') return found?.read;
  const dot = eventSource.indexOf('.');
  return found.services.includes(dot < 0 ? eventSource : eventSource.slice(0, dot)) ? found.read : undefined;
}
