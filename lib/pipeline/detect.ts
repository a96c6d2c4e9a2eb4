/**
 * Detects: places events, gives each to the subject it concerns, and evaluates those subjects. What subjects tell each
 * other goes back to the queue as events.
 */
import {
  isToldOnly,
  isWatched,
  sightingsOf,
  subjectOf,
  type FoldContext,
  type Rules,
} from '../core/engine.ts';
import type { Endpoint, Event, Sighting, UserInventoryInfo } from '../core/events/index.ts';
import type { Directory } from '../core/people/directory.ts';
import { subjectKey } from '../core/people/subject.ts';
import type { Policy } from '../core/policy.ts';
import type { Clock } from '../sources/transport.ts';
import type { Table } from '../stores/table.ts';
import type { Booked } from './booked.ts';
import { detectSubject, type Concerning, type Detected } from './detect-subject.ts';
import type { EventQueue } from './event-queue.ts';
import { say } from './tell-others.ts';
import type { Told } from './told.ts';

export interface Detecting {
  readonly ledger: Table;
  readonly alerts: Table;
  readonly queue: EventQueue;
  readonly told: Told;
  readonly booked: Booked;
  readonly clock: Clock;
  /** Adds what is known of where an address is and to what network it belongs. */
  readonly place: (endpoint: Endpoint) => Endpoint;
  readonly directory: Directory;
  readonly policy: Policy;
  readonly rules: Rules;
  readonly organization: FoldContext['organization'];
  /** Takes in accounts as directories list them; they count from the next message on. */
  readonly learnUsers: (users: readonly UserInventoryInfo[]) => Promise<void>;
  /** Takes in which addresses a record gave for one person. */
  readonly learnLinks: (events: readonly Event[]) => Promise<void>;
  /** A detection threw on an event and was skipped for it. */
  readonly failed: (detection: string, event: Event, cause: unknown) => void;
  readonly cannotTell: (detection: string, because: string) => void;
}

export interface DetectCounts extends Detected {
  readonly subjects: number;
  /** Events that some detection watches. */
  readonly watched: number;
  /** Events that name nobody. */
  readonly nobody: number;
  /** What could not be done; the rest of the message is. */
  readonly failed: readonly Failure[];
}

/** Events that could not be read, or not be taken in, or whose subject could not be evaluated; and why. */
export interface Failure {
  readonly events: readonly Event[];
  readonly cause: unknown;
}

/** More at once would only wait for each other's writes. */
const SUBJECTS_AT_ONCE = 8;

/** Evaluates the events of one message. Doing so again changes nothing. */
export async function detect(events: readonly Event[], run: Detecting): Promise<DetectCounts> {
  const failed: Failure[] = [];
  const listed = events.filter((event) => event.kind === 'user-inventory-info');
  if (listed.length > 0)
    await run.learnUsers(listed).catch((cause: unknown) => failed.push({ events: listed, cause }));
  const linking = events.filter(({ actor }) => actor?.otherAddresses !== undefined);
  await run.learnLinks(linking).catch((cause: unknown) => failed.push({ events: linking, cause }));

  const { groups, told, ...counts } = grouped(events, run, failed);
  await say(told, [], run).catch((cause: unknown) => failed.push({ events: told, cause }));
  const total = { written: 0, withdrawn: 0, late: 0 };
  await atOnce(groups, SUBJECTS_AT_ONCE, async (group) => {
    try {
      const { written, withdrawn, late } = await detectSubject(group, run);
      total.written += written;
      total.withdrawn += withdrawn;
      total.late += late;
    } catch (cause) {
      failed.push({ events: group.given, cause });
    }
  });
  return { ...total, ...counts, subjects: groups.length, failed };
}

type Group = Concerning & { events: Event[]; isDue: boolean; readonly given: Event[] };

/** Gives each event to its subject; one whose fields are not what they must be is in nobody's way. */
function grouped(
  events: readonly Event[],
  run: Detecting,
  failed: Failure[],
): {
  readonly groups: readonly Group[];
  /** What others are to know of events that no rule watches. */
  readonly told: readonly Sighting[];
  readonly watched: number;
  readonly nobody: number;
} {
  const groups = new Map<string, Group>();
  const told = new Map<string, Sighting>();
  let watched = 0;
  let nobody = 0;
  const route = (event: Event): void => {
    const isTick = event.kind === 'tick';
    if (!isTick && !isWatched(run.rules, event)) return;
    const subject = subjectOf(event, run.directory, run.policy.serviceAccounts);
    if (subject === undefined) {
      nobody++;
      return;
    }
    if (isToldOnly(run.rules, event)) {
      for (const each of sightingsOf(event, subject)) told.set(each.uid, each);
      return;
    }
    const known = isTick ? event : placed(event, run.place);
    const key = subjectKey(subject);
    const group = groups.get(key) ?? { subject, events: [], isDue: false, given: [] };
    groups.set(key, group);
    group.given.push(event);
    // A tick says only that it is time; the engine makes its own.
    if (isTick) group.isDue = true;
    else {
      watched++;
      group.events.push(known);
    }
  };
  for (const event of events) {
    try {
      route(event);
    } catch (cause) {
      failed.push({ events: [event], cause });
    }
  }
  return { groups: [...groups.values()], told: [...told.values()], watched, nobody };
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
