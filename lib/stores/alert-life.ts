/**
 * What becomes of an alert when the engine sees more or a person acts: pure, from one record to the next.
 *
 * The engine owns what is seen, people own the status. They meet in one rule: **an alert that becomes more urgent than it
 * was when somebody acknowledged or closed it is open again.** What was judged then was something lesser; only open
 * alerts are told to anybody; and an insider who closes an alert early must not have silenced what comes after. Anything
 * else the engine sees leaves a closed alert closed and is written into its history.
 */
import type { Alert } from '../core/alerts/alert.ts';
import { severityRank, type Severity } from '../core/alerts/severity.ts';
import { stableId } from '../core/hash.ts';
import { isoTime, type EpochMs } from '../core/time.ts';
import type { HistoryChange, HistoryEntry } from './alert-history.ts';

export const STATUSES = [
  'open',
  'acknowledged',
  'closed',
  'withdrawn',
] as const satisfies readonly Alert['status'][];

export type PersonStatus = Exclude<Alert['status'], 'withdrawn'>;

/** An alert as the table keeps it. */
export interface AlertRecord {
  /** The engine's words. */
  readonly seen: Omit<Alert, 'status'>;
  readonly fingerprint: string;
  /** Of the subject's state that said so; the clock's time when it did. */
  readonly revision: number;
  /** Later evidence explains it. */
  readonly withdrawn?: true | undefined;
  /** People's. */
  readonly status: PersonStatus;
  /** How severe it was when a person last set the status. */
  readonly judged?: Severity | undefined;
  /** Rises with every change: a write is refused when somebody else wrote since it was read. */
  readonly version: number;
  readonly newest: HistoryEntry;
}

/** What a person does to an alert. */
export interface Action {
  readonly verb: 'acknowledge' | 'close' | 'reopen' | 'note';
  readonly who: string;
  readonly why: string | undefined;
  readonly time: EpochMs;
  /** How severe it was when they looked: nobody closes what they have not seen. */
  readonly judging?: Severity;
}

/** Why an action is not possible, for people to read. */
export interface Refused {
  readonly refused: string;
}

/** Gives a text that changes whenever anything an alert says does. */
export function fingerprintOf(alert: Alert): string {
  return stableId(JSON.stringify(alert));
}

/** Gives the status to show: an alert that no longer stands is withdrawn, unless a person has closed it. */
export function shownStatus({
  status,
  withdrawn,
}: Pick<AlertRecord, 'status' | 'withdrawn'>): Alert['status'] {
  return withdrawn === true && status !== 'closed' ? 'withdrawn' : status;
}

/** @returns `undefined` when it says so already, or a newer revision stands */
export function whenSeen(
  before: AlertRecord | undefined,
  alert: Alert,
  revision: number,
): AlertRecord | undefined {
  const { status: _, ...seen } = alert;
  const says = { seen, fingerprint: fingerprintOf(alert), revision, withdrawn: undefined };
  if (before === undefined) {
    const first = { ...says, status: 'open' as const, version: 1 };
    return { ...first, newest: entryOf(first, 1, engineDid(revision, 'raised', undefined)) };
  }
  if (revision < before.revision) return undefined;
  if (says.fingerprint === before.fingerprint && before.withdrawn !== true) return undefined;
  const judged = before.judged ?? before.seen.severity;
  const reopens = before.status !== 'open' && severityRank(seen.severity) > severityRank(judged);
  const after = {
    ...before,
    ...says,
    version: before.version + 1,
    ...(reopens ? { status: 'open' as const, judged: undefined } : {}),
  };
  const told = whatToTell(before, seen, reopens);
  return told === undefined
    ? after
    : { ...after, newest: entryOf(after, before.newest.sequence + 1, engineDid(revision, ...told)) };
}

/** @returns `undefined` when it does not stand anyway, or a newer revision does */
export function whenWithdrawn(before: AlertRecord | undefined, revision: number): AlertRecord | undefined {
  if (before === undefined || revision < before.revision || before.withdrawn === true) return undefined;
  const after = { ...before, revision, withdrawn: true as const, version: before.version + 1 };
  const did = engineDid(revision, 'withdrawn', 'later evidence explains it');
  return { ...after, newest: entryOf(after, before.newest.sequence + 1, did) };
}

const VERBS: Readonly<
  Record<Action['verb'], { from: readonly PersonStatus[]; to?: PersonStatus; what: HistoryChange }>
> = {
  acknowledge: { from: ['open'], to: 'acknowledged', what: 'acknowledged' },
  close: { from: ['open', 'acknowledged'], to: 'closed', what: 'closed' },
  reopen: { from: ['acknowledged', 'closed'], to: 'open', what: 'reopened' },
  note: { from: ['open', 'acknowledged', 'closed'], what: 'noted' },
};

export function whenActedOn(before: AlertRecord, action: Action): AlertRecord | Refused {
  const { from, to, what } = VERBS[action.verb];
  const { severity } = before.seen;
  if (!from.includes(before.status)) {
    const { who, time } = before.newest;
    return { refused: `it is ${before.status} already; last changed by ${who} at ${time}` };
  }
  const judges = action.verb === 'acknowledge' || action.verb === 'close';
  if (judges && action.judging !== undefined && severityRank(severity) > severityRank(action.judging)) {
    return { refused: `it has become ${severity} meanwhile; look at it again` };
  }
  const status = to ?? before.status;
  const judged = to === undefined ? before.judged : judges ? severity : undefined;
  const after = { ...before, status, judged, version: before.version + 1 };
  const did = { by: 'person' as const, who: action.who, what, why: action.why, time: isoTime(action.time) };
  return { ...after, newest: entryOf(after, before.newest.sequence + 1, did) };
}

/**
 * Says what of a change belongs in the history. Growth alone is told of when a person had the last word, then each time
 * the count has doubled: an alert that grows all day has a dozen entries, not a thousand.
 */
function whatToTell(
  before: AlertRecord,
  seen: AlertRecord['seen'],
  reopens: boolean,
): readonly [HistoryChange, string | undefined] | undefined {
  const severity =
    seen.severity === before.seen.severity
      ? undefined
      : `${severityRank(seen.severity) > severityRank(before.seen.severity) ? 'rose' : 'sank'} from ${before.seen.severity} to ${seen.severity}`;
  const { newest } = before;
  const growth =
    seen.count > newest.count && (newest.by === 'person' || seen.count >= 2 * newest.count)
      ? `${newest.count} events are now ${seen.count}`
      : undefined;
  const reasons = [severity, growth].filter((reason) => reason !== undefined);
  const why = reasons.length === 0 ? undefined : reasons.join('; ');
  if (reopens) return ['reopened', `more urgent than when it was judged: ${why ?? `now ${seen.severity}`}`];
  if (before.withdrawn === true) return ['stands again', why];
  if (severity !== undefined) return ['severity changed', why];
  return growth === undefined ? undefined : ['grew', growth];
}

type Did = Pick<HistoryEntry, 'by' | 'who' | 'what' | 'time'> & { readonly why: string | undefined };

function engineDid(revision: number, what: HistoryChange, why: string | undefined): Did {
  return { by: 'engine', who: 'ringer', what, why, time: isoTime(revision) };
}

function entryOf(
  after: Pick<AlertRecord, 'seen' | 'status' | 'withdrawn'>,
  sequence: number,
  { why, ...did }: Did,
): HistoryEntry {
  return {
    sequence,
    ...did,
    ...(why === undefined ? {} : { why }),
    status: shownStatus(after),
    severity: after.seen.severity,
    count: after.seen.count,
  };
}
