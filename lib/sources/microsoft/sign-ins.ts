/** Graph's sign-in log, v1.0 and beta: interactive, non-interactive, service principals and managed identities. */
import type { AccountChange, Actor, Authentication, Device } from '../../core/events/index.ts';
import { applicationOf } from '../applications.ts';
import { expected } from '../damage.ts';
import { booleanAt, has, idAt, numberAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { timeAt } from '../times.ts';
import type { Writable } from '../writable.ts';
import { graphEndpoint } from './graph-location.ts';
import { firstFactorPassed, isRefusal } from './sign-in-errors.ts';
import { signInActor, wasAtKeyboard } from './sign-in-subject.ts';

const SOURCE = 'entra';
const FEED = 'signIns';

/** Fields that together only sign-ins have; a record selected down to a few still has three. */
const MARKS: readonly string[] = [
  'createdDateTime',
  'ipAddress',
  'status',
  'conditionalAccessStatus',
  'clientAppUsed',
  'appDisplayName',
  'deviceDetail',
  'isInteractive',
  'riskLevelDuringSignIn',
  'signInEventTypes',
  'resourceDisplayName',
];

/** Also where the person refused it, or did not answer. */
const SECOND_FACTOR_FAILED = 500121;

const JOINED: ReadonlySet<string> = new Set([
  'azure ad joined',
  'hybrid azure ad joined',
  'microsoft entra joined',
  'microsoft entra hybrid joined',
]);

export const signIns: Feed = { source: SOURCE, id: FEED, recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  if (!has(record, 'createdDateTime') && !has(record, 'conditionalAccessStatus')) return false;
  let marks = 0;
  for (const mark of MARKS) if (has(record, mark) && ++marks === 3) return true;
  return false;
}

function normalize(record: RawRecord): Normalized {
  const actor = signInActor(record);
  if (actor === undefined) return IRRELEVANT;
  const time = timeAt(record, 'createdDateTime');
  if (time === undefined) return expected('createdDateTime', 'a time', record['createdDateTime']);

  const status = objectAt(record, 'status');
  const code = numberAt(status, 'errorCode');
  const steps = code === 0 ? [] : objectsAt(record, 'authenticationDetails');
  const success = code === undefined ? seemsSuccess(record, steps) : code === 0;
  const signIn: Writable<Authentication> = {
    kind: 'authentication',
    time,
    source: SOURCE,
    feed: FEED,
    uid: recordId(record, 'id'),
    actor,
    activity: 'logon',
    status: success ? 'success' : 'failure',
    interactive: wasAtKeyboard(record, actor),
  };
  const risks = record['riskEventTypes_v2'] ?? record['riskEventTypes'];
  const srcEndpoint = graphEndpoint(record, Array.isArray(risks) && risks.includes('anonymizedIPAddress'));
  if (srcEndpoint !== undefined) signIn.srcEndpoint = srcEndpoint;
  const device = deviceOf(objectAt(record, 'deviceDetail'));
  if (device !== undefined) signIn.device = device;
  const application = applicationOf(idAt(record, 'appId'), textAt(record, 'appDisplayName'));
  if (application !== undefined) signIn.application = application;
  const session = idAt(record, 'sessionId');
  if (session !== undefined) signIn.session = session;
  // v1.0 has no more of the program than the browser's name and version.
  const userAgent = textAt(record, 'userAgent') ?? textAt(objectAt(record, 'deviceDetail'), 'browser');
  if (userAgent !== undefined) signIn.userAgent = userAgent;
  if (success) {
    const isMfa = secondFactorUsed(record, status);
    if (isMfa !== undefined) signIn.isMfa = isMfa;
    return events([signIn]);
  }
  if (code !== undefined) signIn.statusDetail = String(code);
  if (firstFactorPassed(signIn.statusDetail) || steps.some(isPassedFirstStep))
    signIn.firstFactorPassed = true;
  if (code === SECOND_FACTOR_FAILED) signIn.isMfa = true;
  const refused = wasRefused(code, textAt(status, 'additionalDetails'), steps);
  return events(refused ? [signIn, refusalOf(signIn, actor)] : [signIn]);
}

/** A second factor that failed without a word was refused or let pass more often than mistyped. */
function wasRefused(
  code: number | undefined,
  detail: string | undefined,
  steps: readonly RawRecord[],
): boolean {
  if (isRefusal(detail) || steps.some(isRefusedStep)) return true;
  return code === SECOND_FACTOR_FAILED && detail === undefined && !steps.some(isExplainedStep);
}

/** The person said no to the second factor, or nothing: a change of its own kind, for counting prompts. */
function refusalOf(signIn: Authentication, actor: Actor): AccountChange {
  const refusal: Writable<AccountChange> = {
    kind: 'account-change',
    time: signIn.time,
    source: SOURCE,
    feed: FEED,
    uid: signIn.uid,
    part: 1,
    actor,
    activity: 'mfa-challenge-denied',
    status: 'failure',
    user: actor,
  };
  if (signIn.srcEndpoint !== undefined) refusal.srcEndpoint = signIn.srcEndpoint;
  return refusal;
}

/**
 * Judges a sign-in whose error code is missing: by its steps, and where it has no status at all, because only some
 * fields were asked for, by nothing having spoken against it. A status that cannot be read is no success.
 */
function seemsSuccess(record: RawRecord, steps: readonly RawRecord[]): boolean {
  return steps.length > 0 ? steps.every(isPassedStep) : !has(record, 'status') || record['status'] === null;
}

function secondFactorUsed(record: RawRecord, status: RawRecord | undefined): boolean | undefined {
  const requirement = textAt(record, 'authenticationRequirement')?.toLowerCase();
  if (requirement === 'multifactorauthentication') return true;
  const detail = textAt(status, 'additionalDetails')?.toLowerCase() ?? '';
  if (detail.startsWith('mfa completed') || detail.startsWith('mfa requirement satisfied')) return true;
  return requirement === 'singlefactorauthentication' ? false : undefined;
}

function isPassedStep(step: RawRecord): boolean {
  return booleanAt(step, 'succeeded') === true;
}

function isPassedFirstStep(step: RawRecord): boolean {
  return isPassedStep(step) && textAt(step, 'authenticationStepRequirement') === 'Primary authentication';
}

function isRefusedStep(step: RawRecord): boolean {
  return isRefusal(textAt(step, 'authenticationStepResultDetail'));
}

function isExplainedStep(step: RawRecord): boolean {
  return !isPassedStep(step) && textAt(step, 'authenticationStepResultDetail') !== undefined;
}

function deviceOf(detail: RawRecord | undefined): Device | undefined {
  if (detail === undefined) return undefined;
  const device: Writable<Device> = {};
  const uid = idAt(detail, 'deviceId');
  if (uid !== undefined) device.uid = uid;
  const name = textAt(detail, 'displayName');
  if (name !== undefined) device.name = name;
  const os = textAt(detail, 'operatingSystem');
  if (os !== undefined) device.os = os;
  // A computer joined to the organization is its own, also where Intune does not manage it.
  const managed = JOINED.has(textAt(detail, 'trustType')?.toLowerCase() ?? '')
    ? true
    : booleanAt(detail, 'isManaged');
  if (managed !== undefined) device.managed = managed;
  // Of a device that is not registered nobody knows whether it complies; false stands there all the same.
  const compliant = uid === undefined ? undefined : booleanAt(detail, 'isCompliant');
  if (compliant !== undefined) device.compliant = compliant;
  for (const _ in device) return device;
  return undefined;
}
