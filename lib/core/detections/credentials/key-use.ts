/** One long-term access key, followed from network to network: two at once means that it exists twice. */
import type { Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { ApiActivity, Endpoint, FileHostingActivity } from '../../events/index.ts';
import { greatCircleKm } from '../../places/distance.ts';
import { isAnonymizing, isCorporate, networkText, type Network } from '../../places/network.ts';
import { placeText } from '../../places/place.ts';
import { MINUTE_MS, type EpochMs } from '../../time.ts';
import type { Context, Finding } from '../contract.ts';

export const KEY_PARAMETERS = {
  sameKeyMinutes: {
    value: 30,
    why: 'One computer does not change its provider back and forth within half an hour of work.',
  },
  elsewhereKm: {
    value: 500,
    why: 'Where providers are not known: further than a wrongly placed line, and than half an hour carries anybody.',
  },
};

type KeyContext = Context<typeof KEY_PARAMETERS>;

/** Where a key was used. Plain JSON. */
export interface KeyUse {
  readonly time: EpochMs;
  readonly ip: string;
  readonly asn?: number;
  /** Of a data centre. */
  readonly cloud?: string;
  readonly at?: { readonly lat: number; readonly lon: number; readonly radiusKm: number };
  /** How to say where: `198.51.100.7 (Lyon, FR) through Example Telecom (residential)`. */
  readonly text: string;
  /** Why one computer alone may come from there and from elsewhere. */
  readonly moves?: string;
  readonly evidence: Evidence;
}

/** An IAM user has two at most. */
const KEYS_KEPT = 3;
const USES_KEPT = 4;

/** Tells keys that last until somebody deletes them from those of sessions, which begin with `ASIA`. */
export function isLongTermKey(key: string): boolean {
  return key.startsWith('AKIA');
}

/**
 * Notes a use of a key; gives a finding when it was used from another network a moment ago.
 *
 * Addresses of one provider are its pool; where no provider is known, distance decides.
 */
export function followKey(
  key: string,
  event: ApiActivity | FileHostingActivity,
  keys: Record<string, KeyUse[]>,
  { parameters }: KeyContext,
): Finding | undefined {
  if (event.srcEndpoint === undefined) return undefined;
  const use = useOf(event, event.srcEndpoint);
  const since = event.time - parameters.sameKeyMinutes * MINUTE_MS;
  const before = (Object.hasOwn(keys, key) ? (keys[key] ?? []) : []).filter(({ time }) => time >= since);
  const other = before.findLast((each) => isElsewhere(each, use, parameters));
  // Of one address the latest use is enough.
  keys[key] = [...before.filter(({ ip }) => ip !== use.ip), use].slice(-USES_KEPT);
  for (const old of Object.keys(keys).slice(0, -KEYS_KEPT)) if (old !== key) delete keys[old];
  return other === undefined ? undefined : inTwoNetworks(key, other, use, parameters.sameKeyMinutes);
}

function useOf(
  event: ApiActivity | FileHostingActivity,
  { ip, asn, asOrg, network, place }: Endpoint,
): KeyUse {
  const number = network?.asn ?? asn;
  const cloud = network?.kind === 'hosting' ? cloudOf(network.organization ?? asOrg) : undefined;
  const moves = whyItMoves(network);
  const where = place === undefined ? ip : `${ip} (${placeText(place)})`;
  return {
    time: event.time,
    ip,
    ...(number === undefined ? {} : { asn: number }),
    ...(cloud === undefined ? {} : { cloud }),
    ...(place === undefined || place.disputedBy !== undefined
      ? {}
      : { at: { lat: place.lat, lon: place.lon, radiusKm: place.radiusKm } }),
    text:
      network === undefined || network.kind === 'unknown'
        ? where
        : `${where} through ${networkText(network)}`,
    ...(moves === undefined ? {} : { moves }),
    evidence: evidenceOf(event, event.kind === 'api-activity' ? event.operation : event.activity),
  };
}

function whyItMoves(network: Network | undefined): string | undefined {
  if (network === undefined) return undefined;
  if (network.kind === 'mobile') return 'One of them is a phone network: a computer may have moved onto it.';
  if (isAnonymizing(network) || isCorporate(network.kind))
    return 'One of them is the exit of a VPN or gateway: a computer may have switched it on.';
  return undefined;
}

/** Names a provider of data centres: they have several numbers each, as Amazon with AMAZON-02 and AMAZON-AES. */
function cloudOf(organization: string | undefined): string | undefined {
  return /^[\p{L}\d]{3,40}/u.exec(organization ?? '')?.[0].toLowerCase();
}

function isElsewhere(a: KeyUse, b: KeyUse, { elsewhereKm }: KeyContext['parameters']): boolean {
  if (a.ip === b.ip) return false;
  if (a.asn !== undefined && b.asn !== undefined)
    return a.asn !== b.asn && (a.cloud === undefined || a.cloud !== b.cloud);
  if (a.at === undefined || b.at === undefined) return false;
  return greatCircleKm(a.at, b.at) - a.at.radiusKm - b.at.radiusKm >= elsewhereKm;
}

function inTwoNetworks(key: string, before: KeyUse, now: KeyUse, minutes: number): Finding {
  const moves = before.moves ?? now.moves;
  return {
    severity: moves === undefined ? 'medium' : 'low',
    confidence: moves === undefined ? 'medium' : 'low',
    object: { kind: 'service', id: `key:${key}`, name: key },
    summary: `The access key ${key} was used from two networks within ${minutes} min.`,
    why: [
      `First from ${before.text}, then from ${now.text}.`,
      'A long-term key in two places at once has been copied, or several programs share it.',
      ...(moves === undefined ? [] : [moves]),
    ],
    next: [
      `IAM › Users › Security credentials › ${key} shows when it was last used; CloudTrail, filtered by AWS access key, every call.`,
    ],
    evidence: [before.evidence, now.evidence],
  };
}
