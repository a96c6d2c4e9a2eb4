/** Whether an address outside looks like the person's own: most who take something along send it to themselves. */
import { domainOf, type Whose } from './addresses.ts';
import { isFreeMail } from './free-mail.ts';

/** Fewer letters are shared by strangers every day. */
const SHORTEST = 4;
const LONGEST = 80;

/** What stands before the @ of mailboxes that are nobody's own. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  [
    'info sales support admin office contact hello team help service services mail email post noreply',
    'billing finance accounting accounts invoice invoices payments legal marketing press media events',
    'hr jobs careers recruiting security privacy abuse webmaster postmaster data test dev ops',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Tells whether an address is a person's own, or is called like them.
 *
 * Given and family name together are enough at any domain. A login, or an initial with the family name, is enough only
 * where anybody can have a mailbox: `anna@` at a customer is another Anna.
 *
 * @example looksOwn('jdoe.dev@gmail.com', janeDoe) // => true
 */
export function looksOwn(address: string, { person, subject }: Whose): boolean {
  const own = person?.addresses ?? [subject.id];
  if (own.includes(address)) return true;
  const words = wordsOf(localPart(address));
  const whole = words.join('');
  const names = [...own.map((each) => wordsOf(localPart(each))), wordsOf(person?.name ?? '')];
  if (names.some((name) => isNamedFully(words, whole, name))) return true;
  if (!isFreeMail(domainOf(address))) return false;
  const logins = new Set(names.flatMap(loginsOf).filter((login) => isTelling(login)));
  return [whole, ...words].some((word) => logins.has(word));
}

/** `sam.doe`, `doe-sam.1990`, `thesamdoe`. */
function isNamedFully(words: readonly string[], whole: string, name: readonly string[]): boolean {
  const [given, family] = [name[0], name.at(-1)];
  if (given === undefined || family === undefined || name.length < 2) return false;
  if (given.length + family.length < SHORTEST || given.length < 2 || family.length < 2) return false;
  if (words.includes(given) && words.includes(family)) return true;
  return [given + family, family + given].some(
    (both) => whole === both || (both.length > 5 && whole.includes(both)),
  );
}

/** `samdoe`, `sdoe`, `doesam`, `samd`; of a single word that word. */
function loginsOf(name: readonly string[]): readonly string[] {
  const [given, family] = [name[0], name.at(-1)];
  if (given === undefined || family === undefined) return [];
  if (name.length === 1) return [given];
  return [name.join(''), given[0] + family, family + (given[0] ?? ''), given + (family[0] ?? '')];
}

function isTelling(login: string): boolean {
  return login.length >= SHORTEST && !FUNCTIONS.has(login);
}

function localPart(address: string): string {
  const at = address.lastIndexOf('@');
  return (at < 0 ? address : address.slice(0, at)).slice(0, LONGEST).replace(/\+.*$/s, '');
}

/** Letters alone, without accents: mailboxes are spelled so. */
function wordsOf(text: string): readonly string[] {
  const plain = text.slice(0, LONGEST).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/\p{L}+/gu) ?? [];
}
