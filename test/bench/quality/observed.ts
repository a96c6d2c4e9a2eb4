/** Trials as they might have been seen. */
import type { Observed, SeenAlert } from '../../../bench/quality/trial.ts';
import { DAY_MS, isoTime } from '../../../lib/core/time.ts';
import type { Label } from '../../../lib/simulator/world/world.ts';

export const START = Date.UTC(2026, 2, 2);

/** The n-th day, at noon. */
export function day(n: number): number {
  return START + n * DAY_MS + DAY_MS / 2;
}

export const RINGER = 'ringer@example.com';
export const HONEST = 'honest@example.com';

export function seen(alert: Partial<SeenAlert> & Pick<SeenAlert, 'detection' | 'time'>): SeenAlert {
  const { detection, severity = 'medium', subject = { kind: 'person', id: RINGER }, related = [] } = alert;
  const id = alert.id ?? `${detection} ${subject.id} ${alert.time}`;
  const evidence = { source: 'okta', feed: 'system-log', eventId: id, time: isoTime(alert.time) };
  return {
    ...{ id, detection, severity, subject, related, digest: 'as it was', time: alert.time },
    remembered: {
      ...{ alertId: id, detection, severity, summary: '', count: 1, evidence, about: '', related: [] },
      ...{ time: alert.time, lastTime: alert.time },
    },
    ...alert,
  };
}

export function label(given: Partial<Label> = {}): Label {
  return {
    ...{ attack: 'farm', subjects: [RINGER], begin: day(10) },
    ...{ expects: ['impossible-travel'], expectsComposite: true },
    ...given,
  };
}

/** Ten people for twenty days, `RINGER` and `HONEST` among them. */
export function observed(given: Partial<Observed> = {}): Observed {
  const others = Array.from({ length: 8 }, (_, index) => `person-${index}@example.com`);
  return {
    trial: {
      ...{ purpose: 'company', seed: 1, people: 10, days: 20, attacks: [] },
      ...{ delivery: 'as-delivered', lists: 'none' },
    },
    start: START,
    end: START + 20 * DAY_MS,
    people: [RINGER, HONEST, ...others].map((id) => ({ id })),
    labels: [],
    causes: {},
    alerts: [],
    plain: [],
    records: 1_000,
    rejected: 0,
    notEvaluated: [],
    ...given,
  };
}
