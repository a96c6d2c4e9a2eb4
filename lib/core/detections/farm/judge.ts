/** Judges what an address is, by who was there: an office, a gateway, a home that colleagues share, or a farm. */
import { raised, type Severity } from '../../alerts/severity.ts';
import { compareText } from '../../events/index.ts';
import { greatCircleKm } from '../../places/distance.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Claimed, House, Resident } from './house.ts';
import type { FarmContext } from './parameters.ts';

export type Judgement =
  | { readonly is: 'nothing' }
  /** Nearly everybody claims the area. */
  | { readonly is: 'office' }
  /** Many people, of whom nobody says that they should be elsewhere: whose it is only the organization knows. */
  | { readonly is: 'crowd'; readonly people: readonly Resident[] }
  | {
      readonly is: 'shared';
      readonly people: readonly Resident[];
      readonly severity: Severity;
      readonly newHires: readonly Resident[];
      /** It may be two who travel together. */
      readonly isJourney: boolean;
    };

/** Seen on so many days somebody belongs to the address, though they may not have been there for long. */
const REGULAR_DAYS = 2;

export function judge(
  { residents }: House,
  time: EpochMs,
  { parameters, organization }: FarmContext,
): Judgement {
  const lasting = residents
    .filter((each) => isLasting(each, residents.length, parameters))
    .sort((a, b) => compareText(a.id, b.id));
  // By days: whoever comes for three of them is less of its people than whoever is there on ten.
  const regulars = residents.filter(({ days }) => days.length >= REGULAR_DAYS);
  const presence = (...claimed: readonly Claimed[]): number =>
    regulars.reduce((sum, each) => sum + (claimed.includes(each.claimed) ? each.days.length : 0), 0);
  const { officeMinPeople, officeShare, crowdMinPeople, crowdShare } = parameters;
  const isClaimed = (...claimed: readonly Claimed[]): boolean =>
    presence(...claimed) >= officeShare * presence(...claimed, 'elsewhere');

  const locals = regulars.filter(({ claimed }) => claimed === 'here');
  if (locals.length >= officeMinPeople && isClaimed('here')) return { is: 'office' };
  // No company is so large that two hundred people at one address are a home.
  const enough = Math.max(crowdMinPeople, Math.min(200, Math.ceil(crowdShare * organization.peopleCount)));
  if (regulars.length >= enough && isClaimed('here', 'country'))
    return lasting.length >= enough ? { is: 'crowd', people: lasting } : { is: 'nothing' };

  const people = lasting.filter((each) => isWithOthers(each, lasting, parameters.minDays));
  return people.length < parameters.minPeople ? { is: 'nothing' } : judgeShared(people, time, parameters);
}

function judgeShared(
  people: readonly Resident[],
  time: EpochMs,
  parameters: FarmContext['parameters'],
): Judgement {
  const isJourney = areTravelling(people, time, parameters);
  const severity = isJourney ? 'low' : severityOf(people, parameters.criticalPeople);
  const newHires =
    severity === 'low' ? [] : people.filter((each) => isSuspectHire(each, time, parameters.newHireDays));
  return {
    is: 'shared',
    people,
    severity: newHires.length > 0 ? raised(severity, 1) : severity,
    newHires,
    isJourney,
  };
}

/** On enough days; of a crowd, over more than a week. */
function isLasting(resident: Resident, all: number, parameters: FarmContext['parameters']): boolean {
  const { minDays, crowdMinPeople, crowdMinSpanDays } = parameters;
  const isLong = all < crowdMinPeople || spanOf(resident) >= crowdMinSpanDays;
  return resident.days.length >= minDays && isLong;
}

/** Guests of one hotel, one after the other, are not at one address together. */
function isWithOthers(resident: Resident, all: readonly Resident[], minDays: number): boolean {
  const [from = 0, to = 0] = [resident.days[0], resident.days.at(-1)];
  return all.some(({ id, days }) => {
    const [first = 0, last = 0] = [days[0], days.at(-1)];
    return id !== resident.id && Math.min(to, last) - Math.max(from, first) + 1 >= minDays;
  });
}

/** Two colleagues of long standing who are said to live in one other place, and have not been here for long. */
function areTravelling(
  people: readonly Resident[],
  time: EpochMs,
  { newHireDays, journeyDays, nearKm }: FarmContext['parameters'],
): boolean {
  const [first, second, ...others] = people;
  if (others.length > 0 || first?.home === undefined || second?.home === undefined) return false;
  if (greatCircleKm(first.home, second.home) > nearKm) return false;
  return people.every((each) => {
    const isSettled = each.hiredTime !== undefined && time - each.hiredTime > newHireDays * DAY_MS;
    return isSettled && spanOf(each) < journeyDays;
  });
}

/** Days from somebody's first to their last one here. */
function spanOf({ days }: Resident): number {
  return (days.at(-1) ?? 0) - (days[0] ?? 0);
}

/** Low when all claim the area; high when a claim contradicts it, critical when several do; without claims medium. */
function severityOf(people: readonly Resident[], criticalPeople: number): Severity {
  const elsewhere = people.filter(({ claimed }) => claimed === 'elsewhere').length;
  if (elsewhere >= criticalPeople) return 'critical';
  if (elsewhere > 0) return 'high';
  return people.every(({ claimed }) => claimed === 'here') ? 'low' : 'medium';
}

function isSuspectHire({ claimed, hiredTime }: Resident, time: EpochMs, newHireDays: number): boolean {
  return claimed !== 'here' && hiredTime !== undefined && time - hiredTime <= newHireDays * DAY_MS;
}
