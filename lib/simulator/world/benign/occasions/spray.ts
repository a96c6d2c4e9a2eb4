/** Passwords tried on everybody by strangers: none of them is right. */
import { DAY_MS } from '../../../../core/time.ts';
import { happens, oneOf, randomOf } from '../../chance.ts';
import type { CityName } from '../../places/cities.ts';
import { entraSignIn } from '../../records/entra.ts';
import { sessionStart } from '../../records/okta.ts';
import { RATES } from '../../rates.ts';
import type { Scene } from '../scene.ts';

const FROM: readonly CityName[] = ['Moscow', 'Lagos', 'Hanoi', 'Sao Paulo', 'Istanbul', 'Beijing', 'Lahore'];
/** Machines that try on one day. */
const MACHINES = 40;
const SHARE_OF_SERVERS = 0.5;

export function sprayPasswords({ seed, window, book, journal, causes, workers }: Scene): void {
  const random = randomOf(seed, 'spray');
  const addresses = book.with(random);
  for (let day = 0; day < window.days; day++) {
    const date = window.start + day * DAY_MS;
    const machines = Array.from({ length: MACHINES }, () => {
      const city = oneOf(random, FROM) ?? 'Lagos';
      return happens(random, SHARE_OF_SERVERS) ? addresses.hosting(city) : addresses.hotel(city);
    });
    for (let left = RATES.sprayedPasswordsDaily; left > 0; left--) {
      const target = oneOf(random, workers);
      const from = oneOf(random, machines);
      const at = date + Math.floor(random.next() * DAY_MS);
      if (target === undefined || from === undefined) continue;
      const { staff: who } = target;
      causes.note('sprayed-password', who.address);
      if (happens(random, 0.5)) {
        journal.note('okta', at, (chance) =>
          sessionStart(who, at, from, chance, { failure: 'INVALID_CREDENTIALS' }),
        );
      } else journal.note('entra', at, (chance) => entraSignIn(who, at, from, chance, { code: 50126 }));
    }
  }
}
