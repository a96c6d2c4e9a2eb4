/**
 * The pipeline in one process: what AWS has between a collector and the alerts table, in a folder. A page is in the
 * archive, in the queue and in `--events-out` before its cursor moves, so that whatever is interrupted is done again.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RingerConfig } from '../config/schema.ts';
import type { Alert } from '../core/alerts/alert.ts';
import type { RosterRow } from '../core/people/roster.ts';
import { nameOf } from '../core/errors.ts';
import { MINUTE_MS } from '../core/time.ts';
import { detectMessage } from '../pipeline/detect-message.ts';
import { packEvents } from '../pipeline/event-message.ts';
import type { EventQueue } from '../pipeline/event-queue.ts';
import { openDetecting } from '../pipeline/prepare-detecting.ts';
import { sendTicks, ticksFor } from '../pipeline/send-ticks.ts';
import { systemClock } from '../sources/transport.ts';
import { findAlerts } from '../stores/alert-queries.ts';
import type { Archive } from '../stores/archive.ts';
import type { EmbeddedStore } from '../stores/embedded/embedded-store.ts';
import { openFolderArchive } from '../stores/embedded/folder-archive.ts';
import { openFolderQueue } from '../stores/embedded/folder-queue.ts';
import type { Table } from '../stores/table.ts';
import { dueSubjects } from '../stores/wake-ups.ts';
import { openEventsOut } from './events-out.ts';
import { LISTS_DIRECTORY } from './lists.ts';
import { notice } from './terminal.ts';

export interface LocalPipeline {
  readonly ledger: Table;
  readonly archive: Archive;
  /** What collectors send to. */
  readonly queue: EventQueue;
  /** Evaluates all that waits, and those whose time has come. */
  readonly detect: () => Promise<void>;
  /**
   * Looks at those too who are to be looked at within minutes: nobody will be here then. They stay booked for whoever runs
   * next.
   */
  readonly settle: () => Promise<void>;
  /** Messages that wait to be evaluated. */
  readonly waiting: () => number;
  /** How many events nobody could use; they are in `dead-letters.ndjson`. */
  readonly setAside: () => number;
  /** Open alerts that are new since the pipeline was opened, or have another severity. */
  readonly news: () => Promise<readonly Alert[]>;
  readonly close: () => void;
}

/** Two slots of booking. */
const SETTLE_MS = 10 * MINUTE_MS;

interface Parts {
  readonly directory: string;
  readonly tables: EmbeddedStore;
  readonly config: RingerConfig;
  readonly roster: readonly RosterRow[];
  readonly eventsOut: string | undefined;
}

/** @throws OUTPUT_FAILED; GEO_DATABASE_UNREADABLE; LIST_UNREADABLE */
export async function openLocalPipeline(parts: Parts): Promise<LocalPipeline> {
  const { directory, tables, config, roster } = parts;
  const messages = openFolderQueue(join(directory, 'queue'));
  const own: EventQueue = {
    async send(events) {
      for (const body of packEvents(events)) await messages.send(body);
    },
  };
  const broken = new Set<string>();
  const ready = await openDetecting(
    { config, roster, tables, queue: own, listsDirectory: LISTS_DIRECTORY },
    {
      failed(detection, _event, cause) {
        if (!broken.has(detection))
          notice(`ringer: INVARIANT: the detection ${detection} failed: ${nameOf(cause)}`);
        broken.add(detection);
      },
      cannotTell: () => undefined,
    },
  );
  const out = parts.eventsOut === undefined ? undefined : openEventsOut(parts.eventsOut);
  const before = await openAlerts(tables.alerts);
  let buried = 0;
  const setAside = (entry: unknown, because: string): Promise<void> => {
    appendFileSync(join(directory, 'dead-letters.ndjson'), `${JSON.stringify({ because, entry })}\n`, {
      mode: 0o600,
    });
    buried++;
    return Promise.resolve();
  };
  const drain = (): Promise<void> =>
    messages.drain(async (body) => {
      // Nobody else is at the tables: what fails now would fail again.
      await detectMessage(body, Infinity, await ready(), setAside);
    });
  return {
    ledger: tables.ledger,
    archive: openFolderArchive(join(directory, 'archive')),
    queue: {
      async send(events) {
        await own.send(events);
        out?.append(events);
      },
    },
    async detect() {
      await drain();
      await sendTicks({ ...tables, queue: own, clock: systemClock });
      await drain();
    },
    async settle() {
      const now = systemClock.now();
      for await (const { subjects } of dueSubjects(tables.ledger, now + SETTLE_MS))
        await own.send(ticksFor(subjects, now));
      await drain();
    },
    waiting: messages.size,
    setAside: () => buried,
    async news() {
      const now = await openAlerts(tables.alerts);
      return [...now.values()].filter((alert) => before.get(alert.id)?.severity !== alert.severity);
    },
    close: () => out?.close(),
  };
}

async function openAlerts(table: Table): Promise<ReadonlyMap<string, Alert>> {
  const open = new Map<string, Alert>();
  for await (const { alert } of findAlerts(table, { statuses: ['open'] })) open.set(alert.id, alert);
  return open;
}
