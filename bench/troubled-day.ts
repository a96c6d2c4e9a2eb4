/** A day on which many at the demo's company have a trouble of their own, one after the other, at all four vendors. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../lib/core/time.ts';
import { demoCompany, type Company, type Dated } from '../lib/simulator/company/demo-company.ts';
import { CITIES, employees, type Employee } from '../lib/simulator/company/people.ts';
import { driveActivity, entraSignIn, oktaSignIn, s3GetObject } from '../lib/simulator/company/records.ts';
import { randomFrom } from '../lib/simulator/random.ts';

const SEED = 7;
const PEOPLE = 36;
const FILES = 140;
const OBJECTS = 1_300;
/** Few enough an hour that each alert is told by itself. */
const APART_MS = 15 * MINUTE_MS;

/** @param day - its midnight */
export function troubledDay(day: EpochMs): Company {
  const random = randomFrom(SEED);
  const people = employees(PEOPLE, random);
  const okta: Dated[] = [];
  const entra: Dated[] = [];
  const drive: Dated[] = [];
  const cloudtrail: Dated[] = [];
  for (const [n, person] of people.entries()) {
    const at = day + 8 * HOUR_MS + n * APART_MS + random.between(0, 899) * SECOND_MS;
    const home = { ip: person.homeIp, city: person.city };
    okta.push({ at: at - 20 * MINUTE_MS, record: oktaSignIn(person, at - 20 * MINUTE_MS, home, random) });
    trouble(n, person, at);
  }
  const { people: file, users } = demoCompany(day + DAY_MS, SEED);
  return {
    ...{ people: file, users, okta, entra, drive, cloudtrail },
    ...{ inventoryAt: day + 7 * HOUR_MS, devices: [], apps: [] },
  };

  function trouble(n: number, person: Employee, at: EpochMs): void {
    const away = { ip: `192.0.2.${10 + n}`, city: CITIES.vladivostok };
    switch (n % 6) {
      case 0:
        for (let file = 0; file < FILES; file++) {
          const time = at + file * 5 * SECOND_MS;
          const document = { id: `1exampleDocument${n}x${file}`, title: `Forecast ${file}` };
          drive.push({ at: time, record: driveActivity(person, time, person.homeIp, document, random) });
        }
        return;
      case 1:
        for (let object = 0; object < OBJECTS; object++) {
          // Twenty in a second: CloudTrail tells no finer.
          const time = at + Math.floor(object / 20) * SECOND_MS;
          const key = `2026/customer-${n}-${object}.parquet`;
          cloudtrail.push({ at: time, record: s3GetObject(person, time, person.homeIp, key, random) });
        }
        return;
      case 2:
      case 3:
        entra.push({ at, record: entraSignIn(person, at, away, random) });
        return;
      default:
        okta.push({ at, record: oktaSignIn(person, at, away, random) });
    }
  }
}
