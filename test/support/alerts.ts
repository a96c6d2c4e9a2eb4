/** An invented alert, to be changed to what a test is about. */
import type { Alert } from '../../lib/core/alerts/alert.ts';

export const ALERT: Alert = {
  schemaVersion: 1,
  id: '0123456789abcdef0123456789abcdef',
  detection: 'impossible-travel',
  family: 'geolocation',
  title: 'Impossible travel',
  severity: 'medium',
  confidence: 'high',
  subject: { kind: 'person', id: 'ada.novak@example.com', name: 'Ada Novak' },
  related: [],
  time: '2026-11-02T12:00:00.000Z',
  firstSeen: '2026-11-02T11:00:00.000Z',
  lastSeen: '2026-11-02T12:00:00.000Z',
  count: 2,
  status: 'open',
  summary: 'Signed in from two places.',
  why: ['7,511 km in 1 h'],
  benign: ['A VPN'],
  next: ['Ask them'],
  evidence: [
    {
      source: 'okta',
      feed: 'system-log',
      eventId: 'f8f1d2a4-0001',
      time: '2026-11-02T11:00:00.000Z',
      ip: '192.0.2.10',
    },
    {
      source: 'okta',
      feed: 'system-log',
      eventId: 'f8f1d2a4-0002',
      time: '2026-11-02T12:00:00.000Z',
      ip: '203.0.113.77',
    },
  ],
  attack: ['T1078'],
};

/** Gives the alert another id, of the shape ids have. */
export function alertNumber(number: number, over: Partial<Alert> = {}): Alert {
  return { ...ALERT, id: number.toString(16).padStart(32, '0').split('').reverse().join(''), ...over };
}
