/** Who gets which address. */
import { greatCircleKm } from '../../../core/places/distance.ts';
import type { Random } from '../../random.ts';
import type { City, From, Geography, Line, VpnOperator } from '../geography.ts';
import { CITIES, type CityName } from './cities.ts';
import { HOSTING, RELAYS, VPNS } from './exits.ts';
import { HOMES, MOBILE } from './lines.ts';
import { addressIn, carriersIn, type Carrier } from './prefixes.ts';
import { PROVIDERS, type ProviderKey } from './providers.ts';

/** A prime, so that steps of it visit every address before any twice. It is odd, and so are only those of one lane. */
const STRIDE = 1_409;
/** Kept free of homes at the end of a prefix, for hotels and offices. */
const SHARED = 64;
const HOTELS = 8;
/** Exits of one VPN in one city that people meet. */
const EXITS = 24;
const USUAL_GATEWAY = 0.9;
const MANY = 1_000;

const OPERATORS: Readonly<Record<VpnOperator, readonly ProviderKey[]>> = {
  NORD_VPN: ['nord'],
  MULLVAD_VPN: ['mullvad'],
  PROTON_VPN: ['proton'],
  EXPRESS_VPN: ['m247', 'datacamp'],
  ASTRILL_VPN: ['datacamp', 'm247'],
};

/**
 * Hands out addresses. Two books of different lanes never give the same home, so that what one of them is asked for does
 * not change what the other gives.
 */
export class AddressBook implements Geography {
  readonly #lane: 0 | 1;
  readonly #random: Random;
  readonly #given: Map<string, number>;

  constructor(lane: 0 | 1, random: Random, given: Map<string, number> = new Map()) {
    this.#lane = lane;
    this.#random = random;
    this.#given = given;
  }

  /** The same book, opened by somebody with chances of their own. */
  with(random: Random): AddressBook {
    return new AddressBook(this.#lane, random, this.#given);
  }

  city(name: CityName): City {
    return CITIES[name];
  }

  line(city: CityName): Line {
    const carrier = this.#one(HOMES[city]);
    const number = this.#next(`${city} ${carrier.provider}`);
    const step = (2 * number + this.#lane) * STRIDE;
    const v4 = this.#from(
      city,
      carrier.provider,
      addressIn(carrier.v4, step % (carrier.v4.size - SHARED), this.#random),
    );
    if (carrier.v6 === undefined) return { v4 };
    return { v4, v6: this.#from(city, carrier.provider, addressIn(carrier.v6, step, this.#random)) };
  }

  home(city: CityName): From {
    return this.line(city).v4;
  }

  hotel(city: CityName): From {
    return this.#atEnd(city, this.#random.between(1, HOTELS));
  }

  /** An office's line: the same for the same city and number. */
  office(city: CityName, number = 0): From {
    return this.#atEnd(city, HOTELS + 4 + number);
  }

  /** @param subscriber - whoever has the same is usually sent through the same gateway: of four, three through the nearest */
  mobile(city: CityName, subscriber = this.#random.between(0, MANY)): From {
    const gateways = citiesOf(MOBILE, CITIES[city].countryCode);
    const isUsual = this.#random.next() < USUAL_GATEWAY;
    const turn = isUsual ? subscriber : this.#random.between(0, MANY);
    const near = turn % 4 > 0 ? nearest(gateways, city) : undefined;
    const gateway = near ?? gateways[(turn >> 2) % Math.max(1, gateways.length)];
    if (gateway === undefined) return this.#somewhere(city, HOMES[city]);
    return this.#somewhere(gateway, MOBILE[gateway] ?? HOMES[gateway]);
  }

  vpn(operator: VpnOperator, city: CityName): From {
    const providers = OPERATORS[operator];
    const isOurs = ({ provider }: Carrier): boolean => providers.includes(provider);
    const exits = (Object.keys(VPNS) as CityName[]).filter((each) =>
      carriersIn(VPNS[each] ?? '').some(isOurs),
    );
    const near = exits.filter((each) => CITIES[each].countryCode === CITIES[city].countryCode);
    const [first = city, ...rest] = near.length > 0 ? near : exits;
    const exit = exits.includes(city) ? city : this.#random.pick([first, ...rest]);
    const carrier = carriersIn(VPNS[exit] ?? '').find(isOurs);
    if (carrier === undefined) throw new RangeError(`${operator} has no exit`);
    const ip = addressIn(carrier.v4, this.#random.between(2, EXITS), this.#random);
    return this.#from(exit, carrier.provider, ip, { operator, type: 'VPN' });
  }

  relay(city: CityName): From | undefined {
    const near = citiesOf(RELAYS, CITIES[city].countryCode);
    const [first, ...rest] = near;
    if (first === undefined) return undefined;
    const exit = near.includes(city) ? city : this.#random.pick([first, ...rest]);
    const [carrier] = carriersIn(RELAYS[exit] ?? '');
    if (carrier === undefined) return undefined;
    const ip = addressIn(carrier.v4, this.#random.between(1, 250), this.#random);
    return this.#from(exit, carrier.provider, ip, { operator: 'APPLE_ICLOUD_RELAY_PROXY', type: 'PROXY' });
  }

  hosting(city: CityName): From {
    const all = Object.keys(HOSTING) as CityName[];
    const [first = city, ...rest] = all;
    const where = all.includes(city) ? city : this.#random.pick([first, ...rest]);
    return this.#somewhere(where, HOSTING[where] ?? '');
  }

  #atEnd(city: CityName, fromEnd: number): From {
    const [carrier] = carriersIn(HOMES[city]);
    if (carrier === undefined) throw new RangeError(`${city} has no lines`);
    return this.#from(
      city,
      carrier.provider,
      addressIn(carrier.v4, carrier.v4.size - 2 - fromEnd, this.#random),
    );
  }

  #somewhere(city: CityName, carriers: string): From {
    const { provider, v4 } = this.#one(carriers);
    return this.#from(city, provider, addressIn(v4, this.#random.between(1, v4.size - SHARED), this.#random));
  }

  #one(carriers: string): Carrier {
    const [first, ...rest] = carriersIn(carriers);
    if (first === undefined) throw new RangeError('no carriers');
    return this.#random.pick([first, ...rest]);
  }

  #from(city: CityName, key: ProviderKey, ip: string, tunnel?: From['provider']['tunnel']): From {
    const provider = PROVIDERS[key];
    return { ip, city: CITIES[city], provider: tunnel === undefined ? provider : { ...provider, tunnel } };
  }

  #next(key: string): number {
    const number = this.#given.get(key) ?? 0;
    this.#given.set(key, number + 1);
    return number;
  }
}

function citiesOf(
  table: Readonly<Partial<Record<CityName, string>>>,
  countryCode: string,
): readonly CityName[] {
  return (Object.keys(table) as CityName[]).filter((city) => CITIES[city].countryCode === countryCode);
}

function nearest(cities: readonly CityName[], to: CityName): CityName | undefined {
  const kmTo = (city: CityName): number => greatCircleKm(CITIES[city], CITIES[to]);
  return cities.toSorted((a, b) => kmTo(a) - kmTo(b))[0];
}
