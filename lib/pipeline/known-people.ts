/** Keeps what a detecting process knows of people, and what was approved, as new as the directory table. */
import type { Event, UserInventoryInfo } from '../core/events/index.ts';
import type { Locate } from '../core/people/claimed-place.ts';
import { buildDirectory, type Directory } from '../core/people/directory.ts';
import type { RosterRow } from '../core/people/roster.ts';
import { HOUR_MS, MINUTE_MS, type EpochMs } from '../core/time.ts';
import type { Clock } from '../sources/transport.ts';
import { readApprovals, type RecordedApproval } from '../stores/approvals.ts';
import {
  findRevision,
  raiseRevision,
  readLinks,
  readUsers,
  saveLink,
  saveUsers,
} from '../stores/directory.ts';
import type { Table } from '../stores/table.ts';

export interface Known {
  readonly directory: Directory;
  /** Recorded beside those of ringer.yaml. */
  readonly approvals: readonly RecordedApproval[];
}

export interface KnownPeople {
  /** Gives what is known now. */
  readonly current: () => Promise<Known>;
  readonly learnUsers: (users: readonly UserInventoryInfo[]) => Promise<void>;
  readonly learnLinks: (events: readonly Event[]) => Promise<void>;
}

export interface PeopleSources {
  readonly table: Table;
  readonly roster: readonly RosterRow[];
  /** Who is inside. */
  readonly domains: readonly string[];
  readonly locate?: Locate;
  readonly clock: Clock;
}

/** How long a change may go unnoticed. */
const CHECK_MS = MINUTE_MS;
/** A process that died between a change and saying so is made up for by then. */
const RELOAD_MS = HOUR_MS;

interface Read extends Known {
  readonly revision: string;
  readonly readAt: EpochMs;
}

export function openKnownPeople({ table, clock, ...given }: PeopleSources): KnownPeople {
  let known: Read | undefined;
  let checkedAt = -Infinity;

  async function read(revision: string, readAt: EpochMs): Promise<Read> {
    const [users, links, approvals] = await Promise.all([
      readUsers(table),
      readLinks(table),
      readApprovals(table),
    ]);
    return { directory: buildDirectory({ ...given, users, links }), approvals, revision, readAt };
  }

  return {
    async current() {
      const now = clock.now();
      if (known !== undefined && now - checkedAt < CHECK_MS) return known;
      const revision = await findRevision(table);
      const isNew = known?.revision === revision && now - known.readAt < RELOAD_MS;
      const newest = known !== undefined && isNew ? known : await read(revision, now);
      known = newest;
      checkedAt = now;
      return newest;
    },
    async learnUsers(users) {
      if (!(await saveUsers(table, users))) return;
      await raiseRevision(table);
      checkedAt = -Infinity;
    },
    async learnLinks(events) {
      const news = events.flatMap((event) => linkIn(event, known?.directory) ?? []);
      const distinct = new Map(news.map((addresses) => [addresses.join('\n'), addresses]));
      const saved = await Promise.all([...distinct.values()].map((link) => saveLink(table, link)));
      if (!saved.includes(true)) return;
      await raiseRevision(table);
      checkedAt = -Infinity;
    },
  };
}

/** Gives the addresses of an actor that the directory does not take for one person yet. */
function linkIn(
  { actor }: Event,
  directory: Directory | undefined,
): readonly (readonly string[])[] | undefined {
  if (actor?.address === undefined || (actor.otherAddresses ?? []).length === 0) return undefined;
  const addresses = [actor.address, ...(actor.otherAddresses ?? [])];
  const people = new Set(addresses.map((address) => directory?.person(address)?.id));
  return people.size === 1 && !people.has(undefined) ? undefined : [addresses];
}
