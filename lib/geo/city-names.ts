/** Cities that go by several names: at home and abroad, old and new, short. The first of a line is GeoNames'. */
import { placeKey } from '../core/places/place-name.ts';

const LINES = `
Munich = München
Köln = Cologne
Nürnberg = Nuremberg
Hannover = Hanover
Frankfurt am Main = Frankfurt
Vienna = Wien
Genève = Geneva = Genf
Basel = Basle = Bâle
Bern = Berne
Luzern = Lucerne
Prague = Praha
Pilsen = Plzeň
Rome = Roma
Milan = Milano
Turin = Torino
Florence = Firenze
Venice = Venezia
Naples = Napoli
Genoa = Genova
Padova = Padua
Lisbon = Lisboa
Porto = Oporto
Sevilla = Seville
Zaragoza = Saragossa
Lyon = Lyons
Marseille = Marseilles
Brussels = Bruxelles = Brussel
Antwerpen = Antwerp = Anvers
Gent = Ghent = Gand
Brugge = Bruges
Leuven = Louvain
The Hague = Den Haag = ’s-Gravenhage
Warsaw = Warszawa
Kraków = Cracow
Copenhagen = København
Århus = Aarhus
Göteborg = Gothenburg
Helsinki = Helsingfors
Bucharest = București
Athens = Athína
Thessaloníki = Salonica
Belgrade = Beograd
Kyiv = Kiev
Odessa = Odesa
Kharkiv = Kharkov
Lviv = Lvov
Dnipro = Dnipropetrovsk
Chisinau = Kishinev
Moscow = Moskva
Saint Petersburg = Sankt-Peterburg
Nur-Sultan = Astana
Almaty = Alma-Ata
Tel Aviv = Tel Aviv-Yafo
Mumbai = Bombay
Bengaluru = Bangalore
Chennai = Madras
Kolkata = Calcutta
Gurgaon = Gurugram
Kochi = Cochin
Mysore = Mysuru
Thiruvananthapuram = Trivandrum
Visakhapatnam = Vizag
New Delhi = Delhi
Dhaka = Dacca
Yangon = Rangoon
Beijing = Peking
Guangzhou = Canton
Ho Chi Minh City = Saigon = HCMC
Hanoi = Ha Noi
Busan = Pusan
Mexico City = Ciudad de México = CDMX
Rio de Janeiro = Rio
New York City = NYC
Los Angeles = LA
San Francisco = SF
Washington, D.C. = Washington = DC
Philadelphia = Philly
Las Vegas = Vegas
Salt Lake City = SLC
`;

let groups: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * Gives the keys under which a city may stand in a gazetteer, its own first.
 *
 * @example cityKeys('München') // => ['munchen', 'muenchen', 'munich']
 */
export function cityKeys(name: string): readonly string[] {
  groups ??= readGroups();
  const own = spellings(name);
  const others = own.flatMap((key) => groups?.get(key) ?? []);
  return [...new Set([...own, ...others])];
}

/**
 * Gives the keys of one name: with marks dropped, and with the two letters that German writes for one with a mark.
 *
 * @example spellings('Düsseldorf') // => ['dusseldorf', 'duesseldorf']
 */
export function spellings(name: string): readonly string[] {
  const german = name.normalize('NFC').replace(/[äöü]/gi, (letter) => `${letter}e`);
  return [...new Set([placeKey(name), placeKey(german)])];
}

function readGroups(): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, readonly string[]>();
  for (const line of LINES.split('\n')) {
    if (line === '') continue;
    const keys = line.split(' = ').flatMap(spellings);
    for (const key of keys) byKey.set(key, keys);
  }
  return byKey;
}
