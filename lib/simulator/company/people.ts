/** The invented company of the demo: who works there, from where, on which laptop. */
import type { Random } from '../random.ts';

export interface City {
  readonly name: string;
  readonly state: string;
  readonly country: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly lat: number;
  readonly lon: number;
}

export interface Employee {
  readonly address: string;
  readonly name: string;
  readonly department: string;
  readonly manager: string;
  readonly hired: string;
  readonly city: City;
  /** A documentation address; each home has its own. */
  readonly homeIp: string;
  readonly laptop: { readonly id: string; readonly name: string; readonly serialNumber: string };
}

export const CITIES = {
  austin: {
    name: 'Austin',
    state: 'Texas',
    country: 'United States',
    countryCode: 'US',
    timeZone: 'America/Chicago',
    lat: 30.27,
    lon: -97.74,
  },
  denver: {
    name: 'Denver',
    state: 'Colorado',
    country: 'United States',
    countryCode: 'US',
    timeZone: 'America/Denver',
    lat: 39.74,
    lon: -104.99,
  },
  boston: {
    name: 'Boston',
    state: 'Massachusetts',
    country: 'United States',
    countryCode: 'US',
    timeZone: 'America/New_York',
    lat: 42.36,
    lon: -71.06,
  },
  lisbon: {
    name: 'Lisbon',
    state: 'Lisbon',
    country: 'Portugal',
    countryCode: 'PT',
    timeZone: 'Europe/Lisbon',
    lat: 38.72,
    lon: -9.14,
  },
  vladivostok: {
    name: 'Vladivostok',
    state: 'Primorsky Krai',
    country: 'Russia',
    countryCode: 'RU',
    timeZone: 'Asia/Vladivostok',
    lat: 43.12,
    lon: 131.89,
  },
  amsterdam: {
    name: 'Amsterdam',
    state: 'North Holland',
    country: 'Netherlands',
    countryCode: 'NL',
    timeZone: 'Europe/Amsterdam',
    lat: 52.37,
    lon: 4.9,
  },
} as const satisfies Record<string, City>;

const GIVEN = [
  'Ada',
  'Ben',
  'Chloe',
  'Dev',
  'Elif',
  'Farid',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Kofi',
  'Lena',
  'Mateo',
  'Nora',
  'Omar',
  'Pia',
  'Quinn',
  'Rosa',
  'Sven',
  'Tara',
];
const FAMILY = [
  'Archer',
  'Baxter',
  'Calder',
  'Dorsey',
  'Ellis',
  'Fenwick',
  'Garland',
  'Harper',
  'Ivers',
  'Jarvis',
];
const DEPARTMENTS = ['Engineering', 'Engineering', 'Sales', 'Finance', 'Support'] as const;
const HOMES = [CITIES.austin, CITIES.denver, CITIES.boston, CITIES.lisbon] as const;

/** Makes the company: everyone honest. What goes wrong is added by the stories. */
export function employees(count: number, random: Random): readonly Employee[] {
  return Array.from({ length: count }, (_, index) => {
    const given = GIVEN[index % GIVEN.length] ?? 'Ada';
    const family = FAMILY[(index * 7 + Math.floor(index / GIVEN.length)) % FAMILY.length] ?? 'Archer';
    const address = `${given}.${family}@example.com`.toLowerCase();
    const network = index < 120 ? '198.51.100' : '203.0.113';
    return {
      address,
      name: `${given} ${family}`,
      department: DEPARTMENTS[index % DEPARTMENTS.length] ?? 'Engineering',
      manager: 'ada.archer@example.com',
      hired: `${2019 + (index % 6)}-0${1 + (index % 9)}-15`,
      city: HOMES[index % HOMES.length] ?? CITIES.austin,
      homeIp: `${network}.${10 + (index % 120)}`,
      laptop: {
        id: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`,
        name: `EX-LT-${1000 + index}`,
        serialNumber: `EX${random.hex(8).toUpperCase()}`,
      },
    };
  });
}

/** Writes the people file. */
export function peopleCsv(people: readonly Employee[]): string {
  const rows = people.map(({ address, name, department, manager, hired, city }) =>
    [
      address,
      name,
      department,
      'employee',
      manager,
      hired,
      city.countryCode,
      city.state,
      city.name,
      city.timeZone,
    ].join(','),
  );
  return `email,name,department,employment,manager,hired,workCountry,workRegion,workCity,timeZone\n${rows.join('\n')}\n`;
}
