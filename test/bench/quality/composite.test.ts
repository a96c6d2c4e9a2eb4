import { baseRate } from '../../../bench/quality/base-rates.ts';
import { recallWithin } from '../../../bench/quality/budget.ts';
import { compositeResult } from '../../../bench/quality/composite.ts';
import { day, HONEST, label, observed, RINGER, seen } from './observed.ts';

describe('recall within a budget', () => {
  const attacks = new Set(['a', 'b']);
  const raisables = [
    { value: 3, attacks: ['a'] },
    { value: 2, attacks: [] },
    { value: 2, attacks: ['b'] },
    { value: 1, attacks: [] },
  ];

  it('lowers the threshold as long as false alerts allow, by whole steps', () => {
    expect(recallWithin(raisables, attacks, 0)).toBe(0.5);
    expect(recallWithin(raisables, attacks, 1)).toBe(1);
  });

  it('counts an attack once, and only those that are asked for', () => {
    const twice = [...raisables, { value: 3, attacks: ['a', 'c'] }];
    expect(recallWithin(twice, attacks, 0)).toBe(0.5);
  });

  it('of no attacks is none', () => {
    expect(recallWithin(raisables, new Set(), 9)).toBeUndefined();
  });
});

describe('the composite, weighed again', () => {
  const about = (detection: string, time: number, id = RINGER) =>
    seen({ detection, time, severity: 'high', subject: { kind: 'person', id } });
  const signs = (id?: string) => [
    about('impossible-travel', day(12), id),
    { ...about('unapproved-remote-tool', day(12), id), severity: 'critical' as const },
    { ...about('mouse-jiggler', day(12), id), severity: 'critical' as const },
    { ...about('bulk-download', day(12), id), severity: 'critical' as const },
  ];

  it('needs what it was raised for', () => {
    const published = seen({ detection: 'suspected-impostor', time: day(12), severity: 'high' });
    const { agreement, ablations } = compositeResult([
      observed({ labels: [label()], alerts: [...signs(), published] }),
    ]);
    expect(agreement).toEqual({ same: 1, of: 1 });
    expect(ablations[0]).toMatchObject({ impostors: { count: 1, of: 1 }, falseAlerts: { count: 0 } });
    const without = ablations.find((each) => each.without === 'remote-access');
    expect(without?.impostors.count).toBe(0);
  });

  it('says where it is not what was published', () => {
    expect(compositeResult([observed({ alerts: signs() })]).agreement).toEqual({ same: 0, of: 1 });
  });

  it('stands beside each detection at the same number of false alerts', () => {
    const wrong = about('impossible-travel', day(5), HONEST);
    const attacked = [
      observed({ labels: [label()], alerts: [...signs(), wrong] }),
      observed({ labels: [label()], alerts: [about('impossible-travel', day(12))] }),
    ];
    const [strict] = compositeResult(attacked).impostors;
    expect(strict).toMatchObject({ isOwn: true, per1000: 0, composite: 0.5 });
    expect(strict?.best).toEqual({ detection: 'bulk-download', recall: 0.5 });
    // With a thousand days more, one false alert in a thousand is one.
    const honest = Array.from({ length: 5 }, () => observed());
    const lax = compositeResult([...attacked, ...honest]).impostors.at(-1);
    expect(lax).toMatchObject({ per1000: 1, composite: 0.5 });
    expect(lax?.best).toEqual({ detection: 'impossible-travel', recall: 1 });
  });

  it('compares nothing where nobody attacked', () => {
    expect(compositeResult([observed()]).impostors[0]).toEqual({ per1000: 0, isOwn: true });
  });
});

it('an alarm of one false in a hundred is seldom true when one in a thousand is an impostor', () => {
  expect(baseRate('1 %', 0.01, 1)).toMatchObject({ trueAlarms: 1, falseAlarms: 9.99 });
  expect(baseRate('1 %', 0.01, 1).precision).toBeCloseTo(0.091, 3);
  expect(baseRate('none', 0, 0).precision).toBeUndefined();
});
