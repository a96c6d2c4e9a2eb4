/** What an attack plays on: it brings people in, takes people, and writes into the journal. */
import { DAY_MS, startOfDay, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Random } from '../random.ts';
import type { Attack, Hire, Stage } from './attack.ts';
import { PLAIN } from './benign/habits.ts';
import type { Scene } from './benign/scene.ts';
import { isWeekend, localTime } from './calendar.ts';
import { randomOf } from './chance.ts';
import { makeStaff } from './company/make-staff.ts';
import type { From } from './geography.ts';
import { AddressBook } from './places/address-book.ts';
import { CITIES, type CityName } from './places/cities.ts';
import type { Staff } from './staff.ts';
import type { Worker } from './worker.ts';
import type { Label } from './world.ts';

const YEAR_DAYS = 365;
/** The book of attacks has homes that the company's does not. */
const LANE = 1;

/** People and labels that attacks have added; one cast for all attacks of a world. */
export class Cast {
  readonly hired: Worker[] = [];
  readonly labels: Label[] = [];
  readonly given = new Map<string, number>();
  readonly taken = new Set<Worker>();
}

export class AttackStage implements Stage {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly random: Random;
  readonly geography: AddressBook;
  readonly people: readonly Staff[];
  readonly administrator: Staff;
  readonly #attack: Attack;
  readonly #scene: Scene;
  readonly #cast: Cast;
  #begin: EpochMs | undefined;

  constructor(attack: Attack, scene: Scene, cast: Cast) {
    this.start = scene.window.start;
    this.end = scene.window.end;
    this.random = randomOf(scene.seed, 'attack', attack.name);
    this.geography = new AddressBook(LANE, this.random, cast.given);
    this.people = scene.workers.map(({ staff }) => staff);
    const [administrator] = this.people;
    if (administrator === undefined) throw new RangeError('nobody works here');
    this.administrator = administrator;
    this.#attack = attack;
    this.#scene = scene;
    this.#cast = cast;
  }

  hire(options: Hire = {}): Staff {
    const { claimed = 'Austin', city = claimed, works = true, onRoster = true } = options;
    const facts = {
      department: options.department ?? 'Engineering',
      employment: options.employment ?? 'employee',
      manager: this.administrator.address,
      hired: startOfDay(options.hired ?? this.start - YEAR_DAYS * DAY_MS),
      ...(options.ends !== undefined && { ends: options.ends }),
      claimed: CITIES[claimed],
      city: CITIES[city],
      privileged: options.privileged ?? false,
    };
    const index = this.people.length + this.#cast.hired.length;
    const made = makeStaff(index, facts, this.random);
    const staff = { ...made, phone: options.phone ?? made.phone };
    this.#cast.hired.push({
      staff,
      city,
      line: { v4: options.home ?? this.geography.home(city) },
      habits: PLAIN,
      laptops: [{ from: staff.hired, what: staff.laptop }],
      phones: [{ from: staff.hired, what: staff.phone }],
      random: randomOf(this.#scene.seed, 'hired', index),
      works,
      onRoster,
      isUneventful: true,
    });
    return staff;
  }

  take(works = true): Staff {
    const free = this.#scene.workers.filter((worker, index) => index > 0 && this.#isFree(worker));
    const worker = free[this.random.between(0, free.length - 1)];
    if (worker === undefined) throw new RangeError('nobody is left who could be taken');
    this.#cast.taken.add(worker);
    worker.works = works;
    return worker.staff;
  }

  homeOf(person: Staff): From {
    const workers = [...this.#scene.workers, ...this.#cast.hired];
    const found = workers.find(({ staff }) => staff.address === person.address);
    if (found === undefined) throw new RangeError(`${person.address} does not work here`);
    return found.line.v4;
  }

  at(day: number, hour: number, where: Staff | CityName): EpochMs {
    const city = typeof where === 'string' ? CITIES[where] : where.city;
    return localTime(this.start + day * DAY_MS, hour, city);
  }

  workday(day: number): number {
    return isWeekend(this.start + day * DAY_MS) ? this.workday(day + 1) : day;
  }

  emit(source: string, at: EpochMs, record: RawRecord): void {
    if (at < this.start || at >= this.end)
      throw new RangeError(`${this.#attack.name} reaches out of the window`);
    this.#begin = Math.min(this.#begin ?? at, at);
    this.#scene.journal.note(source, at, () => record);
  }

  label(subjects: readonly (Staff | string)[], begin = this.#begin): void {
    if (begin === undefined) throw new RangeError(`${this.#attack.name} has done nothing`);
    const { name, expects, expectsComposite } = this.#attack;
    this.#cast.labels.push({
      attack: name,
      subjects: subjects.map((subject) => (typeof subject === 'string' ? subject : subject.address)),
      begin,
      expects,
      expectsComposite,
    });
  }

  #isFree(worker: Worker): boolean {
    const { hired, ends } = worker.staff;
    return hired < this.start && ends === undefined && !this.#cast.taken.has(worker);
  }
}
