import { greatCircleKm } from '../../../lib/core/places/distance.ts';
import { DAY_MS, HOUR_MS } from '../../../lib/core/time.ts';
import { itineraryOf, type Day } from '../../../lib/simulator/world/benign/itinerary.ts';
import { offSitesOf } from '../../../lib/simulator/world/benign/journeys.ts';
import type { Scene } from '../../../lib/simulator/world/benign/scene.ts';
import { Causes } from '../../../lib/simulator/world/causes.ts';
import { randomOf } from '../../../lib/simulator/world/chance.ts';
import { makeOffices } from '../../../lib/simulator/world/company/offices.ts';
import { makeWorkers } from '../../../lib/simulator/world/company/make-workers.ts';
import { makeWorkforce } from '../../../lib/simulator/world/company/workforce.ts';
import { Journal } from '../../../lib/simulator/world/journal.ts';
import { AddressBook } from '../../../lib/simulator/world/places/address-book.ts';
import { CITIES } from '../../../lib/simulator/world/places/cities.ts';

const SEED = 1;
const start = Date.UTC(2026, 0, 5);
const window = { start, end: start + 120 * DAY_MS, days: 120 };
const book = new AddressBook(0, randomOf(SEED, 'addresses'));
const causes = new Causes();
const placed = makeWorkforce(SEED, 400, window, makeOffices(book));
const workers = makeWorkers(SEED, placed, window, book, causes);
const journal = new Journal(SEED, window.start, window.end);
const scene: Scene = { seed: SEED, window, book, journal, causes, workers };
const offSites = offSitesOf(scene, randomOf(SEED, 'off-site'));
const itineraries = workers.map((worker) => ({ worker, days: itineraryOf(worker, scene, offSites) }));

describe('the itineraries of four hundred people in four months', () => {
  it('have nobody go faster than an aeroplane', () => {
    const faster = itineraries.flatMap(({ worker, days }) =>
      days.slice(1).flatMap((day, index) => {
        const before = days[index] as Day;
        const km = greatCircleKm(CITIES[before.city], CITIES[day.city]);
        const hours = (day.begin - before.end) / HOUR_MS;
        return km > 100 && km / hours > 800
          ? [`${worker.staff.address}: ${before.city} to ${day.city} in ${hours} h`]
          : [];
      }),
    );
    expect(faster).toEqual([]);
  });

  it('have everybody in one place at a time', () => {
    const overlapping = itineraries.flatMap(({ days }) =>
      days.slice(1).filter(({ begin }, index) => begin < (days[index]?.end ?? 0)),
    );
    expect(overlapping).toEqual([]);
  });

  it('have journeys, moves, visits and days at the office in them', () => {
    const places = new Set(itineraries.flatMap(({ days }) => days.map(({ place }) => place)));
    expect([...places].sort()).toEqual(['colleague', 'home', 'hotel', 'office']);
    const known = [...causes.toMap().values()].flat();
    for (const cause of [
      'foreign-trip',
      'off-site',
      'moved',
      'new-provider',
      'colleague-visit',
      'couple',
    ] as const)
      expect(known).toContain(cause);
  });

  it('keep the address of a home until something is said to have changed it', () => {
    const quiet = itineraries.filter(({ worker }) => {
      const of = causes.toMap().get(worker.staff.address) ?? [];
      return !(['moved', 'new-provider', 'wandering-address'] as const).some((cause) => of.includes(cause));
    });
    const homes = quiet.map(
      ({ days }) => new Set(days.filter(({ place }) => place === 'home').map(({ line }) => line.v4.ip)),
    );
    expect(homes.every(({ size }) => size <= 1)).toBe(true);
  });
});
