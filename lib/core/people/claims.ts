/** What records say of one person, and how several become one description. */
import { compareText, type UserInventoryInfo } from '../events/index.ts';
import { dayOf } from '../time.ts';
import { isSameCity, isSameRegion, type Locate } from './claimed-place.ts';
import type { ClaimedPlace, Person } from './person.ts';
import type { RosterRow } from './roster.ts';

/** What one record says of a person, and whose record it is. */
export interface Claim {
  readonly by: 'people file' | 'okta' | 'entra' | 'google' | 'other directory';
  readonly address: string;
  readonly fields: Fields;
}

type Fields = Omit<Person, 'id' | 'addresses' | 'onRoster'>;
type Field = keyof Fields;

/** The earlier wins. */
const STANDING: readonly Claim['by'][] = ['people file', 'okta', 'entra', 'google', 'other directory'];

const FIELDS: readonly Field[] = [
  'name',
  'department',
  'employment',
  'manager',
  'hiredTime',
  'endsTime',
  'workPlace',
  'timeZone',
  'privileged',
];

const asClaimed: Locate = (claim) => claim;

/** Reads a row of the people file. */
export function rosterClaim(row: RosterRow, locate: Locate = asClaimed): Claim {
  const { workPlace } = row;
  const fields = workPlace === undefined ? row : { ...row, workPlace: locate(workPlace) };
  return { by: 'people file', address: row.email, fields: pick(fields) };
}

/** Reads an account as a directory lists it. */
export function directoryClaim(event: UserInventoryInfo, locate: Locate = asClaimed): Claim {
  const { source, user } = event;
  const by = source === 'okta' || source === 'entra' || source === 'google' ? source : 'other directory';
  const { country, region, city } = user;
  const workPlace = {
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    ...(city === undefined ? {} : { city }),
  };
  return { by, address: user.address, fields: pick({ ...user, workPlace: locate(workPlace) }) };
}

/** Orders claims by whom to believe; among equals by their content, so that the order of reading does not matter. */
export function byStanding(claims: readonly Claim[]): readonly Claim[] {
  return claims
    .map((claim) => ({
      claim,
      text: JSON.stringify([claim.address, FIELDS.map((field) => claim.fields[field])]),
    }))
    .sort(
      (a, b) => STANDING.indexOf(a.claim.by) - STANDING.indexOf(b.claim.by) || compareText(a.text, b.text),
    )
    .map(({ claim }) => claim);
}

/**
 * Makes one description of several, the first that knows a field deciding. A place is taken whole: a city of one record
 * is never put into the country of another.
 */
export function mergedFields(claims: readonly Claim[]): Fields {
  const merged: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const claim = claims.find((each) => each.fields[field] !== undefined);
    if (claim !== undefined) merged[field] = claim.fields[field];
  }
  return merged;
}

/**
 * Lists where other records contradict what the people file says of a person, one sentence each. Without a row of the
 * people file there is nothing to contradict.
 *
 * @example differencesOf('ann@example.com', …)
 * // => ['ann@example.com: department is "Sales" in the people file, "Finance" in okta']
 */
export function differencesOf(id: string, claims: readonly Claim[]): readonly string[] {
  const differences = new Set<string>();
  for (const field of FIELDS) {
    const standing = claims.find((claim) => claim.by === 'people file' && claim.fields[field] !== undefined);
    if (standing === undefined) continue;
    for (const other of claims) {
      for (const [name, ours, theirs] of compared(field, standing.fields, other.fields)) {
        if (ours === undefined || theirs === undefined || ours.toLowerCase() === theirs.toLowerCase())
          continue;
        const where = other.by === 'people file' ? 'another row of it' : other.by;
        differences.add(`${id}: ${name} is "${ours}" in the people file, "${theirs}" in ${where}`);
      }
    }
  }
  return [...differences];
}

type Compared = readonly [name: string, ours: string | undefined, theirs: string | undefined];

/** Instants are compared as days and places part by part: a directory that knows more than the people file agrees. */
function compared(field: Field, ours: Fields, theirs: Fields): readonly Compared[] {
  switch (field) {
    case 'hiredTime':
      return [['hired', dayText(ours.hiredTime), dayText(theirs.hiredTime)]];
    case 'endsTime':
      return [['ends', dayText(ours.endsTime), dayText(theirs.endsTime)]];
    case 'workPlace':
      return comparedPlaces(ours.workPlace ?? {}, theirs.workPlace ?? {});
    case 'privileged':
      return [[field, booleanText(ours.privileged), booleanText(theirs.privileged)]];
    case 'name':
    case 'department':
    case 'employment':
    case 'manager':
    case 'timeZone':
      return [[field, ours[field], theirs[field]]];
  }
}

/** Two spellings of one region or city are no difference. */
function comparedPlaces(ours: ClaimedPlace, theirs: ClaimedPlace): readonly Compared[] {
  const places: Compared[] = [['workCountry', ours.country, theirs.country]];
  if (!isSameRegion(ours, theirs)) places.push(['workRegion', ours.region, theirs.region]);
  if (!isSameCity(ours, theirs)) places.push(['workCity', ours.city, theirs.city]);
  return places;
}

function dayText(time: number | undefined): string | undefined {
  return time === undefined ? undefined : dayOf(time);
}

function booleanText(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function pick(record: Fields): Fields {
  const picked: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = record[field];
    if (value === undefined || (field === 'workPlace' && Object.keys(value).length === 0)) continue;
    picked[field] = value;
  }
  return picked;
}
