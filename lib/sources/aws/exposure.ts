/** Buckets, objects, snapshots and images opened to everybody or to other accounts. */
import type { ApiActivity, Resource } from '../../core/events/index.ts';
import { booleanAt, exactTextAt, idAt, objectAt, objectsAt, textAt, textsAt } from '../fields.ts';
import { apiEvent } from './api-event.ts';
import type { Call } from './call.ts';
import { accountsNamed, allowsAt, isForEverybody } from './policy-document.ts';

/** The groups of S3 that mean everybody, and everybody with any AWS account. */
const EVERYBODY = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)/;

const PUBLIC_ACLS: ReadonlySet<string> = new Set(['public-read', 'public-read-write', 'authenticated-read']);

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

const TWELVE_DIGITS = /^\d{12}$/;

/** Reads a bucket policy that lets in everybody, or accounts beside the bucket's own. */
export function bucketPolicyPut(call: Call): ApiActivity | undefined {
  const allows = [...allowsAt(call.parameters, 'bucketPolicy'), ...allowsAt(call.parameters, 'policy')];
  return opened(call, bucketOf(call), allows.some(isForEverybody), allows.flatMap(accountsNamed));
}

/** Reads an access list of a bucket or object that lets in everybody. */
export function aclPut(call: Call): ApiActivity | undefined {
  const parameters = call.parameters;
  // Headers stand beside the other parameters, or in a list of their own.
  const headers = [parameters, objectAt(parameters, 'accessControlList')];
  const canned = headers.some((each) => textsAt(each, 'x-amz-acl').some((acl) => PUBLIC_ACLS.has(acl)));
  const list = objectAt(objectAt(parameters, 'AccessControlPolicy'), 'AccessControlList');
  const single = objectAt(list, 'Grant');
  const grants = single === undefined ? objectsAt(list, 'Grant') : [single];
  const granted = grants.some((grant) => EVERYBODY.test(textAt(objectAt(grant, 'Grantee'), 'URI') ?? ''));
  const byHeader = headers.some((each) =>
    Object.keys(each ?? {}).some(
      (key) => key.startsWith('x-amz-grant-') && textsAt(each, key).some((text) => EVERYBODY.test(text)),
    ),
  );
  return opened(
    call,
    call.name === 'PutObjectAcl' ? objectOf(call) : bucketOf(call),
    canned || granted || byHeader,
    [],
  );
}

/** Reads the removal of a block on public access, of a bucket or a whole account. */
export function blockDeleted(call: Call): ApiActivity {
  return apiEvent(call, 'public-exposure', bucketOf(call) ?? accountAsResource(call));
}

/** Reads a block on public access that is written with a part of it turned off. */
export function blockPut(call: Call): ApiActivity | undefined {
  const block = objectAt(call.parameters, 'PublicAccessBlockConfiguration');
  const off = BLOCKS.some((part) => booleanAt(block, part) === false);
  return off ? blockDeleted(call) : undefined;
}

/** Reads a snapshot of a disk or an image of a machine that is given away. */
export function machinePermissionAdded(call: Call): ApiActivity | undefined {
  const change =
    objectAt(call.parameters, 'createVolumePermission') ?? objectAt(call.parameters, 'launchPermission');
  const added = objectsAt(objectAt(change, 'add'), 'items');
  const everybody = added.some((item) => (textAt(item, 'group') ?? textAt(item, 'groups')) === 'all');
  const accounts = added.flatMap((item) => idAt(item, 'userId') ?? []);
  return opened(
    call,
    resource('image', idAt(call.parameters, 'imageId')) ??
      resource('snapshot', idAt(call.parameters, 'snapshotId')),
    everybody,
    accounts,
  );
}

/** Reads a snapshot of a database that others may restore. */
export function databaseSnapshotShared(call: Call): ApiActivity | undefined {
  const added = textsAt(call.parameters, 'valuesToAdd');
  const uid =
    idAt(call.parameters, 'dBSnapshotIdentifier') ?? idAt(call.parameters, 'dBClusterSnapshotIdentifier');
  return opened(call, resource('database-snapshot', uid), added.includes('all'), added);
}

/** Reads a replication that copies a bucket into another account. */
export function replicationPut(call: Call): ApiActivity | undefined {
  const configuration = objectAt(call.parameters, 'ReplicationConfiguration');
  const rules = ['Rule', 'Rules', 'rules'].flatMap((key) => {
    const single = objectAt(configuration, key);
    return single === undefined ? objectsAt(configuration, key) : [single];
  });
  const accounts = rules.flatMap((rule) => {
    const destination = objectAt(rule, 'Destination') ?? objectAt(rule, 'destination');
    return idAt(destination, 'Account') ?? idAt(destination, 'account') ?? [];
  });
  return opened(call, bucketOf(call), false, accounts);
}

/** To everybody is one purpose, to accounts that are not the record's own another; to neither is nothing. */
function opened(
  call: Call,
  what: Resource | undefined,
  everybody: boolean,
  accounts: readonly string[],
): ApiActivity | undefined {
  const others = [...new Set(accounts)].filter(
    (account) => TWELVE_DIGITS.test(account) && account !== call.account,
  );
  if (everybody) return apiEvent(call, 'public-exposure', what, others);
  return others.length === 0 ? undefined : apiEvent(call, 'external-access', what, others);
}

function bucketOf(call: Call): Resource | undefined {
  return resource('bucket', exactTextAt(call.parameters, 'bucketName'));
}

function objectOf(call: Call): Resource | undefined {
  const bucket = exactTextAt(call.parameters, 'bucketName');
  const key = exactTextAt(call.parameters, 'key');
  return resource('object', bucket === undefined || key === undefined ? bucket : `${bucket}/${key}`);
}

function accountAsResource(call: Call): Resource | undefined {
  return resource('account', idAt(call.parameters, 'accountId') ?? call.account);
}

function resource(type: string, uid: string | undefined): Resource | undefined {
  return uid === undefined ? undefined : { type, uid };
}
