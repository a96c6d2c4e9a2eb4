/** Says whom the actor of an event is. Called once an event: lookups only. */
import type { Actor, SourceId, UserInventoryInfo } from '../events/index.ts';
import { isEmail, normalAddress } from './address-groups.ts';
import type { Directory } from './directory.ts';
import type { Person } from './person.ts';
import type { SubjectRef } from './subject.ts';

interface Known {
  readonly byAddress: ReadonlyMap<string, Person>;
  readonly users: readonly UserInventoryInfo[];
  /** People whom the people file or a directory names. */
  readonly listed: ReadonlySet<Person>;
  readonly domains: readonly string[];
}

/** Microsoft's logs name accounts by the ids of the Entra directory. */
const DIRECTORY_OF: ReadonlyMap<SourceId, SourceId> = new Map([
  ['m365', 'entra'],
  ['intune', 'entra'],
]);

/**
 * Prepares the lookups behind `Directory.subjectOf`.
 *
 * A program, or an actor that the policy names a service account, is an account whatever its address. Else the first of
 * these that answers: a known address, the vendor's account id in that vendor's directory, an AWS session name (a known
 * address, the local part of exactly one person, any address), an address nobody has listed, the account.
 */
export function joinActors(known: Known): Directory['subjectOf'] {
  const { byAddress } = known;
  const subjects = new Map<Person, SubjectRef>();
  for (const person of byAddress.values()) subjects.set(person, personSubject(person.id, person.name));
  const byAccount = accountsOf(known);
  const byLocalPart = localPartsOf(known);

  function knownSubject(person: Person | undefined, actor: Actor): SubjectRef | undefined {
    const subject = person === undefined ? undefined : subjects.get(person);
    return subject?.name === undefined && subject !== undefined
      ? personSubject(subject.id, actor.name)
      : subject;
  }

  function personNamed(actor: Actor, source: SourceId): Person | undefined {
    let person = actor.address === undefined ? undefined : byAddress.get(normalAddress(actor.address));
    for (const other of actor.otherAddresses ?? []) person ??= byAddress.get(normalAddress(other));
    if (person !== undefined || actor.accountUid === undefined) return person;
    return byAccount.get(`${DIRECTORY_OF.get(source) ?? source}\n${actor.accountUid}`);
  }

  return (actor, source, serviceAccounts) => {
    if (actor.type === 'service' || isServiceAccount(actor, serviceAccounts))
      return accountSubject(actor, source);
    const person = personNamed(actor, source);
    if (person !== undefined) return knownSubject(person, actor);
    if (actor.sessionName !== undefined) {
      const session = normalAddress(actor.sessionName);
      const inSession = byAddress.get(session) ?? byLocalPart.get(session);
      if (inSession !== undefined) return knownSubject(inSession, actor);
      if (isEmail(session)) return personSubject(session, actor.name);
    }
    const address = normalAddress(actor.address ?? actor.otherAddresses?.[0] ?? '');
    return address === '' ? accountSubject(actor, source) : personSubject(address, actor.name);
  };
}

function accountsOf({ byAddress, users }: Known): ReadonlyMap<string, Person> {
  const people = new Map<string, Person | undefined>();
  for (const { source, user } of users) {
    if (user.accountUid === undefined) continue;
    const key = `${source}\n${user.accountUid}`;
    const person = byAddress.get(normalAddress(user.address));
    // One account id listed for two people says nothing of either.
    people.set(key, people.has(key) && people.get(key) !== person ? undefined : person);
  }
  return withoutGaps(people);
}

function localPartsOf({ byAddress, listed, domains }: Known): ReadonlyMap<string, Person> {
  const own = new Set(domains.map((domain) => domain.toLowerCase()));
  const people = new Map<string, Person | undefined>();
  for (const [address, person] of byAddress) {
    const at = address.lastIndexOf('@');
    if (at <= 0 || !(own.size > 0 ? own.has(address.slice(at + 1)) : listed.has(person))) continue;
    const local = address.slice(0, at);
    people.set(local, people.has(local) && people.get(local) !== person ? undefined : person);
  }
  return withoutGaps(people);
}

/** Drops keys that more than one person could mean. */
function withoutGaps(people: ReadonlyMap<string, Person | undefined>): ReadonlyMap<string, Person> {
  const certain = new Map<string, Person>();
  for (const [key, person] of people) if (person !== undefined) certain.set(key, person);
  return certain;
}

function isServiceAccount(actor: Actor, serviceAccounts: ReadonlySet<string>): boolean {
  if (serviceAccounts.size === 0) return false;
  const names = [actor.address, actor.accountUid, actor.name, ...(actor.otherAddresses ?? [])];
  return names.some((name) => name !== undefined && serviceAccounts.has(normalAddress(name)));
}

function accountSubject(actor: Actor, source: SourceId): SubjectRef | undefined {
  const { accountUid } = actor;
  const uid = accountUid ?? actor.address ?? actor.sessionName;
  if (uid === undefined || uid.trim() === '') return undefined;
  const id = accountUid?.startsWith('arn:') === true ? accountUid : `${source}:${uid}`;
  return { kind: 'account', id, ...(actor.name === undefined ? {} : { name: actor.name }) };
}

function personSubject(id: string, name: string | undefined): SubjectRef {
  return { kind: 'person', id, ...(name === undefined ? {} : { name }) };
}
