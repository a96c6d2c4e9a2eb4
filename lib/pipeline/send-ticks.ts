/** Gives everybody who is due a tick, through the queue that events take. */
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';
import type { Tick } from '../core/events/index.ts';
import { DAY_MS, type EpochMs } from '../core/time.ts';
import type { Clock } from '../sources/transport.ts';
import { findAlerts } from '../stores/alert-queries.ts';
import { readApprovalRevision } from '../stores/approvals.ts';
import { dueSubjects, findWeighed, recordWeighed, recordWoken } from '../stores/wake-ups.ts';
import type { Table } from '../stores/table.ts';
import type { EventQueue } from './event-queue.ts';

export interface Ticking {
  readonly ledger: Table;
  readonly alerts: Table;
  readonly directory: Table;
  readonly queue: EventQueue;
  readonly clock: Clock;
}

/** What is older is sealed, approved or not. */
const OPEN_AT_MOST_MS = 4 * DAY_MS;

/**
 * Wakes those booked for the slots that are over. A slot is recorded once its ticks are in the queue: a crash wakes some
 * of them twice, which changes nothing.
 *
 * @returns how many were woken
 */
export async function sendTicks({ ledger, queue, clock }: Ticking): Promise<number> {
  let woken = 0;
  for await (const { slot, subjects } of dueSubjects(ledger, clock.now())) {
    await queue.send(ticksFor(subjects, clock.now()));
    await recordWoken(ledger, slot);
    woken += subjects.length;
  }
  return woken;
}

/**
 * Wakes those with alerts of late when approvals were recorded or withdrawn since, so that they are weighed anew; and once
 * more at the next turn, because a process that detects may have looked for approvals a moment before.
 *
 * @returns how many were woken
 */
export async function tickAfterApprovals({
  ledger,
  alerts,
  directory,
  queue,
  clock,
}: Ticking): Promise<number> {
  const revision = await readApprovalRevision(directory);
  const weighed = await findWeighed(ledger);
  const isNew = revision !== weighed.revision;
  if (!isNew && !weighed.isToRepeat) return 0;
  const subjects = new Map<string, SubjectRef>();
  const standing = { statuses: ['open', 'acknowledged'], since: clock.now() - OPEN_AT_MOST_MS } as const;
  for await (const { alert } of findAlerts(alerts, standing)) {
    const { kind, id } = alert.subject;
    subjects.set(subjectKey(alert.subject), { kind, id });
  }
  await queue.send(ticksFor([...subjects.values()], clock.now()));
  await recordWeighed(ledger, { revision, isToRepeat: isNew });
  return subjects.size;
}

/** Makes the ticks of some subjects. */
export function ticksFor(subjects: readonly SubjectRef[], time: EpochMs): readonly Tick[] {
  return subjects.map((to) => ({
    kind: 'tick',
    time,
    source: 'ringer',
    feed: 'tick',
    uid: subjectKey(to),
    to,
  }));
}
