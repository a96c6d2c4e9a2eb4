/** Which VPN, proxy or relay Okta saw, from the three places where it says so. */
import type { Anonymizer } from '../../core/events/index.ts';
import { asObject, booleanAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** Relays that keep the country or region of their user, so that a place behind them still means something. */
const RELAYS: ReadonlySet<string> = new Set(['APPLE_ICLOUD_RELAY_PROXY', 'WARP_VPN']);

const TOR: ReadonlySet<string> = new Set(['TOR', 'ANONYMIZER_TOR', 'TOR_ANONYMIZER']);

/** Sellers of other people's home lines. Okta adds `_PROXY` to most names. */
const RESIDENTIAL_PROXIES: ReadonlySet<string> = new Set([
  'ABCPROXY',
  'BIGMAMA',
  'BRIGHTDATA',
  'DATAIMPULSE',
  'FACELESS',
  'FROXY',
  'GEONODE',
  'IPCOLA',
  'IPIDEA',
  'IPROXYSHOP',
  'IPROYAL',
  'LUMINATI',
  'NETNUT',
  'NEXUS',
  'NSOCKS',
  'OCULUS',
  'OXYLABS',
  'PACKETSTREAM',
  'PROXYRACK',
  'SMARTPROXY',
  'SOAX',
  'SPACEPROXIES',
  'YILU',
]);

/** When several are seen at once, the one that hides most decides; the others are kept by name. */
const HIDES_MOST: readonly Anonymizer['kind'][] = ['tor', 'residential-proxy', 'vpn', 'proxy', 'relay'];

/** The string is written by Okta but holds what others named; no real one is longer. */
const TUNNELS_TEXT_LIMIT = 8_192;
const TUNNELS_LIMIT = 32;

/**
 * Reads the anonymizer: the service categories of the address, else the tunnels in the debug data (a JSON text), else
 * the bare word that it is a proxy.
 */
export function readAnonymizer(
  security: RawRecord | undefined,
  debugData: RawRecord | undefined,
): Anonymizer | undefined {
  return (
    worstOf(objectAt(security, 'ipDetails')?.['ipServiceCategories']) ??
    worstOf(tunnelsOf(debugData?.['tunnels'])) ??
    (booleanAt(security, 'isProxy') === true ? { kind: 'proxy' } : undefined)
  );
}

function tunnelsOf(tunnels: unknown): unknown {
  if (typeof tunnels !== 'string' || tunnels.length > TUNNELS_TEXT_LIMIT) return tunnels;
  try {
    return JSON.parse(tunnels);
  } catch {
    return undefined;
  }
}

function worstOf(services: unknown): Anonymizer | undefined {
  if (!Array.isArray(services)) return undefined;
  let worst: Anonymizer | undefined;
  const operators = new Set<string>();
  for (const each of services.slice(0, TUNNELS_LIMIT)) {
    const seen = readService(asObject(each));
    if (seen === undefined) continue;
    if (seen.operator !== undefined) operators.add(seen.operator);
    if (worst === undefined || HIDES_MOST.indexOf(seen.kind) < HIDES_MOST.indexOf(worst.kind)) worst = seen;
  }
  if (worst?.operator === undefined) return worst;
  operators.delete(worst.operator);
  return operators.size === 0 ? worst : { ...worst, otherOperators: [...operators].sort() };
}

function readService(service: RawRecord | undefined): Anonymizer | undefined {
  const operator = textAt(service, 'operator')?.toUpperCase();
  const kind = kindOfOperator(operator) ?? kindOfType(textAt(service, 'type')) ?? kindOfName(operator);
  if (kind === undefined) return undefined;
  return operator === undefined ? { kind } : { kind, operator };
}

function kindOfOperator(operator: string | undefined): Anonymizer['kind'] | undefined {
  if (operator === undefined) return undefined;
  if (RELAYS.has(operator)) return 'relay';
  if (TOR.has(operator)) return 'tor';
  const seller = operator.endsWith('_PROXY') ? operator.slice(0, -'_PROXY'.length) : operator;
  return RESIDENTIAL_PROXIES.has(seller) ? 'residential-proxy' : undefined;
}

/** Okta's words: `VPN`, `Proxy`, `Tor`, `Residential Proxy`, `Blockchain VPN`; some logs have underscores. */
function kindOfType(type: string | undefined): Anonymizer['kind'] | undefined {
  switch (type?.toUpperCase().replaceAll('_', ' ')) {
    case 'TOR':
      return 'tor';
    case 'RESIDENTIAL PROXY':
      return 'residential-proxy';
    case 'VPN':
    case 'BLOCKCHAIN VPN':
      return 'vpn';
    case 'PROXY':
      return 'proxy';
    default:
      return undefined;
  }
}

function kindOfName(operator: string | undefined): Anonymizer['kind'] | undefined {
  return operator === undefined ? undefined : operator.endsWith('_PROXY') ? 'proxy' : 'vpn';
}
