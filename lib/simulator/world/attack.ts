/** What an attack is, and what it gets to play on. */
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Random } from '../random.ts';
import type { CityName } from './places/cities.ts';
import type { From, Geography } from './geography.ts';
import type { Staff } from './staff.ts';
import type { Delivered } from './world.ts';

export interface Attack {
  readonly name: string;
  readonly title: string;
  /** What happens, in a few sentences, for people. */
  readonly story: string;
  /** Detections of which at least one is to be raised; empty for what is known to be missed. */
  readonly expects: readonly string[];
  /** The impostor is to be suspected too. */
  readonly expectsComposite: boolean;
  readonly play: (stage: Stage) => void;
}

/** The company before anything has happened. What an attack does here is all that it does. */
export interface Stage {
  /** The first instant of the window, and the first after it. */
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly random: Random;
  readonly geography: Geography;
  /** Everybody honest. */
  readonly people: readonly Staff[];
  /** The administrator who opens and closes accounts, and where they sit. */
  readonly administrator: Staff;

  /** Brings somebody into the company: into the people file, the directories and the inventory. */
  hire(options?: Hire): Staff;
  /**
   * Takes somebody who works here, was hired before the window and stays; nobody is taken twice.
   *
   * @param works - false: what they honestly do is left out
   */
  take(works?: boolean): Staff;
  /** The line on which somebody works from home. */
  homeOf(person: Staff): From;
  /**
   * Gives an instant by the clock on a person's wall.
   *
   * @param day - of the window, from 0
   * @param hour - may have a fraction, or be past 24
   */
  at(day: number, hour: number, where: Staff | CityName): EpochMs;
  /** The first day from `day` on that is no Saturday or Sunday. */
  workday(day: number): number;
  /**
   * Something happens, and a vendor records it.
   *
   * @throws RangeError when it is not in the window
   */
  emit(source: Delivered['source'], at: EpochMs, record: RawRecord): void;
  /**
   * Says whose alerts may tell of the attack. Begins with the first record that was emitted, unless `begin` says
   * otherwise.
   *
   * @param subjects - people, or ids of addresses and devices
   */
  label(subjects: readonly (Staff | string)[], begin?: EpochMs): void;
}

/** Who is hired. What is left out is ordinary. */
export interface Hire {
  /** What the people file says of their place. */
  readonly claimed?: CityName;
  /** Where they are; where they claim to be, unless said otherwise. */
  readonly city?: CityName;
  /** The line their laptop is on; one of their own in `city`, unless several are to share one. */
  readonly home?: From;
  readonly hired?: EpochMs;
  readonly ends?: EpochMs;
  readonly department?: string;
  readonly employment?: Staff['employment'];
  readonly privileged?: boolean;
  /** Whether they also do ordinary days of work, seen from `home`. True unless said otherwise. */
  readonly works?: boolean;
  /** False: the people file does not know them. */
  readonly onRoster?: boolean;
  /** The phone with their authenticators; one of their own, unless several share it. */
  readonly phone?: Staff['phone'];
}
