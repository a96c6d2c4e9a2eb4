/** A company of six, one of whom is in two places at once: enough for the whole way from records to numbers. */
import { peopleCsv, CITIES, employees } from '../../../lib/simulator/company/people.ts';
import { entraSignIn, oktaSignIn } from '../../../lib/simulator/company/records.ts';
import { randomFrom } from '../../../lib/simulator/random.ts';
import { DAY_MS, HOUR_MS } from '../../../lib/core/time.ts';
import type { Delivered, World, WorldOptions } from '../../../lib/simulator/world/world.ts';

/** Everybody signs in each morning; the first of them, on the sixth day, from the other end of the world as well. */
export function tinyWorld({ seed, days, start, attacks = [] }: WorldOptions): World {
  const random = randomFrom(seed);
  const people = employees(6, random);
  const records: Delivered[] = [];
  for (let day = 0; day < days; day++) {
    for (const [index, person] of people.entries()) {
      const at = start + day * DAY_MS + 15 * HOUR_MS + index * 1_000;
      const from = { ip: person.homeIp, city: person.city };
      records.push({
        ...{ source: 'okta', at, deliveredAt: at + 60_000 },
        record: oktaSignIn(person, at, from, random),
      });
    }
  }
  const [ringer] = people;
  const begin = start + 5 * DAY_MS + 16 * HOUR_MS;
  if (ringer !== undefined && attacks.length > 0) {
    const from = { ip: '203.0.113.66', city: CITIES.vladivostok };
    records.push({
      ...{ source: 'entra', at: begin, deliveredAt: begin + 5 * 60_000 },
      record: entraSignIn(ringer, begin, from, random),
    });
  }
  return {
    people: peopleCsv(people),
    config: 'organization: { name: Example, domains: [example.com] }\n',
    records,
    labels: attacks.map((attack) => ({
      ...{ attack, begin, subjects: [ringer?.address ?? ''] },
      ...{ expects: ['impossible-travel'], expectsComposite: false },
    })),
    causes: new Map([[people[1]?.address ?? '', ['consumer-vpn']]]),
    end: start + days * DAY_MS,
  };
}
