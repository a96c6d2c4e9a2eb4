/** Somebody to make records about, and what is read of a record. */
import type { SourceEvent } from '../../../../lib/core/events/index.ts';
import { feedOf } from '../../../../lib/sources/index.ts';
import { outcomeOf } from '../../../../lib/sources/outcome.ts';
import type { Normalized, RawRecord } from '../../../../lib/sources/source.ts';
import { randomOf } from '../../../../lib/simulator/world/chance.ts';
import { makeStaff } from '../../../../lib/simulator/world/company/make-staff.ts';
import { AddressBook } from '../../../../lib/simulator/world/places/address-book.ts';
import { CITIES } from '../../../../lib/simulator/world/places/cities.ts';

export const AT = Date.UTC(2026, 2, 9, 14, 2, 11);
export const random = randomOf(1, 'records');
export const book = new AddressBook(0, random);
export const from = book.home('Austin');

const facts = {
  department: 'Sales',
  employment: 'employee' as const,
  manager: 'ada.abbott@example.com',
  hired: Date.UTC(2024, 0, 8),
  claimed: CITIES.Austin,
  city: CITIES.Austin,
  privileged: false,
};
export const who = makeStaff(0, facts, random);
export const other = makeStaff(1, facts, random);

/** What is made, the record, and what is to be read of it. */
export type Case = readonly [what: string, record: RawRecord, read: object];

/** Reads a record as the project does. */
export function outcome(record: RawRecord): Normalized {
  const feed = feedOf(record);
  if (feed === undefined) throw new Error('no feed knows the record');
  return outcomeOf(record, feed, AT, AT);
}

/** Gives the first event of a record. */
export function read(record: RawRecord): SourceEvent {
  const made = outcome(record);
  if (made.outcome !== 'events') throw new Error(JSON.stringify(made));
  return made.events[0] as SourceEvent;
}

/** Tells whether 500 records of a maker all have ids of their own. */
export function haveOwnIds(make: () => RawRecord): boolean {
  const uids = Array.from({ length: 500 }, () => read(make()).uid);
  return new Set(uids).size === uids.length;
}
