/** Who was at an address lately, and on which days. Plain JSON, bounded by `RESIDENTS_KEPT`. */
import type { NotedEvent, Sighting, SightingOf } from '../../events/index.ts';
import { claimText, compareClaim } from '../../people/claimed-place.ts';
import { greatCircleKm, type Coordinates } from '../../places/distance.ts';
import type { Network, NetworkKind } from '../../places/network.ts';
import type { Place } from '../../places/place.ts';
import type { Severity } from '../../alerts/severity.ts';
import { dayNumberOf, type EpochMs } from '../../time.ts';
import type { FarmContext } from './parameters.ts';

/** Of an address. */
export interface House {
  residents: Resident[];
  /** UTC day of the newest sighting, in days since 1970. */
  day?: number;
  /** When the newest sign-in that is known was. */
  newestTime?: EpochMs;
  place?: Place;
  network?: Network;
  /** What it was last taken for: shared by so many people, or an office. */
  taken?: { readonly severity: Severity; readonly people: number } | 'office';
  /** When it was first found to be shared. */
  sharedSince?: EpochMs;
}

/** Where somebody is said to work: in the area, in its country and no more is known, elsewhere, or nobody says. */
export type Claimed = 'here' | 'country' | 'elsewhere' | 'unknown';

export interface Resident {
  readonly id: string;
  /** Rising, of the window. */
  days: number[];
  claimed: Claimed;
  /** The claimed city, of those who are said to be in another. */
  home?: Coordinates;
  /** For people; like the sign-ins, of the first residents alone. */
  claim?: string;
  hiredTime?: EpochMs;
  managedDevice?: true;
  /** The newest first sign-ins of a day, oldest first. */
  signIns: NotedEvent[];
}

/** Enough that a fiftieth of any company can be told from a home. */
export const RESIDENTS_KEPT = 256;
/** As many are shown with their sign-ins. */
const DETAILED = 20;
const SIGN_INS_KEPT = 3;
const CLAIM_LENGTH = 120;

/** Networks that one household, or one small office, has to itself. Of an unknown one nobody says that it is not a home. */
const HOMES: ReadonlySet<NetworkKind> = new Set(['residential', 'business', 'unknown']);

/**
 * Takes in who signed in from here on a day.
 *
 * @returns when that was; `undefined` when the address was no home then
 */
export function takeIn(
  house: House,
  { what, of, time }: Sighting,
  context: FarmContext,
): EpochMs | undefined {
  if (what.type !== 'sign-in' || !HOMES.has(what.network?.kind ?? 'unknown')) return undefined;
  const day = dayNumberOf(time);
  if (day > (house.day ?? -Infinity)) openDay(house, day, context.parameters.windowDays);
  if (what.place !== undefined) house.place = what.place;
  if (what.network !== undefined) house.network = what.network;
  const begun = what.evidence?.time ?? time;
  house.newestTime = Math.max(begun, house.newestTime ?? begun);

  const resident = residentOf(house, of.id);
  if (resident === undefined) return begun;
  if (!resident.days.includes(day)) resident.days = [...resident.days, day].sort((a, b) => a - b);
  const { claim, ...claimed } = claimOf(what, context.parameters.nearKm);
  delete resident.home;
  Object.assign(resident, claimed);
  if (what.managedDevice === true) resident.managedDevice = true;
  if (house.residents.indexOf(resident) >= DETAILED) return begun;
  if (claim !== undefined) resident.claim = claim;
  if (what.evidence !== undefined) {
    const { source, feed, uid } = what.evidence;
    const others = resident.signIns.filter((each) => dayNumberOf(each.time) !== day);
    resident.signIns = [...others, { time: begun, source, feed, uid }]
      .sort((a, b) => a.time - b.time)
      .slice(-SIGN_INS_KEPT);
  }
  return begun;
}

function openDay(house: House, day: number, windowDays: number): void {
  house.day = day;
  for (const resident of house.residents)
    resident.days = resident.days.filter((each) => each > day - windowDays);
  house.residents = house.residents.filter(({ days }) => days.length > 0);
}

function residentOf(house: House, id: string): Resident | undefined {
  const known = house.residents.find((each) => each.id === id);
  if (known !== undefined || house.residents.length >= RESIDENTS_KEPT) return known;
  const added: Resident = { id, days: [], claimed: 'unknown', signIns: [] };
  house.residents.push(added);
  return added;
}

function claimOf(
  { claim, place }: Extract<SightingOf, { type: 'sign-in' }>,
  nearKm: number,
): Pick<Resident, 'claimed' | 'claim' | 'home' | 'hiredTime'> {
  const hired = claim?.hiredTime === undefined ? {} : { hiredTime: claim.hiredTime };
  const claimed = claim?.place;
  if (claimed === undefined) return { claimed: 'unknown', ...hired };
  const text = claimText(claimed).slice(0, CLAIM_LENGTH);
  const comparison = place === undefined ? undefined : compareClaim(claimed, place, nearKm);
  if (place === undefined || comparison === undefined) return { claimed: 'unknown', claim: text, ...hired };
  if (comparison.agrees)
    return { claimed: comparison.by === 'country' ? 'country' : 'here', claim: text, ...hired };
  const { lat, lon } = claimed;
  if (lat === undefined || lon === undefined) return { claimed: 'elsewhere', claim: text, ...hired };
  const home = { lat, lon };
  const km = Math.round(greatCircleKm(home, place)).toLocaleString('en-US');
  return { claimed: 'elsewhere', home, claim: `${text}, ${km} km away`, ...hired };
}
