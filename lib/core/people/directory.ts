/** The directory: which addresses, logins and accounts are one person, and what is known of them. */
import {
  compareEvents,
  compareText,
  type Actor,
  type SourceId,
  type UserInventoryInfo,
} from '../events/index.ts';
import { addressGroups, isEmail, normalAddress } from './address-groups.ts';
import type { Locate } from './claimed-place.ts';
import {
  byStanding,
  differencesOf,
  directoryClaim,
  mergedFields,
  rosterClaim,
  type Claim,
} from './claims.ts';
import type { Person } from './person.ts';
import type { RosterRow } from './roster.ts';
import { joinActors } from './joining.ts';
import type { SubjectRef } from './subject.ts';

export interface DirectoryInput {
  readonly roster: readonly RosterRow[];
  readonly users: readonly UserInventoryInfo[];
  /** Addresses seen together in one record. */
  readonly links?: readonly (readonly string[])[];
  /**
   * Who is inside: only their addresses lend a local part to AWS session names. Without it, those of everybody whom the
   * people file or a directory lists.
   */
  readonly domains?: readonly string[];
  /** Finds where claimed cities are. Without it they are names, which are compared with those of addresses. */
  readonly locate?: Locate;
}

export interface Directory {
  /** Everybody known, ordered by id. */
  readonly people: readonly Person[];
  /** Where a directory contradicts the people file, which wins: one sentence each. */
  readonly differences: readonly string[];
  /** Finds the person with an address, be it the primary or another. */
  readonly person: (address: string) => Person | undefined;
  /** Says whom an actor is: person, else account; `undefined` when the record names nobody. */
  readonly subjectOf: (
    actor: Actor,
    source: SourceId,
    serviceAccounts: ReadonlySet<string>,
  ) => SubjectRef | undefined;
}

/**
 * Joins the people file, the directories' users and addresses seen together into people.
 *
 * Two records are one person when any e-mail, UPN, login or alias is equal after lower-casing. The primary address is
 * the people file's, else Okta's, Entra's, Google's, else the first in alphabetical order. Of an account listed several
 * times every address counts, and the fields of the latest listing. The result is the same for any order of the input
 * and any number of repetitions.
 */
export function buildDirectory(input: DirectoryInput): Directory {
  const { roster, users, links = [], domains = [], locate } = input;
  const groups = addressGroups();
  for (const row of roster) groups.join([row.email, ...(row.aliases ?? [])]);
  for (const { user } of users) groups.join([user.address, ...(user.aliases ?? [])]);
  for (const link of links) groups.join(link);

  const members = new Map<string, { addresses: string[]; claims: Claim[] }>();
  for (const address of groups.all()) {
    const root = groups.groupOf(address) ?? address;
    const member = members.get(root);
    if (member === undefined) members.set(root, { addresses: [address], claims: [] });
    else member.addresses.push(address);
  }
  const claims = [
    ...roster.map((row) => rosterClaim(row, locate)),
    ...latestOf(users).map((event) => directoryClaim(event, locate)),
  ];
  for (const claim of claims) {
    const root = groups.groupOf(normalAddress(claim.address));
    if (root !== undefined) members.get(root)?.claims.push(claim);
  }

  const people: Person[] = [];
  const differences: string[] = [];
  const listed = new Set<Person>();
  for (const { addresses, claims: said } of members.values()) {
    const ordered = byStanding(said);
    const person = personOf(addresses, ordered);
    people.push(person);
    if (ordered.length > 0) listed.add(person);
    differences.push(...differencesOf(person.id, ordered));
  }
  people.sort((a, b) => compareText(a.id, b.id));

  const byAddress = new Map<string, Person>();
  for (const person of people) for (const address of person.addresses) byAddress.set(address, person);
  return {
    people,
    differences: differences.sort(compareText),
    person: (address) => byAddress.get(normalAddress(address)),
    subjectOf: joinActors({ byAddress, users, listed, domains }),
  };
}

/** An account's latest listing; among listings of one instant the one that sorts last, whatever the order of reading. */
function latestOf(users: readonly UserInventoryInfo[]): readonly UserInventoryInfo[] {
  const latest = new Map<string, UserInventoryInfo>();
  for (const event of users) {
    const key = `${event.source}\n${event.user.accountUid ?? normalAddress(event.user.address)}`;
    const known = latest.get(key);
    if (known === undefined || isLater(event, known)) latest.set(key, event);
  }
  return [...latest.values()];
}

function isLater(a: UserInventoryInfo, b: UserInventoryInfo): boolean {
  const order =
    compareEvents(a, b) || compareText(JSON.stringify(directoryClaim(a)), JSON.stringify(directoryClaim(b)));
  return order > 0;
}

function personOf(addresses: readonly string[], claims: readonly Claim[]): Person {
  const sorted = [...addresses].sort(compareText);
  const id = primaryOf(sorted, claims);
  return {
    id,
    addresses: [id, ...sorted.filter((address) => address !== id)],
    ...mergedFields(claims),
    onRoster: claims[0]?.by === 'people file',
  };
}

/** E-mail addresses go before bare logins, because the primary address is what people are known by. */
function primaryOf(sorted: readonly string[], claims: readonly Claim[]): string {
  const claimed = claims.map((claim) => normalAddress(claim.address)).filter((address) => address !== '');
  return claimed.find(isEmail) ?? sorted.find(isEmail) ?? claimed[0] ?? sorted[0] ?? '';
}
