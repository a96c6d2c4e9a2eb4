/**
 * A fortnight at an invented company of sixty, as exported files: ordinary work, and four stories that Ringer finds.
 * `wren.marsh` is the ringer; the others have their own troubles.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay, type EpochMs } from '../../core/time.ts';
import { randomFrom } from '../random.ts';
import { CITIES, employees, peopleCsv, type Employee } from './people.ts';
import {
  detectedApp,
  driveActivity,
  entraSignIn,
  managedDevice,
  oktaSignIn,
  s3GetObject,
} from './records.ts';

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

const PEOPLE = 60;
const DAYS = 14;

/**
 * Makes the files.
 *
 * @param end - when the fortnight ends
 * @param seed - the same seed and end give the same files
 */
export function demoCompany(
  end: EpochMs,
  seed: number,
): { readonly files: readonly ExportedFile[]; readonly people: ExportedFile } {
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

  const okta: object[] = [];
  const entra: object[] = [];
  const drive: object[] = [];
  const cloudtrail: object[] = [];
  for (let day = 0; day < DAYS; day++) {
    for (const each of everyone) {
      const home = { ip: each.homeIp, city: each.city };
      const morning = at(day, each.city.countryCode === 'PT' ? 8 : 14, random.between(0, 50));
      if (new Date(morning).getUTCDay() % 6 === 0) continue;
      okta.push(oktaSignIn(each, morning, home, random));
      entra.push(entraSignIn(each, morning + random.between(1, 90) * MINUTE_MS, home, random));
      for (let n = random.between(0, 3); n > 0; n--) {
        drive.push(
          driveActivity(
            each,
            morning + random.between(1, 300) * MINUTE_MS,
            each.homeIp,
            document(random.between(1, 400)),
            random,
          ),
        );
      }
    }
  }

  // Wren's laptop sits in Austin; whoever works as Wren does so from far away, and on day ten without the usual detour.
  okta.push(oktaSignIn(wren, at(10, 15, 2), { ip: '203.0.113.77', city: CITIES.austin }, random));
  entra.push(entraSignIn(wren, at(10, 15, 41), { ip: '192.0.2.88', city: CITIES.vladivostok }, random));
  for (let n = 0; n < 140; n++)
    drive.push(driveActivity(wren, at(11, 3) + n * 20_000, '203.0.113.77', document(500 + n), random));
  // Grace travels behind a VPN of her own: worth a line, not a night call.
  const grace = person(staff, 6);
  okta.push(oktaSignIn(grace, at(8, 15), { ip: grace.homeIp, city: grace.city }, random));
  okta.push(
    oktaSignIn(
      grace,
      at(8, 15, 20),
      { ip: '192.0.2.140', city: CITIES.amsterdam, vpnOperator: 'NORD_VPN' },
      random,
    ),
  );
  // Jonas copies a bucket the week before he leaves.
  const jonas = person(staff, 9);
  for (let n = 0; n < 1_300; n++)
    cloudtrail.push(
      s3GetObject(jonas, at(12, 19) + n * 40, jonas.homeIp, `2026/customer-${n}.parquet`, random),
    );

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
  const pages = (records: readonly object[]): string => `${JSON.stringify({ value: records })}\n`;
  const lines = (records: readonly object[]): string =>
    records.map((record) => `${JSON.stringify(record)}\n`).join('');
  return {
    people: { name: 'people.csv', text: peopleCsv(everyone) },
    files: [
      { name: 'okta-system-log.ndjson', text: lines(okta) },
      { name: 'entra-sign-ins.json', text: pages(entra) },
      { name: 'google-drive.json', text: JSON.stringify({ kind: 'admin#reports#activities', items: drive }) },
      { name: 'cloudtrail.json', text: JSON.stringify({ Records: cloudtrail }) },
      {
        name: 'intune-managed-devices.json',
        text: pages(everyone.map((each) => managedDevice(each, inventory))),
      },
      { name: 'intune-detected-apps.json', text: pages(apps) },
    ],
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
