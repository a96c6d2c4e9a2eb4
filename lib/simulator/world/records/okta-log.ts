/** What every event of Okta's System Log has. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Random } from '../../random.ts';
import type { From } from '../geography.ts';
import type { Account, Laptop, Phone } from '../staff.ts';
import { agentOn, isLaptop, type Agent } from './agents.ts';
import { guid, hex, letters } from './ids.ts';

/** What an event is beside who, when and from where. */
export interface LogOptions {
  readonly type: string;
  readonly message: string;
  readonly legacyType?: string;
  /** `SUCCESS` unless said otherwise. */
  readonly result?: string;
  readonly reason?: string;
  /** The device in hand. A company laptop is managed and says so; a phone only shows in the user agent. */
  readonly device?: Laptop | Phone;
  readonly debugData?: Readonly<Record<string, unknown>>;
  readonly target?: readonly RawRecord[];
  /** The password was right: there is a session, and it has an id. */
  readonly hasSession?: boolean;
}

/** Makes a log event. */
export function logEvent(
  who: Account,
  at: EpochMs,
  from: From,
  random: Random,
  options: LogOptions,
): RawRecord {
  const uuid = guid(random, at);
  const agent = agentOn(options.device);
  const geographicalContext = placeOf(from);
  const session = options.hasSession === false ? 'unknown' : `idx${letters(random, 20)}`;
  const requestId = hex(random, 32);
  return {
    actor: {
      id: who.oktaId,
      type: 'User',
      alternateId: who.address,
      displayName: who.name,
      detailEntry: null,
    },
    client: clientOf(from, agent, geographicalContext),
    device: isLaptop(options.device) ? managed(options.device) : null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: session,
      externalSessionId: session,
    },
    displayMessage: options.message,
    eventType: options.type,
    outcome: { result: options.result ?? 'SUCCESS', reason: options.reason ?? null },
    published: isoTime(at),
    securityContext: securityOf(from),
    severity: options.result === undefined || options.result === 'ALLOW' ? 'INFO' : 'WARN',
    debugContext: {
      debugData: {
        requestId,
        dtHash: hex(random, 64),
        requestUri: '/idp/idx/identify',
        url: '/idp/idx/identify?',
        threatSuspected: 'false',
        ...tunnelsOf(from),
        ...options.debugData,
      },
    },
    legacyEventType: options.legacyType ?? null,
    transaction: { type: 'WEB', id: requestId, detail: {} },
    uuid,
    version: '0',
    request: {
      ipChain: [
        {
          ip: from.ip,
          geographicalContext,
          version: from.ip.includes(':') ? 'V6' : 'V4',
          source: null,
          ipDetails: null,
        },
      ],
    },
    target: options.target ?? null,
  };
}

/** A person as a target. */
export function userTarget(who: Account): RawRecord {
  return { id: who.oktaId, type: 'User', alternateId: who.address, displayName: who.name, detailEntry: null };
}

function clientOf(from: From, agent: Agent, geographicalContext: RawRecord): RawRecord {
  return {
    userAgent: { rawUserAgent: agent.text, os: agent.os, browser: agent.browser },
    zone: 'null',
    device: agent.device,
    id: null,
    ipAddress: from.ip,
    geographicalContext,
  };
}

function placeOf({ city }: From): RawRecord {
  return {
    city: city.name,
    state: city.region,
    country: city.country,
    postalCode: null,
    geolocation: { lat: city.lat, lon: city.lon },
  };
}

function securityOf({ provider }: From): RawRecord {
  return {
    asNumber: provider.asn,
    asOrg: provider.name,
    isp: provider.name,
    domain: provider.domain,
    isProxy: provider.tunnel !== undefined,
  };
}

/** Okta writes the list as text. */
function tunnelsOf({ provider: { tunnel } }: From): RawRecord {
  return tunnel === undefined ? {} : { tunnels: JSON.stringify([{ anonymous: true, ...tunnel }]) };
}

function managed(laptop: Laptop): RawRecord {
  return {
    id: laptop.oktaId,
    name: laptop.name,
    os_platform: laptop.os === 'macOS' ? 'OSX' : 'WINDOWS',
    os_version: laptop.os === 'macOS' ? '15.6.1' : '10.0.26100.6584',
    managed: true,
    registered: true,
    device_integrator: null,
    disk_encryption_type: 'ALL_INTERNAL_VOLUMES',
    screen_lock_type: 'BIOMETRIC',
    jailbreak: null,
    secure_hardware_present: true,
  };
}
