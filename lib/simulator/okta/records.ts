/** System Log records as Okta writes them, about people who do not exist. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

/** Where a request comes from, in Okta's words: the country by its full name. */
export interface OktaPlace {
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
}

export const NEW_YORK: OktaPlace = {
  city: 'New York',
  state: 'New York',
  country: 'United States',
  lat: 40.7143,
  lon: -74.006,
};
export const MOSCOW: OktaPlace = {
  city: 'Moscow',
  state: 'Moscow',
  country: 'Russia',
  lat: 55.7522,
  lon: 37.6156,
};

export interface OktaSignIn {
  readonly uuid: string;
  readonly time: EpochMs;
  readonly login: string;
  readonly name: string;
  readonly ip: string;
  readonly place: OktaPlace;
  /** Success, unless said otherwise. */
  readonly result?: 'SUCCESS' | 'FAILURE';
}

/** Makes the record of somebody opening a session. */
export function sessionStart({
  uuid,
  time,
  login,
  name,
  ip,
  place,
  result = 'SUCCESS',
}: OktaSignIn): RawRecord {
  const { lat, lon, ...names } = place;
  return {
    actor: {
      id: `00u${idOf(login)}`,
      type: 'User',
      alternateId: login,
      displayName: name,
      detailEntry: null,
    },
    client: {
      userAgent: {
        rawUserAgent:
          'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
        os: 'Mac OS X',
        browser: 'CHROME',
      },
      zone: 'null',
      device: 'Computer',
      id: null,
      ipAddress: ip,
      geographicalContext: { ...names, postalCode: null, geolocation: { lat, lon } },
    },
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      externalSessionId: result === 'SUCCESS' ? `102${idOf(uuid)}` : 'unknown',
    },
    displayMessage: 'User login to Okta',
    eventType: 'user.session.start',
    outcome: { result, reason: result === 'SUCCESS' ? null : 'INVALID_CREDENTIALS' },
    published: isoTime(time),
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: false },
    severity: result === 'SUCCESS' ? 'INFO' : 'WARN',
    debugContext: { debugData: { requestUri: '/idp/idx/identify', url: '/idp/idx/identify?' } },
    legacyEventType: result === 'SUCCESS' ? 'core.user_auth.login_success' : 'core.user_auth.login_failed',
    transaction: { type: 'WEB', id: idOf(uuid), detail: {} },
    uuid,
    version: '0',
    request: {
      ipChain: [
        {
          ip,
          geographicalContext: { ...names, postalCode: null, geolocation: { lat, lon } },
          version: 'V4',
          source: null,
        },
      ],
    },
    target: null,
  };
}

/** Gives an id that looks like Okta's: 17 letters and digits. */
function idOf(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .padEnd(17, '0')
    .slice(0, 17);
}
