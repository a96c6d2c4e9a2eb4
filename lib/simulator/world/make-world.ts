/** Makes a world of its seed: a company, what attacks do to it, and what everybody honest does. */
import { DAY_MS } from '../../core/time.ts';
import { ATTACKS } from './attacks/index.ts';
import type { Attack } from './attack.ts';
import { live } from './benign/live.ts';
import type { Scene } from './benign/scene.ts';
import { Causes } from './causes.ts';
import { randomOf } from './chance.ts';
import { configYaml } from './company/config-yaml.ts';
import { makeWorkers } from './company/make-workers.ts';
import { makeOffices } from './company/offices.ts';
import { peopleCsv } from './company/people-csv.ts';
import { makeWorkforce } from './company/workforce.ts';
import { deliver } from './deliver.ts';
import { Journal } from './journal.ts';
import { AddressBook } from './places/address-book.ts';
import { AttackStage, Cast } from './stage.ts';
import type { World, WorldOptions } from './world.ts';

/**
 * Makes a world. The same options give the same world; the honest do the same whatever attacks are played beside them.
 *
 * @param catalogue - the attacks there are
 * @throws RangeError for an attack that there is not
 */
export function makeWorld(options: WorldOptions, catalogue: readonly Attack[] = ATTACKS): World {
  const { seed, people, days, start } = options;
  const window = { start, end: start + days * DAY_MS, days };
  const book = new AddressBook(0, randomOf(seed, 'addresses'));
  const causes = new Causes();
  const journal = new Journal(seed, window.start, window.end);
  const offices = makeOffices(book);
  const placed = makeWorkforce(seed, people, window, offices);
  const workers = makeWorkers(seed, placed, window, book, causes);
  const scene: Scene = { seed, window, book, journal, causes, workers };

  const cast = new Cast();
  for (const name of options.attacks ?? []) {
    const attack = catalogue.find((each) => each.name === name);
    if (attack === undefined) throw new RangeError(`there is no attack ${name}`);
    attack.play(new AttackStage(attack, scene, cast));
  }
  live(scene, cast.hired);

  const everybody = [...workers, ...cast.hired];
  return {
    people: peopleCsv(seed, everybody),
    config: configYaml(
      offices.map(([office]) => office),
      everybody,
    ),
    records: deliver(journal.entries, randomOf(seed, 'delivery')),
    labels: cast.labels,
    causes: causes.toMap(),
    end: window.end,
  };
}
