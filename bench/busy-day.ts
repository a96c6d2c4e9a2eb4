/** A day on which everybody at the demo's company works as much as people do at a company that works in the cloud. */
import { HOUR_MS, type EpochMs } from '../lib/core/time.ts';
import type { Company, Dated } from '../lib/simulator/company/demo-company.ts';
import { employees } from '../lib/simulator/company/people.ts';
import { driveActivity, oktaSignIn } from '../lib/simulator/company/records.ts';
import { randomFrom } from '../lib/simulator/random.ts';

/** Beside what they do on an ordinary day: about fifty events in all. */
const FILES = 38;
const SIGN_INS = 9;
const PEOPLE = 60;

/** Adds the work of one day. @param seed - the company's own @param start - when the working day begins */
export function withBusyDay(company: Company, seed: number, start: EpochMs): Company {
  const people = employees(PEOPLE, randomFrom(seed));
  const random = randomFrom(start);
  const some = (): EpochMs => start + random.between(0, 8 * HOUR_MS);
  const okta: Dated[] = [];
  const drive: Dated[] = [];
  for (const person of people) {
    const home = { ip: person.homeIp, city: person.city };
    for (let n = 0; n < SIGN_INS; n++) {
      const at = some();
      okta.push({ at, record: oktaSignIn(person, at, home, random) });
    }
    for (let n = 0; n < FILES; n++) {
      const at = some();
      const number = random.between(1, 400);
      const file = { id: `1exampleDocument${number}`, title: `Forecast ${number}` };
      drive.push({ at, record: driveActivity(person, at, person.homeIp, file, random) });
    }
  }
  return { ...company, okta: [...company.okta, ...okta], drive: [...company.drive, ...drive] };
}
