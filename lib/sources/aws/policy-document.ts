/** What a policy document lets whom do, as far as the detections ask: the public, other accounts, administrators. */
import { asObject, has, objectAt, objectsAt, textAt, textsAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** Larger than any policy AWS takes (20 KB for a bucket); more is not a policy. */
const LONGEST_POLICY = 100_000;

/** Conditions that S3 itself takes as bounding who "everybody" is, when compared for equality. */
const BOUNDING: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

const ACCOUNT = /^(?:arn:[a-z-]+:(?:iam|sts)::)?(\d{12})(?::|$)/;

/** Reads the statements that allow something, from a document or its JSON text at a key. */
export function allowsAt(record: RawRecord | undefined, key: string): readonly RawRecord[] {
  const document = record !== undefined && has(record, key) ? record[key] : undefined;
  const policy = asObject(document) ?? parsed(document);
  if (policy === undefined) return [];
  const single = objectAt(policy, 'Statement');
  const statements = single === undefined ? objectsAt(policy, 'Statement') : [single];
  return statements.filter((statement) => textAt(statement, 'Effect') === 'Allow');
}

/** Tells whether a statement speaks of everybody, and no condition bounds whom that means. */
export function isForEverybody(statement: RawRecord): boolean {
  const principals = principalsOf(statement);
  return principals.includes('*') && !isBounded(objectAt(statement, 'Condition'));
}

/** Gives the accounts a statement names, 12 digits each. */
export function accountsNamed(statement: RawRecord): readonly string[] {
  return principalsOf(statement).flatMap((principal) => ACCOUNT.exec(principal)?.[1] ?? []);
}

/** Tells whether a statement allows every action, or every action of IAM, on everything. */
export function isForAdministrators(statement: RawRecord): boolean {
  const actions = textsAt(statement, 'Action').map((action) => action.toLowerCase());
  const everywhere = textsAt(statement, 'Resource').includes('*');
  return everywhere && (actions.includes('*') || actions.includes('*:*') || actions.includes('iam:*'));
}

function principalsOf(statement: RawRecord): readonly string[] {
  const principal = objectAt(statement, 'Principal');
  return principal === undefined ? textsAt(statement, 'Principal') : textsAt(principal, 'AWS');
}

function isBounded(condition: RawRecord | undefined): boolean {
  if (condition === undefined) return false;
  return Object.keys(condition).some((operator) => {
    // "Not equal" leaves everybody else in; "if exists" lets those pass who do not send it.
    if (operator.includes('Not') || operator.includes('IfExists')) return false;
    const tested = objectAt(condition, operator) ?? {};
    return Object.keys(tested).some(
      (key) => BOUNDING.has(key.toLowerCase()) && !textsAt(tested, key).some(isEverything),
    );
  });
}

function isEverything(value: string): boolean {
  return value === '*' || value.endsWith('/0');
}

function parsed(document: unknown): RawRecord | undefined {
  if (typeof document !== 'string' || document.length > LONGEST_POLICY) return undefined;
  try {
    const text = document.startsWith('%7B') ? decodeURIComponent(document) : document;
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
