import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { systemLog } from '../../../lib/sources/okta/system-log.ts';

const READING = { observedTime: Date.UTC(2026, 0, 1) };

function record(name: string, over: Record<string, unknown> = {}): RawRecord {
  const path = join(__dirname, '../../fixtures/okta/system-log', `${name}.json`);
  return { ...(JSON.parse(readFileSync(path, 'utf8')) as RawRecord), ...over };
}

function eventsOf(raw: RawRecord): readonly SourceEvent[] {
  const normalized = systemLog.normalize(raw, READING);
  return normalized.outcome === 'events' ? normalized.events : [];
}

function tunnels(value: unknown): RawRecord {
  return record('session-start-failed', { debugContext: { debugData: { tunnels: value } } });
}

describe('an Okta log event', () => {
  it('of no use is irrelevant even when the rest of it is damaged', () => {
    const raw = record('group-membership', { published: 'shortly', actor: 7, target: 'none' });

    expect(systemLog.normalize(raw, READING)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('without a time is rejected by the name of the field, and long values are cut', () => {
    const raw = record('session-end', { published: 'x'.repeat(500) });

    expect(systemLog.normalize(raw, READING)).toEqual({
      outcome: 'rejected',
      because: `published: expected a time, got "${'x'.repeat(39)}…"`,
    });
  });

  it('never puts an address into the reason of a rejection', () => {
    const raw = record('session-end', { published: 'alice.moreau@example.com' });

    expect(JSON.stringify(systemLog.normalize(raw, READING))).not.toContain('alice');
  });

  it('whose actor names nobody is irrelevant', () => {
    const raw = record('session-end', { actor: { type: 'User', id: 'unknown', alternateId: 'unknown' } });

    expect(systemLog.normalize(raw, READING)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('that names nobody is irrelevant even when its time is damaged', () => {
    const raw = record('session-end', { actor: null, published: 'shortly' });

    expect(systemLog.normalize(raw, READING)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('whose login is the display name too keeps it as the address', () => {
    const raw = record('session-end', { actor: { type: 'User', alternateId: 'jdoe', displayName: 'jdoe' } });

    expect(eventsOf(raw)[0]?.actor?.address).toBe('jdoe');
  });

  it('without a uuid gets the same id whatever the order of its keys', () => {
    const raw = record('vice-no-uuid-no-outcome-no-zone');
    const reversed = Object.fromEntries(Object.entries(raw).reverse());

    expect(eventsOf(reversed)[0]?.uid).toBe(eventsOf(raw)[0]?.uid);
  });

  it('of CloudTrail, which has an eventType too, is not recognised', () => {
    const trail = {
      eventVersion: '1.08',
      eventType: 'AwsApiCall',
      eventSource: 's3.amazonaws.com',
      actor: {},
      outcome: {},
    };

    expect(systemLog.recognizes(trail)).toBe(false);
  });

  it('that lost its event type is recognised, so that it can be rejected', () => {
    const { eventType, legacyEventType, debugContext, ...rest } = record('session-end');

    expect([eventType, legacyEventType, debugContext].length).toBe(3);
    expect(systemLog.recognizes(rest)).toBe(true);
  });

  it('takes the first hop of the request when the client has no address', () => {
    const raw = record('session-end', {
      client: { ipAddress: null },
      request: { ipChain: [{ ip: '198.51.100.4' }, { ip: '198.51.100.5' }] },
    });

    expect(eventsOf(raw)[0]?.srcEndpoint?.ip).toBe('198.51.100.4');
  });

  it('has no place at latitude and longitude zero', () => {
    const raw = record('session-end', {
      client: { ipAddress: '203.0.113.1', geographicalContext: { geolocation: { lat: 0, lon: 0 } } },
    });

    expect(eventsOf(raw)[0]?.srcEndpoint).not.toHaveProperty('vendorPlace');
  });

  it.each([
    ['LUMINATI_PROXY', 'residential-proxy'],
    ['YILU_PROXY', 'residential-proxy'],
    ['WARP_VPN', 'relay'],
    ['GLOBALPROTECT', 'vpn'],
    ['ASTRILL_VPN', 'vpn'],
    ['TOR', 'tor'],
  ])('knows the operator %s as %s', (operator, kind) => {
    expect(eventsOf(tunnels(JSON.stringify([{ operator }])))[0]?.srcEndpoint?.anonymizer).toEqual({
      kind,
      operator,
    });
  });

  it('whose address several operators serve keeps them all, the one that hides most first', () => {
    const operators = ['NORD_VPN', 'WARP_VPN', 'OXYLABS_PROXY', 'ASTRILL_VPN', 'NORD_VPN'];
    const value = JSON.stringify(operators.map((operator) => ({ operator })));
    expect(eventsOf(tunnels(value))[0]?.srcEndpoint?.anonymizer).toEqual({
      kind: 'residential-proxy',
      operator: 'OXYLABS_PROXY',
      otherOperators: ['ASTRILL_VPN', 'NORD_VPN', 'WARP_VPN'],
    });
  });

  it('with tunnels that are not JSON, or far too long, is read without them', () => {
    for (const value of ['[{', 'x'.repeat(10_000), `[${'{},'.repeat(5_000)}{}]`, 7, { a: 1 }]) {
      expect(eventsOf(tunnels(value))[0]?.srcEndpoint).not.toHaveProperty('anonymizer');
    }
  });

  it('of a program is not interactive', () => {
    const raw = record('sso-to-application', {
      actor: { id: '0oa1', type: 'PublicClientApp', alternateId: '0oa1', displayName: 'Batch' },
    });

    expect(eventsOf(raw)[0]).toMatchObject({
      interactive: false,
      actor: { type: 'service', accountUid: '0oa1' },
    });
  });

  it('of a wrong one-time code is no refused push', () => {
    const raw = record('mfa-push-refused', { debugContext: { debugData: { factor: 'GOOGLE_OTP' } } });

    expect(eventsOf(raw).map((event) => event.kind)).toEqual(['authentication']);
  });

  it('does not take the previous risk level for the present one', () => {
    const raw = record('risk-detected', {
      debugContext: { debugData: { risk: '{previousLevel=HIGH, level=MEDIUM}' } },
    });

    expect(eventsOf(raw)[0]).toMatchObject({ kind: 'detection-finding', level: 'medium' });
  });

  it('cannot reach the prototype of anything', () => {
    const raw = JSON.parse(
      '{"eventType":"user.session.start","published":"2025-06-03T08:14:09Z","__proto__":{"uuid":"forged"},' +
        '"actor":{"type":"User","__proto__":{"id":"forged"},"alternateId":"alice.moreau@example.com"}}',
    ) as RawRecord;

    expect(JSON.stringify(eventsOf(raw))).not.toContain('forged');
    expect(({} as Record<string, unknown>)['uuid']).toBeUndefined();
  });

  it('of any shape is sent somewhere without throwing', () => {
    const valid = record('session-start-vpn');
    const keys = [...Object.keys(valid), '__proto__', 'constructor'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue(), { maxKeys: 6 }), (graft) => {
        const raw = { ...valid, ...graft, eventType: valid['eventType'] };
        expect(['events', 'skipped', 'rejected']).toContain(systemLog.normalize(raw, READING).outcome);
      }),
    );
  });
});
