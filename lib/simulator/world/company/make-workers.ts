/** Gives the honest their lines, habits and things. */
import { DAY_MS } from '../../../core/time.ts';
import { happens, randomOf } from '../chance.ts';
import type { Causes } from '../causes.ts';
import { drawHabits } from '../benign/habits.ts';
import type { AddressBook } from '../places/address-book.ts';
import { inDays, RATES } from '../rates.ts';
import type { Worker } from '../worker.ts';
import { makeLaptop, makePhone } from './make-staff.ts';
import { dataTeamOf, type Placed, type Window } from './workforce.ts';

/** Replaced laptops are numbered from here on. */
const NEW_LAPTOPS = 50_000;

export function makeWorkers(
  seed: number,
  placed: readonly Placed[],
  window: Window,
  book: AddressBook,
  causes: Causes,
): readonly Worker[] {
  const workers: Worker[] = [];
  const settled = new Set<Worker>();
  for (const [index, { staff, city, office }] of placed.entries()) {
    const random = randomOf(seed, 'worker', index);
    const isCouple = office === undefined && happens(random, RATES.couples / 2 / (1 - RATES.officeWorkers));
    const partner = isCouple
      ? workers.find((other) => other.city === city && other.office === undefined && !settled.has(other))
      : undefined;
    const worker: Worker = {
      staff,
      city,
      line: partner?.line ?? book.with(random).line(city),
      ...(office !== undefined && { office }),
      habits: drawHabits(staff, random, dataTeamOf(placed.length)),
      ...drawThings(index, staff, window, random),
      random,
      works: true,
      onRoster: true,
      isUneventful: false,
    };
    workers.push(worker);
    if (partner === undefined) continue;
    settled.add(partner).add(worker);
    causes.note('couple', staff.address, partner.staff.address, partner.line.v4.ip);
  }
  return workers;
}

function drawThings(
  index: number,
  { laptop, phone, hired }: Worker['staff'],
  { start, days }: Window,
  random: Worker['random'],
): Pick<Worker, 'laptops' | 'phones'> {
  const later = (): number => start + random.between(0, days - 1) * DAY_MS;
  const isNewHere = hired >= start;
  const [newLaptop, newPhone] = [later(), later()];
  const getsLaptop = happens(random, inDays(RATES.newLaptopMonthly, days)) && !isNewHere;
  const getsPhone = happens(random, inDays(RATES.newPhoneMonthly, days)) && !isNewHere;
  return {
    laptops: [
      { from: hired, what: laptop },
      ...(getsLaptop ? [{ from: newLaptop, what: makeLaptop(NEW_LAPTOPS + index, newLaptop, random) }] : []),
    ],
    phones: [
      { from: hired, what: phone },
      ...(getsPhone ? [{ from: newPhone, what: makePhone(random) }] : []),
    ],
  };
}
