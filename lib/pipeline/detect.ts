/**
 * Detects: places events, gives each to the subject it concerns, and evaluates those subjects. What subjects tell each
 * other goes back to the queue as events.
 */
import { isWatched, subjectOf, type Rules } from '../core/engine.ts';
import type { Endpoint, Event } from '../core/events/index.ts';
import type { Directory } from '../core/people/directory.ts';
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';
import type { Policy } from '../core/policy.ts';
import type { Clock } from '../sources/transport.ts';
import type { Table } from '../stores/table.ts';
import { detectSubject, type Detected } from './detect-subject.ts';
import type { EventQueue } from './event-queue.ts';
import type { Told } from './told.ts';

export interface Detecting {
  readonly ledger: Table;
  readonly alerts: Table;
  readonly queue: EventQueue;
  readonly told: Told;
  readonly clock: Clock;
  /** Adds what is known of where an address is and to what network it belongs. */
  readonly place: (endpoint: Endpoint) => Endpoint;
  readonly directory: Directory;
  readonly policy: Policy;
  readonly rules: Rules;
  readonly organization: { readonly peopleCount: number; readonly domains: readonly string[] };
  /** A detection threw on an event and was skipped for it. */
  readonly failed: (detection: string, event: Event, cause: unknown) => void;
  readonly cannotTell: (detection: string, because: string) => void;
}

export interface DetectCounts extends Detected {
  readonly subjects: number;
  /** Events that name nobody. */
  readonly nobody: number;
}

/** More at once would only wait for each other's writes. */
const SUBJECTS_AT_ONCE = 8;

/**
 * Evaluates the events of one message. Doing so again changes nothing.
 *
 * @throws STORE_FAILED, or what the tables throw: the message is to be given again
 */
export async function detect(events: readonly Event[], run: Detecting): Promise<DetectCounts> {
  const groups = new Map<string, { subject: SubjectRef; events: Event[] }>();
  let nobody = 0;
  for (const event of events) {
    if (!isWatched(run.rules, event)) continue;
    const subject = subjectOf(event, run.directory, run.policy.serviceAccounts);
    if (subject === undefined) {
      nobody++;
      continue;
    }
    const key = subjectKey(subject);
    const group = groups.get(key) ?? { subject, events: [] };
    group.events.push(placed(event, run.place));
    groups.set(key, group);
  }
  const total = { written: 0, withdrawn: 0, late: 0 };
  await atOnce([...groups.values()], SUBJECTS_AT_ONCE, async (group) => {
    const { written, withdrawn, late } = await detectSubject(group.subject, group.events, run);
    total.written += written;
    total.withdrawn += withdrawn;
    total.late += late;
  });
  return { ...total, subjects: groups.size, nobody };
}

function placed(event: Event, place: Detecting['place']): Event {
  return event.srcEndpoint === undefined ? event : { ...event, srcEndpoint: place(event.srcEndpoint) };
}

async function atOnce<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
