/** Buckets, objects, snapshots and images opened to everybody or to other accounts, and closed again. */
import type { ApiActivity, Resource } from '../../core/events/index.ts';
import { booleanAt, exactTextAt, idAt, objectAt, objectsAt, textAt, textsAt } from '../fields.ts';
import { apiEvent } from './api-event.ts';
import type { Call } from './call.ts';
import { accountsNamed, allowsAt, isForEverybody } from './policy-document.ts';

/** The groups of S3 that mean everybody, and everybody with any AWS account. */
const EVERYBODY = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)/;

const PUBLIC_ACLS: ReadonlySet<string> = new Set(['public-read', 'public-read-write', 'authenticated-read']);

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

/** A bucket's name has 63 characters at most, a key 1,024 bytes. */
const UID_LIMIT = 1_100;

const TWELVE_DIGITS = /^\d{12}$/;

/** Reads a bucket policy: it replaces the one before, and lets in everybody, accounts beside the bucket's own, or neither. */
export function bucketPolicyPut(call: Call): ApiActivity {
  const allows = [...allowsAt(call.parameters, 'bucketPolicy'), ...allowsAt(call.parameters, 'policy')];
  const bucket = bucketOf(call);
  return (
    opened(call, bucket, allows.some(isForEverybody), allows.flatMap(accountsNamed)) ?? closed(call, bucket)
  );
}

/** Reads the removal of a bucket's policy. */
export function bucketPolicyDeleted(call: Call): ApiActivity {
  return closed(call, bucketOf(call));
}

/** Reads an access list: it replaces the one before, and lets in everybody or not. Of single objects only the former counts. */
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
  const everybody = canned || granted || byHeader;
  if (call.name === 'PutObjectAcl') return opened(call, objectOf(call), everybody, []);
  return opened(call, bucketOf(call), everybody, []) ?? closed(call, bucketOf(call));
}

/** Reads the removal of a block on public access, of a bucket or a whole account. */
export function blockDeleted(call: Call): ApiActivity {
  return apiEvent(call, 'public-exposure', bucketOf(call) ?? accountAsResource(call));
}

/** Reads a block on public access: a part of it is turned off, or all of it is on. */
export function blockPut(call: Call): ApiActivity | undefined {
  const block = objectAt(call.parameters, 'PublicAccessBlockConfiguration');
  if (BLOCKS.some((part) => booleanAt(block, part) === false)) return blockDeleted(call);
  const isWhole = BLOCKS.every((part) => booleanAt(block, part) === true);
  return isWhole ? closed(call, bucketOf(call) ?? accountAsResource(call)) : undefined;
}

/** Reads a snapshot of a disk or an image of a machine that is given away, or no longer is. */
export function machinePermissionChanged(call: Call): ApiActivity | undefined {
  const change =
    objectAt(call.parameters, 'createVolumePermission') ?? objectAt(call.parameters, 'launchPermission');
  const items = (key: string) => objectsAt(objectAt(change, key), 'items');
  const added = items('add');
  const everybody = added.some((item) => (textAt(item, 'group') ?? textAt(item, 'groups')) === 'all');
  const accounts = added.flatMap((item) => idAt(item, 'userId') ?? []);
  const what =
    resource('image', idAt(call.parameters, 'imageId')) ??
    resource('snapshot', idAt(call.parameters, 'snapshotId'));
  return (
    opened(call, what, everybody, accounts) ?? (items('remove').length > 0 ? closed(call, what) : undefined)
  );
}

/** Reads a snapshot of a database that others may restore, or no longer may. */
export function databaseSnapshotChanged(call: Call): ApiActivity | undefined {
  const added = textsAt(call.parameters, 'valuesToAdd');
  const uid =
    idAt(call.parameters, 'dBSnapshotIdentifier') ?? idAt(call.parameters, 'dBClusterSnapshotIdentifier');
  const what = resource('database-snapshot', uid);
  const isClosed = textsAt(call.parameters, 'valuesToRemove').length > 0;
  return opened(call, what, added.includes('all'), added) ?? (isClosed ? closed(call, what) : undefined);
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

/** What was open before is not said; it is closed now. */
function closed(call: Call, what: Resource | undefined): ApiActivity {
  return { ...apiEvent(call, 'public-exposure', what), revokes: true };
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
  return uid === undefined ? undefined : { type, uid: uid.slice(0, UID_LIMIT) };
}
