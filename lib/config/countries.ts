/**
 * Countries in the spellings people and vendors use: ISO 3166 codes of two and three letters, English names and the
 * common other names. Okta writes `United States`, Graph writes `US`, a roster writes `USA`.
 */
// The index without its languages: a function's bundle needs one of sixty.
import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

countries.registerLocale(english);

/** Names in use that the table does not have. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    uk: 'GB',
    england: 'GB',
    scotland: 'GB',
    wales: 'GB',
    'northern ireland': 'GB',
    holland: 'NL',
    'czech republic': 'CZ',
    'russian federation': 'RU',
    'viet nam': 'VN',
    'korea, republic of': 'KR',
    'republic of korea': 'KR',
    'korea (south)': 'KR',
    "korea, democratic people's republic of": 'KP',
    "democratic people's republic of korea": 'KP',
    dprk: 'KP',
    'iran, islamic republic of': 'IR',
    'moldova, republic of': 'MD',
    'tanzania, united republic of': 'TZ',
    'venezuela, bolivarian republic of': 'VE',
    'bolivia, plurinational state of': 'BO',
    'taiwan, province of china': 'TW',
    'hong kong sar': 'HK',
    'macao sar': 'MO',
    "lao people's democratic republic": 'LA',
    'syrian arab republic': 'SY',
    'ivory coast': 'CI',
    burma: 'MM',
    'cape verde': 'CV',
    swaziland: 'SZ',
    macedonia: 'MK',
    kosovo: 'XK',
    'palestinian territory': 'PS',
    'palestinian territories': 'PS',
    vatican: 'VA',
    'vatican city': 'VA',
    'holy see': 'VA',
    'holy see (vatican city state)': 'VA',
    'brunei darussalam': 'BN',
    macau: 'MO',
    'macau sar china': 'MO',
    'cabo verde': 'CV',
    turkiye: 'TR',
    réunion: 'RE',
    reunion: 'RE',
    curacao: 'CW',
    'hong kong s.a.r.': 'HK',
    'saint martin': 'MF',
    'sint maarten': 'SX',
    'st. kitts and nevis': 'KN',
    'st. vincent and the grenadines': 'VC',
    'the bahamas': 'BS',
    'the gambia': 'GM',
    'the netherlands': 'NL',
    korea: 'KR',
    'congo, the democratic republic of the': 'CD',
    'congo (kinshasa)': 'CD',
    'dr congo': 'CD',
    'democratic republic of the congo': 'CD',
    'republic of the congo': 'CG',
    'são tomé and príncipe': 'ST',
    'côte d’ivoire': 'CI',
    "cote d'ivoire": 'CI',
  }),
);

const cache = new Map<string, string | undefined>();

/**
 * Reads a country.
 *
 * @returns ISO 3166-1 alpha-2, upper case; `undefined` when it is not a country
 * @example countryCode('United States') // => 'US'
 * @example countryCode('usa') // => 'US'
 * @example countryCode('Springfield') // => undefined
 */
export function countryCode(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (!cache.has(name)) {
    // A log can hold any number of invented names; the table of countries is small.
    if (cache.size > 5_000) cache.clear();
    cache.set(name, lookUp(name.trim()));
  }
  return cache.get(name);
}

function lookUp(name: string): string | undefined {
  const upper = name.toUpperCase();
  if (/^[A-Z]{2}$/.test(upper) && (countries.isValid(upper) || upper === 'XK')) return upper;
  if (/^[A-Z]{3}$/.test(upper)) {
    const code = countries.alpha3ToAlpha2(upper);
    if (code !== undefined) return code;
  }
  const lower = name.toLowerCase();
  unicodeNames ??= namesOfUnicode();
  return OTHER_NAMES.get(lower) ?? countries.getAlpha2Code(name, 'en') ?? unicodeNames.get(lower);
}

let unicodeNames: ReadonlyMap<string, string> | undefined;

/** Unicode's English names, which differ from ISO's: `Myanmar (Burma)`, `Hong Kong SAR China`. */
function namesOfUnicode(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return new Map(
    Object.keys(countries.getAlpha2Codes()).map((code) => [(names.of(code) ?? code).toLowerCase(), code]),
  );
}
