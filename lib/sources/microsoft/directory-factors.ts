/**
 * Second factors that come and go with `Update user`: the list of methods, telephone numbers, and the phones that run the
 * authenticator. A phone's push token is the same for every account it serves, as a number is for everybody who gives it,
 * so that its hash tells one phone behind several people.
 */
import type { AccountChange, Actor } from '../../core/events/index.ts';
import { stableId } from '../../core/hash.ts';
import { phoneUid } from '../authenticators.ts';
import { asObject, asText, idAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { baseOf } from './directory-change.ts';
import type { DirectoryChange, Property } from './directory-change.ts';

const MOST_PHONES = 20;

/** Numbers that are a person's own; `VoiceOnlyPhoneNumber` is the desk's. */
const OWN_NUMBERS: readonly string[] = ['PhoneNumber', 'AlternativePhoneNumber'];

type Found = Pick<AccountChange, 'activity' | 'factor' | 'authenticatorUid'>;

/** Gives a change per new phone, and one when methods were added, removed or all removed. */
export function factorChangesOf(change: DirectoryChange, user: Actor | undefined): readonly AccountChange[] {
  if (user === undefined) return [];
  const found: Found[] = [
    ...newPhones(change).map((uid) => enabled('authenticator app', uid)),
    ...newNumbers(change).map((uid) => enabled('phone', uid)),
  ];
  const activity = methodsActivity(change.properties.get('StrongAuthenticationMethod'));
  if (activity !== undefined && !(activity === 'mfa-factor-enable' && found.length > 0))
    found.push({ activity });
  return found.map((each, part) => ({
    kind: 'account-change',
    ...baseOf(change),
    ...(part > 0 && { part }),
    status: change.success ? 'success' : 'failure',
    user,
    ...each,
  }));
}

function enabled(factor: string, authenticatorUid: string): Found {
  return { activity: 'mfa-factor-enable', factor, authenticatorUid };
}

function methodsActivity(methods: Property | undefined): AccountChange['activity'] | undefined {
  if (methods === undefined) return undefined;
  const before = new Set(listIn(methods.before).map(methodOf));
  const after = new Set(listIn(methods.after).map(methodOf));
  if (before.size > 0 && after.size === 0) return 'mfa-factor-reset-all';
  if ([...before].some((method) => !after.has(method))) return 'mfa-factor-disable';
  return after.size > before.size ? 'mfa-factor-enable' : undefined;
}

function methodOf(entry: RawRecord): string {
  return idAt(entry, 'MethodType') ?? '';
}

function newPhones(change: DirectoryChange): readonly string[] {
  const phones = change.properties.get('StrongAuthenticationPhoneAppDetail');
  if (phones === undefined) return [];
  const held = new Set(listIn(phones.before).map(tokenOf));
  const tokens = listIn(phones.after)
    .map(tokenOf)
    .filter((token) => token !== undefined && !held.has(token));
  return [...new Set(tokens)].slice(0, MOST_PHONES).map((token) => `push:${stableId(token as string)}`);
}

function newNumbers(change: DirectoryChange): readonly string[] {
  const details = change.properties.get('StrongAuthenticationUserDetails');
  if (details === undefined) return [];
  const held = new Set(numbersIn(details.before));
  return [...new Set(numbersIn(details.after))].filter((uid) => !held.has(uid)).slice(0, MOST_PHONES);
}

function numbersIn(text: string): readonly string[] {
  const numbers = listIn(text).flatMap((entry) => OWN_NUMBERS.map((key) => phoneUid(asText(entry[key]))));
  return numbers.filter((uid) => uid !== undefined);
}

function tokenOf(entry: RawRecord): string | undefined {
  const token = asText(entry['DeviceToken'], 1_024);
  return token === 'NO_DEVICE_TOKEN' ? undefined : token;
}

function listIn(text: string): readonly RawRecord[] {
  if (!text.startsWith('[')) return [];
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value.map(asObject).filter((entry) => entry !== undefined) : [];
  } catch {
    // Entra cuts long values off; a list that does not close says nothing certain.
    return [];
  }
}
