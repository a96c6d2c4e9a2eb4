/** Where somebody is, and what an address there looks like to the vendors. */
import type { CityName } from './places/cities.ts';

export interface City {
  readonly name: string;
  readonly region: string;
  /** As Okta writes it. */
  readonly country: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly lat: number;
  readonly lon: number;
}

/** Who carries an address, as Okta names them. */
export interface Provider {
  readonly asn: number;
  readonly name: string;
  readonly domain: string;
  /** The address is an exit of a VPN, a proxy or a relay, and Okta knows whose. */
  readonly tunnel?: { readonly operator: string; readonly type: 'VPN' | 'PROXY' };
}

/** Where a request comes from. */
export interface From {
  readonly ip: string;
  /** Where vendors place the address; not always where the person is. */
  readonly city: City;
  readonly provider: Provider;
}

/** Hands out addresses: real, routable ones, which the bundled database places in the city asked for. */
export interface Geography {
  city(name: CityName): City;
  /** A household's line: nobody else gets it. */
  line(city: CityName): Line;
  /** The IPv4 address of a line of somebody's own. */
  home(city: CityName): From;
  /** A hotel's or a café's line, which strangers share. */
  hotel(city: CityName): From;
  /** A phone's address, which is another each time; it may be placed in another city of the country. One subscriber keeps to one gateway. */
  mobile(city: CityName, subscriber?: number): From;
  /** An exit of a consumer VPN that Okta knows by name: in a city, else in its country, else anywhere. */
  vpn(operator: VpnOperator, city: CityName): From;
  /** An exit of iCloud Private Relay in the country of a city, `undefined` where none is known. */
  relay(city: CityName): From | undefined;
  /** A server by the month, of which Okta says nothing; elsewhere where none is known in the city. */
  hosting(city: CityName): From;
}

export interface Line {
  readonly v4: From;
  /** Some address of the household's /64; where its carrier has IPv6 there. */
  readonly v6?: From;
}

/** In Okta's spelling. */
export type VpnOperator = 'NORD_VPN' | 'MULLVAD_VPN' | 'PROTON_VPN' | 'EXPRESS_VPN' | 'ASTRILL_VPN';
