import { byAttack, missedOnPurpose, playedIn, recallOf } from '../../../bench/quality/recall.ts';
import { HOUR_MS } from '../../../lib/core/time.ts';
import { day, HONEST, label, observed, RINGER, seen, START } from './observed.ts';

const travel = (time: number) => seen({ detection: 'impossible-travel', time });

it('of a company that nobody attacked there is no recall', () => {
  const recall = recallOf(playedIn([observed({ alerts: [travel(day(3))] })]));
  expect(recall.found).toEqual({ count: 0, of: 0 });
  expect(recall.found.share).toBeUndefined();
  expect(recall.delay).toEqual({});
});

describe('an attack is found', () => {
  const isFound = (alert: ReturnType<typeof seen>, of = label()): boolean =>
    recallOf(playedIn([observed({ labels: [of], alerts: [alert] })])).found.count === 1;

  it('by an alert of a detection that is to find it', () => {
    expect(isFound(travel(day(11)))).toBe(true);
    expect(isFound(seen({ detection: 'new-country', time: day(11) }))).toBe(false);
  });

  it('about one of its subjects, or to which one of them is related', () => {
    const about = { kind: 'address', id: '192.0.2.7' } as const;
    const related = [{ kind: 'person', id: RINGER }] as const;
    const elsewhere = { kind: 'person', id: HONEST } as const;
    expect(isFound({ ...travel(day(11)), subject: elsewhere })).toBe(false);
    expect(isFound({ ...travel(day(11)), subject: about })).toBe(false);
    expect(isFound({ ...travel(day(11)), subject: about, related })).toBe(true);
    expect(isFound({ ...travel(day(11)), subject: about }, label({ subjects: [about.id] }))).toBe(true);
  });

  it('by nothing that was raised before its day', () => {
    expect(isFound(travel(day(9)))).toBe(false);
    // Addresses and the organization tell of days, whose first instant they carry.
    expect(isFound(travel(day(10) - 12 * HOUR_MS))).toBe(true);
  });
});

it('says how long that took, how severe it was and whether the impostor was suspected', () => {
  const [result] = byAttack(
    playedIn([
      observed({
        labels: [label()],
        alerts: [
          travel(day(12)),
          { ...travel(day(11)), severity: 'low' },
          seen({ detection: 'suspected-impostor', time: day(14), severity: 'high' }),
        ],
      }),
      observed({ labels: [label()], alerts: [travel(day(13))] }),
      observed({ labels: [label({ expectsComposite: false })] }),
    ]),
  );
  expect(result).toMatchObject({
    attack: 'farm',
    found: { count: 2, of: 3 },
    worst: { low: 0, medium: 1, high: 1 },
    composite: { count: 1, of: 2 },
    delay: { medianMs: 48 * HOUR_MS },
    compositeDelay: { medianMs: 96 * HOUR_MS },
  });
});

it('takes no delay below nothing from an alert that carries the start of its day', () => {
  const trial = observed({ labels: [label()], alerts: [travel(START + 10 * 24 * HOUR_MS)] });
  expect(recallOf(playedIn([trial])).delay).toEqual({ medianMs: 0, p90Ms: 0 });
});

it('leaves what is known to be missed out of recall, and says what was raised all the same', () => {
  const played = playedIn([
    observed({ labels: [label({ attack: 'quiet', expects: [] })], alerts: [travel(day(12))] }),
    observed({ labels: [label({ attack: 'quiet', expects: [] })] }),
  ]);
  expect(recallOf(played).found.of).toBe(0);
  expect(byAttack(played)).toEqual([]);
  expect(missedOnPurpose(played)).toEqual([{ attack: 'quiet', played: 2, noticed: 1 }]);
});
