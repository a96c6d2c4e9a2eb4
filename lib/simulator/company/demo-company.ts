/**
 * A fortnight at an invented company of sixty: ordinary work, and four stories that Ringer finds. `wren.marsh` is the
 * ringer; the others have their own troubles.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import { randomFrom } from '../random.ts';
import { CITIES, employees, peopleCsv, type Employee } from './people.ts';
import { detectedApp, managedDevice, oktaUser } from './listings.ts';
import { driveActivity, entraSignIn, oktaSignIn, s3GetObject } from './records.ts';

/** What the vendors have of the company, in their own shapes. */
export interface Company {
  /** A people file. */
  readonly people: string;
  readonly okta: readonly Dated[];
  readonly entra: readonly Dated[];
  readonly drive: readonly Dated[];
  readonly cloudtrail: readonly Dated[];
  readonly users: readonly RawRecord[];
  /** When devices and software were last inventoried. */
  readonly inventoryAt: EpochMs;
  readonly devices: readonly RawRecord[];
  readonly apps: readonly RawRecord[];
}

/** A record of something that happened. */
export interface Dated {
  readonly at: EpochMs;
  readonly record: RawRecord;
}

const PEOPLE = 60;
const DAYS = 14;

/**
 * Makes the company.
 *
 * @param end - when the fortnight ends
 * @param seed - the same seed and end give the same company
 */
export function demoCompany(end: EpochMs, seed: number): Company {
  const random = randomFrom(seed);
  const everybody = employees(PEOPLE + 1, random);
  const staff = everybody.slice(0, PEOPLE);
  const recentHire = new Date(end - 20 * DAY_MS).toISOString().slice(0, 10);
  const wren: Employee = {
    ...person(everybody, PEOPLE),
    address: 'wren.marsh@example.com',
    name: 'Wren Marsh',
    hired: recentHire,
    city: CITIES.austin,
    homeIp: '203.0.113.77',
  };
  const everyone = [...staff, wren];
  const start = startOfDay(end - DAYS * DAY_MS);
  const at = (day: number, hour: number, minute = 0): EpochMs =>
    start + day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;

  const okta: Dated[] = [];
  const entra: Dated[] = [];
  const drive: Dated[] = [];
  const cloudtrail: Dated[] = [];
  for (let day = 0; day < DAYS; day++) {
    for (const each of everyone) {
      const home = { ip: each.homeIp, city: each.city };
      const morning = at(day, each.city.countryCode === 'PT' ? 8 : 14, random.between(0, 50));
      if (new Date(morning).getUTCDay() % 6 === 0) continue;
      okta.push({ at: morning, record: oktaSignIn(each, morning, home, random) });
      const later = morning + random.between(1, 90) * MINUTE_MS;
      entra.push({ at: later, record: entraSignIn(each, later, home, random) });
      for (let n = random.between(0, 3); n > 0; n--) {
        const time = morning + random.between(1, 300) * MINUTE_MS;
        const file = document(random.between(1, 400));
        drive.push({ at: time, record: driveActivity(each, time, each.homeIp, file, random) });
      }
    }
  }

  // Wren's laptop sits in Austin; whoever works as Wren does so from far away, and on day ten without the usual detour.
  const austin = { ip: '203.0.113.77', city: CITIES.austin };
  const vladivostok = { ip: '192.0.2.88', city: CITIES.vladivostok };
  okta.push({ at: at(10, 15, 2), record: oktaSignIn(wren, at(10, 15, 2), austin, random) });
  entra.push({ at: at(10, 15, 41), record: entraSignIn(wren, at(10, 15, 41), vladivostok, random) });
  for (let n = 0; n < 140; n++) {
    const time = at(11, 3) + n * 20_000;
    drive.push({ at: time, record: driveActivity(wren, time, '203.0.113.77', document(500 + n), random) });
  }
  // Grace travels behind a VPN of her own: worth a line, not a night call.
  const grace = person(staff, 6);
  const home = { ip: grace.homeIp, city: grace.city };
  const vpn = { ip: '192.0.2.140', city: CITIES.amsterdam, vpnOperator: 'NORD_VPN' };
  okta.push({ at: at(8, 15), record: oktaSignIn(grace, at(8, 15), home, random) });
  okta.push({ at: at(8, 15, 20), record: oktaSignIn(grace, at(8, 15, 20), vpn, random) });
  // Jonas copies a bucket the week before he leaves.
  const jonas = person(staff, 9);
  for (let n = 0; n < 1_300; n++) {
    const time = at(12, 19) + n * 40;
    const key = `2026/customer-${n}.parquet`;
    cloudtrail.push({ at: time, record: s3GetObject(jonas, time, jonas.homeIp, key, random) });
  }

  const inventory = at(DAYS - 1, 6);
  const apps = [
    detectedApp(
      { name: 'Google Chrome', version: '141.0.7390.55', publisher: 'Google LLC' },
      everyone,
      inventory,
      random,
    ),
    detectedApp(
      { name: 'AnyDesk', version: '9.0.4', publisher: 'AnyDesk Software GmbH' },
      [wren],
      inventory,
      random,
    ),
    detectedApp(
      { name: 'RustDesk', version: '1.4.2', publisher: 'Purslane Ltd.' },
      [wren],
      inventory,
      random,
    ),
    detectedApp(
      { name: 'Mouse Jiggler', version: '2.0.25', publisher: 'Arkane Systems' },
      [wren],
      inventory,
      random,
    ),
    detectedApp(
      { name: 'TeamViewer', version: '15.70.5', publisher: 'TeamViewer' },
      staff.filter((_, n) => n % 5 === 4),
      inventory,
      random,
    ),
  ];
  return {
    people: peopleCsv(everyone),
    ...{ okta, entra, drive, cloudtrail },
    users: everyone.map(oktaUser),
    inventoryAt: inventory,
    devices: everyone.map((each) => managedDevice(each, inventory)),
    apps,
  };
}

function person(staff: readonly Employee[], index: number): Employee {
  const found = staff[index];
  if (found === undefined) throw new RangeError(`the company has no employee ${index}`);
  return found;
}

function document(number: number): { id: string; title: string } {
  return { id: `1exampleDocument${number}`, title: `Forecast ${number}` };
}
