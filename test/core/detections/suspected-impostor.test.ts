import fc from 'fast-check';
import type { Alert } from '../../../lib/core/alerts/alert.ts';
import type { Severity } from '../../../lib/core/alerts/severity.ts';
import { alertId } from '../../../lib/core/alerts/draft.ts';
import type { Contributes, Context, Weighed } from '../../../lib/core/detections/contract.ts';
import { IMPOSTOR_PARAMETERS } from '../../../lib/core/detections/impostor/parameters.ts';
import { suspectedImpostor } from '../../../lib/core/detections/suspected-impostor.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { DAY_MS, isoTime } from '../../../lib/core/time.ts';
import { runInBatches, runOnce } from '../../support/engine.ts';
import { days, hours, MOSCOW, NEW_YORK, NOON, signIn, taken } from '../../support/people-and-places.ts';
import { installed } from '../../support/software.ts';

const SAM = { kind: 'person' as const, id: 'sam.doe@example.com' };

interface SignOptions extends Partial<Contributes> {
  readonly day?: number;
  readonly lastDay?: number;
  readonly severity?: Severity;
  readonly about?: string;
}

/** Something found about Sam. */
function sign(detection: string, options: SignOptions = {}): Weighed {
  const { day = 0, lastDay = day, severity = 'high', about = '', weight = 30 } = options;
  const { explainedBy = 'away', independent = false } = options;
  const time = NOON + days(day);
  return {
    alertId: alertId(detection, SAM, about === '' ? undefined : { kind: 'tool', id: about }, String(day)),
    detection,
    severity,
    usualSeverity: 'high',
    summary: `${detection} of day ${day}.`,
    time,
    lastTime: NOON + days(lastDay),
    count: 1,
    about,
    related: [],
    evidence: { source: 'okta', feed: 'system-log', eventId: `${detection} ${day}`, time: isoTime(time) },
    contributes: { weight, explainedBy, independent, clearedBy: 'A word of the manager.' },
  };
}

const contextOf = (hiredDaysBefore?: number): Context<typeof IMPOSTOR_PARAMETERS> => ({
  subject: SAM,
  policy: NO_POLICY,
  organization: { peopleCount: 100, domains: [], partnerDomains: [] },
  parameters: Object.fromEntries(
    Object.entries(IMPOSTOR_PARAMETERS).map(([name, { value }]) => [name, value]),
  ) as Context<typeof IMPOSTOR_PARAMETERS>['parameters'],
  ...(hiredDaysBefore === undefined
    ? {}
    : {
        person: {
          id: SAM.id,
          addresses: [SAM.id],
          onRoster: true,
          hiredTime: NOON - days(hiredDaysBefore),
        },
      }),
});
const weigh = (found: readonly Weighed[], hiredDaysBefore?: number) =>
  suspectedImpostor.weigh(found, contextOf(hiredDaysBefore));

const TOOL = sign('unapproved-remote-tool', {
  weight: 20,
  explainedBy: 'remote-access',
  independent: true,
  about: 'tool:anydesk',
});

describe('what is found of one person', () => {
  it('is nothing while one innocent explanation covers all of it, however much there is', () => {
    const abroad = Array.from({ length: 20 }, (_, day) =>
      sign('impossible-travel', { day, about: `${day}` }),
    );
    expect(weigh([...abroad, sign('new-country'), sign('high-risk-vpn')])).toBeUndefined();
  });

  it('is nothing below the threshold', () => {
    expect(weigh([sign('high-risk-vpn', { weight: 25 }), TOOL])).toBeUndefined();
  });

  it('is high with two explanations and something the person cannot write', () => {
    expect(weigh([sign('high-risk-vpn'), TOOL])).toMatchObject({ severity: 'high', score: 50 });
  });

  it('is medium with two explanations and nothing of the kind', () => {
    const copied = sign('bulk-download', { explainedBy: 'copying' });
    expect(weigh([sign('high-risk-vpn'), copied])).toMatchObject({ severity: 'medium' });
  });

  it('is high with three explanations, and critical with something the person cannot write among them', () => {
    const copied = sign('bulk-download', { explainedBy: 'copying', weight: 40 });
    const present = sign('mouse-jiggler', { explainedBy: 'presence', weight: 40 });
    const away = sign('high-risk-vpn', { weight: 40 });
    expect(weigh([away, copied, present])).toMatchObject({ severity: 'high' });
    expect(weigh([away, copied, TOOL])).toMatchObject({ severity: 'critical', score: 100 });
  });

  it('is caught with a new hire: Astrill, AnyDesk, and a laptop where others’ laptops are', () => {
    const farm = sign('laptop-farm', { weight: 35, explainedBy: 'sharing', independent: true });
    expect(weigh([sign('high-risk-vpn'), TOOL, farm], 20)).toMatchObject({ severity: 'critical' });
  });

  it('leaves a new hire with a consumer VPN and a keep-awake alone', () => {
    const vpn = sign('anonymized-sign-in', { weight: 10 });
    const awake = sign('mouse-jiggler', { weight: 10, severity: 'informational', explainedBy: 'presence' });
    expect(weigh([vpn, awake], 5)).toBeUndefined();
  });

  it('weighs tenure for what the person cannot write, and for nothing else', () => {
    const location = sign('unexpected-location', { weight: 20, explainedBy: 'sharing', independent: true });
    expect(weigh([location, TOOL], 400)).toBeUndefined();
    expect(weigh([location, TOOL], 60)).toMatchObject({ score: 50 });
    expect(weigh([location, TOOL], 10)).toMatchObject({ score: 60 });
    const copied = sign('bulk-download', { weight: 20, explainedBy: 'copying' });
    expect(weigh([sign('high-risk-vpn', { weight: 20 }), copied], 10)).toBeUndefined();
  });

  it('takes alerts of one detection about one thing for one sign', () => {
    const daily = Array.from({ length: 10 }, (_, day) => sign('anonymized-sign-in', { day, weight: 10 }));
    const finding = weigh([...daily, TOOL, sign('bulk-download', { explainedBy: 'copying', day: 9 })]);
    expect(finding?.contributions.map(({ found }) => found.detection)).toEqual([
      'bulk-download',
      'unapproved-remote-tool',
      'anonymized-sign-in',
    ]);
  });

  it('halves what has not been seen for a fortnight', () => {
    const vpn = sign('high-risk-vpn', { weight: 40 });
    const tool = (day: number): Weighed => ({ ...TOOL, time: NOON + days(day), lastTime: NOON + days(day) });
    expect(weigh([vpn, tool(0)])).toMatchObject({ score: 60 });
    expect(weigh([vpn, tool(14)])).toBeUndefined();
  });

  it('counts a condition that lasts as long as it lasts', () => {
    const lasting = { ...TOOL, lastTime: NOON + days(60) };
    expect(weigh([lasting, sign('high-risk-vpn', { day: 60 })])).toMatchObject({ score: 50 });
  });

  it('weighs a lower severity less, and a higher one more', () => {
    const vpn = sign('high-risk-vpn', { weight: 40 });
    expect(weigh([vpn, { ...TOOL, severity: 'low' }])).toBeUndefined();
    expect(weigh([vpn, { ...TOOL, severity: 'critical' }])).toMatchObject({ score: 65 });
  });

  it('is dated by what completed it and told by what was worst, and says what would clear each sign', () => {
    const finding = weigh([
      sign('high-risk-vpn'),
      { ...TOOL, time: NOON + days(1), lastTime: NOON + days(1) },
      sign('bulk-download', { day: 2, explainedBy: 'copying' }),
    ]);
    expect(finding).toMatchObject({ severity: 'high', time: NOON + days(2) });
    expect(finding?.next).toEqual(['Cleared by: A word of the manager.']);
    expect(finding?.contributions.map(({ found }) => found.contributes.clearedBy)).toHaveLength(3);
  });

  /** A detection has one weight and one explanation. */
  const KINDS: Readonly<Record<string, Partial<Contributes>>> = {
    vpn: { weight: 30, explainedBy: 'away' },
    travel: { weight: 15, explainedBy: 'away' },
    farm: { weight: 35, explainedBy: 'sharing', independent: true },
    tool: { weight: 20, explainedBy: 'remote-access', independent: true },
    copied: { weight: 15, explainedBy: 'copying' },
  };
  const anySign = fc
    .record({
      kind: fc.constantFrom(...Object.keys(KINDS)),
      day: fc.integer({ min: 0, max: 40 }),
      severity: fc.constantFrom<Severity>('low', 'medium', 'high', 'critical'),
      about: fc.constantFrom('', 'tool:anydesk'),
    })
    .map(({ kind, ...rest }) => sign(kind, { ...KINDS[kind], ...rest }));

  it('comes to the same in any order', () => {
    fc.assert(
      fc.property(fc.array(anySign, { maxLength: 12 }), fc.integer(), (found, seed) => {
        const other = [...found].sort((a, b) => ((a.time * seed) % 7) - ((b.time * seed) % 7));
        const distinct = (all: readonly Weighed[]) => [
          ...new Map(all.map((each) => [each.alertId, each])).values(),
        ];
        expect(weigh(distinct(other).toReversed())).toEqual(weigh(distinct(other)));
      }),
    );
  });

  it('never says less for more that was found', () => {
    const rank = (found: readonly Weighed[]) =>
      ['medium', 'high', 'critical'].indexOf(weigh(found)?.severity ?? '');
    fc.assert(
      fc.property(fc.array(anySign, { minLength: 1, maxLength: 10 }), (found) => {
        expect(rank(found)).toBeGreaterThanOrEqual(rank(found.slice(1)));
      }),
    );
  });
});

const impostors = (alerts: readonly Alert[]) => alerts.filter(({ family }) => family === 'impostor');
const SOFTWARE = [
  installed({ name: 'AnyDesk', vendor: 'AnyDesk Software GmbH' }),
  installed('RustDesk'),
  installed({ name: 'Mouse Jiggler', vendor: 'Arkane Systems' }),
];
/** Four kinds of signs within three days. */
const STORY: readonly SourceEvent[] = [
  ...SOFTWARE,
  signIn({ at: NOON + days(1), place: NEW_YORK, uid: 'a' }),
  signIn({ at: NOON + days(1) + hours(1), place: MOSCOW, source: 'entra', uid: 'b' }),
  ...Array.from({ length: 130 }, (_, n) =>
    taken({ at: NOON + days(2) + n * 9_000, object: `o${n}`, uid: `t${n}` }),
  ),
];

describe('the alert', () => {
  it('is one a person, names what contributed, and cites a record of each', () => {
    const [alert, ...others] = impostors(runOnce(STORY));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ detection: 'suspected-impostor', subject: SAM, status: 'open' });
    const all = runOnce(STORY).map(({ id }) => id);
    for (const { alertId: id, weight, clearedBy } of alert?.contributions ?? []) {
      expect(all).toContain(id);
      expect(weight).toBeGreaterThan(0);
      expect(clearedBy).not.toBe('');
    }
    expect(alert?.contributions?.length).toBe(alert?.evidence.length);
  });

  it('keeps its id while it grows', () => {
    const early = impostors(runOnce(STORY.slice(0, -60)));
    expect(impostors(runOnce(STORY))[0]?.id).toBe(early[0]?.id);
  });

  it('is the same when the signs come in batches over weeks, and the older ones are no longer kept', () => {
    const slow = [
      ...SOFTWARE,
      signIn({ at: NOON + days(1), place: NEW_YORK, uid: 'a' }),
      signIn({ at: NOON + days(1) + hours(1), place: MOSCOW, source: 'entra', uid: 'b' }),
      ...Array.from({ length: 5 }, (_, n) => signIn({ at: NOON + days(3 + n), place: MOSCOW, uid: `c${n}` })),
      ...Array.from({ length: 300 }, (_, n) =>
        taken({ at: NOON + days(9) + n * 4_000, object: `o${n}`, uid: `t${n}` }),
      ),
    ];
    const batches = Map.groupBy(slow, ({ time }) => Math.floor(time / DAY_MS));
    expect(impostors(runInBatches([...batches.values()]))).toEqual(impostors(runOnce(slow)));
    expect(impostors(runOnce(slow))).toHaveLength(1);
  });

  it('is not raised about somebody outside the organization', () => {
    const outside = STORY.map((event) => ({
      ...event,
      actor: { type: 'user' as const, address: 'pat@elsewhere.example' },
    }));
    expect(impostors(runOnce(outside))).toEqual([]);
    expect(runOnce(outside).length).toBeGreaterThan(2);
  });

  it('weighs nothing that is approved', () => {
    const policy = {
      ...NO_POLICY,
      approvals: (['travel', 'tool', 'software', 'bulk'] as const).map((kind) => ({
        kind,
        for: { people: [SAM.id] },
        until: NOON + days(30),
        reason: 'known to IT',
      })),
    };
    expect(impostors(runOnce(STORY, { policy }))).toEqual([]);
  });
});
