/** The kinds of value ringer.yaml is made of. The message of each is what was expected, for `problems.ts` to phrase. */
import * as z from 'zod';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { isEmail } from '../core/people/address-groups.ts';
import { parseCidr } from '../core/places/cidr.ts';
import { MINUTE_MS } from '../core/time.ts';
import { countryCode } from './countries.ts';
import { readDate } from './dates.ts';
import { durationMs } from './duration.ts';
import { timeZoneName } from './time-zone.ts';

/** No name, path or sentence in a configuration is longer. */
const LONGEST_TEXT = 2_048;

/** For a check across several values: all that is wrong is to be told at once. */
export const EVEN_WHEN_OTHERWISE_WRONG = { when: () => true };

/** Makes a value that is written as text and read by `parse`, which gives `undefined` for what it cannot read. */
export function written<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string({ error: expected }).transform((text, context): T => {
    const value = text.length > LONGEST_TEXT ? undefined : parse(text.trim());
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: expected, input: text });
    return z.NEVER;
  });
}

/**
 * Makes a mapping with these keys and no others. The message of an unknown key lists the known ones, separated by
 * spaces.
 */
export function section<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : 'a mapping'),
  });
}

/**
 * Makes a list; a key with nothing after it is an empty one.
 *
 * @param check - looks across the entries, even when some of them are wrong
 */
export function list<T extends z.ZodType>(of: T, check: Check = () => undefined) {
  return z
    .array(of, { error: 'a list' })
    .superRefine(check, EVEN_WHEN_OTHERWISE_WRONG)
    .nullish()
    .transform((values) => values ?? []);
}

/** Makes a list that has to be there and have an entry. */
export function atLeastOne<T extends z.ZodType>(of: T) {
  const error = 'a list of at least one';
  return z.array(of, { error }).min(1, { error });
}

type Check = (values: readonly unknown[], context: z.RefinementCtx) => void;

/** Makes a choice of words. */
export function oneOf<const W extends readonly string[]>(words: W) {
  return z.enum(words, { error: `one of ${words.join(', ')}` });
}

/** Makes a whole number in a range. */
export function wholeNumber(from: number, to: number) {
  const error = `a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
}

export const text = written('text', (value) => (value === '' ? undefined : value));
export const lowerText = written('text', (value) => (value === '' ? undefined : value.toLowerCase()));
export const yesOrNo = z.boolean({ error: 'true or false' });
export const severity = oneOf(SEVERITIES);
export const country = written('a country, as an ISO 3166 code or a name', countryCode);
export const startDate = written('a date such as 2026-01-31', (value) => readDate(value, 'start'));
export const endDate = written('a date such as 2026-12-31', (value) => readDate(value, 'end'));
/** Canonical. No organization's network is the whole Internet. */
export const cidr = written('a range of addresses such as 203.0.113.0/24', (value) => {
  const range = parseCidr(value);
  return range === undefined || range.bits === 0 ? undefined : range.text;
});
export const timeZone = written('an IANA time zone such as Europe/Paris', timeZoneName);
export const email = written('an e-mail address', (value) =>
  isEmail(value) ? value.toLowerCase() : undefined,
);
export const domain = written('a domain such as example.com', (value) =>
  /^@?(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]+$/u.test(value) ? value.replace(/^@/, '').toLowerCase() : undefined,
);
/** Whole minutes: no schedule in AWS is finer. */
export const everyMinutes = written('whole minutes, hours or days, such as 5 minutes or 1h', (value) => {
  const minutes = (durationMs(value) ?? 0) / MINUTE_MS;
  return Number.isInteger(minutes) && minutes > 0 ? minutes : undefined;
});
/** Minutes after midnight; `24:00` is the end of the day. */
export const clockMinute = written('a time of day such as 22:00', (value) => {
  const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d\d)$/.exec(value) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== '' && Number(minutes) < 60 && minute <= 24 * 60 ? minute : undefined;
});
export const vpnOperator = written('a VPN operator such as NORD_VPN', (value) =>
  value === '' ? undefined : value.toUpperCase().replace(/[\s-]+/g, '_'),
);
/** Credentials travel to it, so it is encrypted, except to this machine itself. */
export const baseUrl = written('an https URL (plain http only to localhost)', (value) => {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
  if (!isSafe || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return undefined;
  return url.origin + url.pathname.replace(/\/+$/, '');
});
