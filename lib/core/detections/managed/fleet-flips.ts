/**
 * The organization's view of devices that turn bad: many at once are a new policy or an update, not what many people did.
 */
import type { Sighting } from '../../events/index.ts';
import { hash32 } from '../../hash.ts';
import { subjectKey, type SubjectKind } from '../../people/subject.ts';
import { DAY_MS, dayNumberOf, dayOf, type EpochMs } from '../../time.ts';
import type { Concluded, Parameters } from '../contract.ts';
import { deviceCountOf, type Fleet } from '../installed/common-software.ts';
import { ASPECT_NAMES, type Aspect } from './posture.ts';

export const FLEET_PARAMETERS = {
  fleetPercent: {
    value: 5,
    why: 'When more than this share of the devices turns bad together, a policy or an update did it.',
  },
  fleetDevicesAtLeast: { value: 3, why: 'In a company of a dozen devices, one is more than the share.' },
  togetherDays: {
    value: 3,
    why: 'Devices hear of a new policy when they next check in: so many days before or after are together.',
  },
} as const satisfies Parameters;

type FleetParameters = { readonly [K in keyof typeof FLEET_PARAMETERS]: number };

/** By `aspect day`, the day counted since 1970: who told of which devices. Plain JSON. */
export type Flips = Record<string, FlipDay>;

interface FlipDay {
  readonly aspect: Aspect;
  readonly day: number;
  /** Entries are `hash-of-device subject-key`. */
  readonly told: Record<string, true>;
  count: number;
}

const KEPT_DAYS = 14;
/** Of one day. Those beyond are not told, and their own alerts stay. */
const KEPT = 10_000;

/** Names what is concluded of a thing that turned bad on a day, as whoever has a finding of it is told. */
export function flipConclusion(aspect: Aspect, time: EpochMs): string {
  return `fleet-flip:${aspect}:${dayOf(time)}`;
}

/** What is noted of a device, as an object of sightings. */
export function flipObject(aspect: Aspect, device: string): string {
  return `${aspect} ${device}`;
}

/** Takes in that a device has turned bad; `false` when that is known, or was said by something else. */
export function noteFlip(flips: Flips, { what, of, time }: Sighting): boolean {
  if (what.type !== 'noted') return false;
  const aspect = ASPECT_NAMES.find((each) => what.object.startsWith(`${each} `));
  if (aspect === undefined) return false;
  const day = dayNumberOf(time);
  for (const [key, each] of Object.entries(flips)) if (each.day <= day - KEPT_DAYS) delete flips[key];
  const today = (flips[`${aspect} ${day}`] ??= { aspect, day, told: {}, count: 0 });
  const entry = `${hash32(what.object.slice(aspect.length + 1))} ${subjectKey(of)}`;
  if (Object.hasOwn(today.told, entry) || today.count >= KEPT) return false;
  today.told[entry] = true;
  today.count += 1;
  return true;
}

/** Concludes of each day that a flip of this one may have changed, for each of those who had one on it. */
export function judgeFlips(
  flips: Flips,
  fleet: Fleet | undefined,
  time: EpochMs,
  parameters: FleetParameters,
): readonly Concluded[] {
  const today = dayNumberOf(time);
  const all = deviceCountOf(fleet);
  const within = (day: number, of: number): boolean => Math.abs(day - of) <= parameters.togetherDays;
  return Object.values(flips).flatMap(({ aspect, day, told }) => {
    if (day > today || !within(day, today)) return [];
    const together = Object.values(flips).filter((each) => each.aspect === aspect && within(each.day, day));
    const devices = new Set(together.flatMap((each) => Object.keys(each.told).map(deviceOf))).size;
    const holds = devices >= parameters.fleetDevicesAtLeast && devices * 100 > all * parameters.fleetPercent;
    const why = `Of ${all} devices, ${devices} turned the same way within ${parameters.togetherDays} days of ${dayOf(day * DAY_MS)}.`;
    const conclusion = flipConclusion(aspect, day * DAY_MS);
    // Said each time, true or not: with sightings that come late the same tick may conclude otherwise.
    return [...new Set(Object.keys(told).map(holderOf))].map((of) => ({
      to: subjectOf(of),
      conclusion,
      holds,
      why,
    }));
  });
}

function deviceOf(entry: string): string {
  return entry.slice(0, entry.indexOf(' '));
}

function holderOf(entry: string): string {
  return entry.slice(entry.indexOf(' ') + 1);
}

function subjectOf(key: string): Concluded['to'] {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as SubjectKind, id: key.slice(colon + 1) };
}
