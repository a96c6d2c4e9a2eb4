/** Where things are: writes into the network end of an event its place and kind of network, and finds claimed cities. */
import type { Egress } from '../config/policy.ts';
import type { Endpoint } from '../core/events/event.ts';
import type { Locate } from '../core/people/claimed-place.ts';
import { parseAddress, specialUse, type Address } from '../core/places/address.ts';
import type { Place } from '../core/places/place.ts';
import type { EpochMs } from '../core/time.ts';
import { isAllocated } from './allocated.ts';
import { bundledCityPaths, bundledGazetteerPath } from './bundled-city.ts';
import { placeFromRecord } from './city-record.ts';
import { egressPlace, egressTable } from './egress.ts';
import { openGazetteer } from './gazetteer.ts';
import type { ListKind } from './list-kinds.ts';
import { openLists } from './lists.ts';
import { firstOf, openMmdb, type Lookup } from './mmdb.ts';
import { decideNetwork, type NetworkFacts } from './network-of.ts';
import { anonymityFromRecord, asnFromRecord } from './network-records.ts';
import { decidePlace } from './place-of.ts';
import { remembering } from './recent.ts';

export interface Atlas {
  /**
   * Gives the endpoint with `network`, and `place` where one is known, written. One that has been placed is given back
   * as it is.
   */
  readonly place: (endpoint: Endpoint) => Endpoint;
  /** Gives a claimed place with the coordinates of its city, or as it was. */
  readonly locate: Locate;
  /** Sentences for people: what is old, missing or not used. */
  readonly notices: readonly string[];
}

export interface AtlasOptions {
  /** City databases, asked in turn, instead of the one that comes with Ringer. */
  readonly cityPaths?: readonly string[];
  /** Of a list of cities, instead of the one that comes with Ringer. */
  readonly gazetteerPath?: string | undefined;
  /** GeoLite2-ASN, GeoIP2-ASN or GeoIP2-ISP. */
  readonly asnPath?: string;
  /** GeoIP2-Anonymous-IP. */
  readonly anonymousPath?: string;
  /** Where `refreshLists` keeps its lists. */
  readonly listsDirectory?: string;
  readonly egress?: readonly Egress[];
  /** Operators people may use, in Okta's spelling. */
  readonly vpnOperators?: readonly string[];
  /** Against which the age of lists is told. */
  readonly now?: EpochMs;
}

/** What an atlas is made of. A lookup gives a database's record as it is. */
export interface AtlasParts {
  readonly city?: Lookup;
  readonly locate?: Locate;
  readonly asn?: Lookup;
  readonly anonymous?: Lookup;
  readonly lists?: (address: Address) => ListKind | undefined;
  readonly egress?: readonly Egress[];
  readonly vpnOperators?: readonly string[];
  readonly notices?: readonly string[];
}

/** One entry takes some 500 bytes. */
const REMEMBERED_ADDRESSES = 50_000;

/**
 * Opens the databases and lists.
 *
 * @throws RingerError GEO_DATABASE_UNREADABLE, LIST_UNREADABLE or CONFIG_INVALID, naming the file or the egress
 */
export async function openAtlas(options: AtlasOptions = {}): Promise<Atlas> {
  const { listsDirectory, now = Date.now() } = options;
  const cityPaths = options.cityPaths ?? bundledCityPaths();
  const [cities, asn, anonymous, lists] = await Promise.all([
    Promise.all(cityPaths.map(openMmdb)),
    options.asnPath === undefined ? NO_LOOKUP : openMmdb(options.asnPath),
    options.anonymousPath === undefined ? NO_LOOKUP : openMmdb(options.anonymousPath),
    listsDirectory === undefined ? undefined : openLists(listsDirectory, now),
  ]);
  const noDatabase =
    cities.length > 0 ? [] : ['There is no location database: places are only what records say.'];
  return createAtlas({
    ...options,
    city: firstOf(cities),
    locate: openGazetteer(options.gazetteerPath ?? bundledGazetteerPath()),
    asn,
    anonymous,
    ...(lists !== undefined && { lists: lists.find }),
    notices: [...noDatabase, ...(lists?.notices ?? [])],
  });
}

/** Makes an atlas of lookups, whatever stands behind them. */
export function createAtlas(parts: AtlasParts): Atlas {
  const { city = NO_LOOKUP, asn = NO_LOOKUP, anonymous = NO_LOOKUP, lists = NO_LOOKUP } = parts;
  const egress = egressTable(parts.egress ?? []);
  const allowed = new Set((parts.vpnOperators ?? []).map(operatorKey));

  const factsOf = remembering((ip): Facts => {
    const address = parseAddress(ip);
    if (address === undefined) return {};
    const use = specialUse(address);
    const onInternet = use === undefined && isAllocated(address);
    return {
      use,
      egress: egress.find(address),
      place: onInternet ? placeFromRecord(city(address), address.version) : undefined,
      anonymity: anonymityFromRecord(anonymous(address)),
      asn: asnFromRecord(asn(address)),
      listed: lists(address),
    };
  }, REMEMBERED_ADDRESSES);

  return {
    notices: parts.notices ?? [],
    locate: parts.locate ?? ((claim) => claim),
    place: (endpoint) => {
      if (endpoint.network !== undefined) return endpoint;
      const facts = factsOf(endpoint.ip);
      const decided = decidePlace(facts.place, endpoint.vendorPlace);
      const place = facts.egress === undefined ? decided : egressPlace(facts.egress, decided);
      const network = decideNetwork(endpoint, facts, (operator) => allowed.has(operatorKey(operator)));
      return { ...endpoint, ...(place !== undefined && { place }), network };
    },
  };
}

type Facts = NetworkFacts & { readonly place?: Place | undefined };

const NO_LOOKUP = (): undefined => undefined;

function operatorKey(operator: string): string {
  return operator.trim().toUpperCase();
}
