import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { reportText } from '../../../lib/core/alerts/report.ts';
import { ALERT, alertNumber } from '../../support/alerts.ts';

const about = (number: number, id: string, over: Partial<Alert>): Alert =>
  alertNumber(number, { subject: { kind: 'person', id }, ...over });

describe('a report', () => {
  it('says that there is nothing', () => {
    expect(reportText([])).toBe('No alerts.\n');
  });

  it('tells in full what has to be looked at, worst first, and of equals the suspicion', () => {
    const text = reportText([
      about(1, 'a@example.com', { severity: 'medium' }),
      about(2, 'b@example.com', { severity: 'high' }),
      about(3, 'c@example.com', { severity: 'high', title: 'Suspected impostor', contributions: [] }),
    ]);
    const heads = text.split('\n').filter((line) => /^ [A-Z]+ {2}/.test(line));
    expect(heads.map((line) => line.split(': ')[1])).toEqual([
      'c@example.com',
      'b@example.com',
      'a@example.com',
    ]);
  });

  it('tells what is part of a suspicion on a line below it', () => {
    const part = about(1, 'c@example.com', { severity: 'high' });
    const suspicion = about(2, 'c@example.com', {
      detection: 'suspected-impostor',
      severity: 'high',
      contributions: [{ alertId: part.id, detection: part.detection, weight: 20, clearedBy: 'A word.' }],
    });
    const text = reportText([part, suspicion]);
    expect(text.match(/HIGH/g)).toHaveLength(1);
    expect(text).toMatch(
      /1 more alert, part of the above.*\n {2}high {10}impossible-travel 1: c@example\.com\n/,
    );
  });

  it('leaves what else was found of somebody suspected to a line too', () => {
    const suspicion = about(2, 'c@example.com', { severity: 'high', contributions: [] });
    const other = about(3, 'c@example.com', { severity: 'medium', detection: 'mouse-jiggler' });
    expect(reportText([suspicion, other])).toMatch(/medium {8}mouse-jiggler 1: c@example\.com/);
  });

  it('counts what weighs little by kind, the busiest subjects first', () => {
    const low = Array.from({ length: 12 }, (_, n) =>
      about(n, `p${String(n).padStart(2, '0')}@example.com`, { severity: 'low' }),
    );
    const again = about(20, 'p11@example.com', { severity: 'low' });
    expect(reportText([...low, again])).toContain(
      'low           impossible-travel 13: p11@example.com (2), p00@example.com, p01@example.com',
    );
    expect(reportText([...low, again])).toContain('p06@example.com and 4 others');
  });

  it('shows no character that could steer a terminal', () => {
    const text = reportText([about(1, 'a\u001b[2J@example.com', { severity: 'low' }), ALERT]);
    expect(text).not.toContain('\u001b');
  });
});
