/** How far from its coordinates a place may truly be, by what of it is named. */

const CITY_RADIUS_KM = 50;
/** A city for an IPv6 address is weaker evidence: databases answer from the operator's registration. */
const CITY_RADIUS_V6_KM = 100;
const REGION_RADIUS_KM = 200;

/**
 * Countries by 0.7 × √area, rounded up to a class: a circle of the same area would be 0.56 × √area, and countries are
 * not circles. Long ones (CL, CU, IT, JP, NO, NZ, SE, VN) and archipelagos (BS, FM, ID, KI, MH, PF, PH, SB) stand one
 * class higher. Areas from general knowledge: a class is wide.
 */
const COUNTRY_RADIUS_KM: readonly (readonly [radiusKm: number, countries: string])[] = [
  [3_000, 'RU'],
  [2_200, 'AU BR CA CN ID US'],
  [1_300, 'AR CD CL DZ GL IN KZ LY MX SA SD'],
  [
    900,
    'AF AO BO BW CF CO EG ET FR IR IT JP KE MG ML MM MN MR MZ NA NE NG NO NZ PE PH PK SE SO SS TD TH TR TZ UA VE VN YE ZA ZM',
  ],
  [
    500,
    'BD BF BS BY CG CI CM CU DE EC EH ES FI FM GA GB GH GN GR GY IQ KG KH KI LA MA MH MY NI NP OM PF PG PL PY RO SB SN SR SY TJ TM TN UG UY UZ ZW',
  ],
  [50, 'AD AI AW AX BB BH BL BM CW DM GD GG GI HK IM JE LC LI LU MC MF MO MS MT NR NU SG SM SX VA VG VI'],
];
const OTHER_COUNTRY_RADIUS_KM = 250;
const NOTHING_NAMED_RADIUS_KM = REGION_RADIUS_KM;

const byCountry = new Map(
  COUNTRY_RADIUS_KM.flatMap(([radiusKm, list]) => list.split(' ').map((code) => [code, radiusKm])),
);

/**
 * Gives the radius of a place from the most precise of its names.
 *
 * Coordinates without any name count as a region's: nobody says how well they are known.
 *
 * @example radiusKmOf({ country: 'FR', city: 'Lyon' }, 4) // => 50
 * @example radiusKmOf({ country: 'FR' }, 4) // => 900
 */
export function radiusKmOf(
  names: { readonly country?: string; readonly region?: string; readonly city?: string },
  version: 4 | 6,
): number {
  if (names.city !== undefined) return version === 4 ? CITY_RADIUS_KM : CITY_RADIUS_V6_KM;
  if (names.region !== undefined) return REGION_RADIUS_KM;
  if (names.country !== undefined) return byCountry.get(names.country) ?? OTHER_COUNTRY_RADIUS_KM;
  return NOTHING_NAMED_RADIUS_KM;
}
