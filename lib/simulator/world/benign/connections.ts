/** From which addresses a day's requests come. */
import { HOUR_MS, type EpochMs } from '../../../core/time.ts';
import { happens } from '../chance.ts';
import type { From } from '../geography.ts';
import type { AddressBook } from '../places/address-book.ts';
import { CITIES, NEIGHBOURS, type CityName } from '../places/cities.ts';
import { otherInHousehold } from '../places/prefixes.ts';
import { RATES } from '../rates.ts';
import type { Worker } from '../worker.ts';
import type { Day } from './itinerary.ts';
import type { Scene } from './scene.ts';

/** Share of a traveller's phone traffic that still leaves at home: roaming goes through the home carrier. */
const ROAMING_HOME = 0.5;
/** Where people have their VPN leave who want to be elsewhere. */
const FAR_EXITS = ['New York', 'London', 'Amsterdam', 'Frankfurt am Main', 'Singapore'] as const;

export class Connections {
  readonly #worker: Worker;
  readonly #day: Day;
  readonly #scene: Scene;
  readonly #book: AddressBook;
  /** While the VPN is on, and through which exit. */
  readonly vpn: { readonly from: EpochMs; readonly until: EpochMs; readonly exit: From } | undefined;
  readonly #v6: From | undefined;

  constructor(worker: Worker, day: Day, scene: Scene) {
    const { random, habits } = worker;
    this.#worker = worker;
    this.#day = day;
    this.#scene = scene;
    this.#book = scene.book.with(random);
    this.vpn = this.#drawVpn();
    const { v6 } = day.line;
    this.#v6 = habits.usesV6 && v6 !== undefined ? { ...v6, ip: otherInHousehold(v6.ip, random) } : undefined;
    if (this.#v6 !== undefined) scene.causes.note('dual-stack', worker.staff.address);
  }

  /**
   * Gives where the laptop is seen from.
   *
   * @param speaksV6 - the service can be reached by IPv6; Okta cannot
   */
  laptop(at: EpochMs, speaksV6: boolean): From {
    const { vpn } = this;
    if (vpn !== undefined && vpn.from <= at && at < vpn.until) {
      this.#scene.causes.note('consumer-vpn', this.#worker.staff.address);
      return vpn.exit;
    }
    return this.#jittered(speaksV6 && this.#v6 !== undefined ? this.#v6 : this.#day.line.v4);
  }

  /** Gives where the phone is seen from: its carrier, or the line it shares with the laptop. */
  phone(inBrowser: boolean): From {
    const { random, habits, staff, city } = this.#worker;
    const { causes } = this.#scene;
    if (inBrowser && habits.usesRelay) {
      const relay = this.#book.relay(this.#day.city);
      if (relay !== undefined) {
        causes.note('private-relay', staff.address);
        return relay;
      }
    }
    if (!happens(random, RATES.phoneByMobile)) return this.#jittered(this.#day.line.v4);
    const isRoaming = this.#day.place === 'hotel' && happens(random, ROAMING_HOME);
    const mobile = this.#book.mobile(isRoaming ? city : this.#day.city, habits.subscriber);
    if (mobile.city !== CITIES[this.#day.city]) causes.note('mobile-network', staff.address);
    return mobile;
  }

  #drawVpn(): Connections['vpn'] {
    const { random, habits } = this.#worker;
    const { begin, end, city, place } = this.#day;
    if (habits.vpn === undefined || place === 'office' || !happens(random, RATES.consumerVpnDays))
      return undefined;
    const from = begin + random.next() * Math.max(0, end - begin - 3 * HOUR_MS);
    const near = happens(random, RATES.consumerVpnAbroad) ? random.pick(FAR_EXITS) : city;
    return { from, until: from + random.between(1, 3) * HOUR_MS, exit: this.#book.vpn(habits.vpn, near) };
  }

  /** Vendors' own databases differ from one another. */
  #jittered(from: From): From {
    if (this.#day.place !== 'home' || !happens(this.#worker.random, RATES.placeJitter)) return from;
    const town = NEIGHBOURS[from.city.name as CityName];
    return town === undefined ? from : { ...from, city: CITIES[town] };
  }
}
