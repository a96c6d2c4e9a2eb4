import { putAlertChange } from '../../lib/pipeline/event-bus.ts';
import type { AlertChange } from '../../lib/stores/evidence.ts';
import { ALERT } from '../support/alerts.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  aws.busEvents.length = 0;
  aws.busIsFull = false;
});

function change(why: string): AlertChange {
  const { severity, count, status, time } = ALERT;
  const what = { by: 'person', who: 'ann', what: 'noted', why } as const;
  return { alert: ALERT, version: 7, newest: { sequence: 2, time, status, severity, count, ...what } };
}

it('hears the alert and who changed what', async () => {
  await putAlertChange('default', change('asked them'));
  const [{ Detail = '' } = {}] = aws.busEvents;
  expect(JSON.parse(Detail)).toEqual({ schemaVersion: 1, ...change('asked them') });
});

it('takes a note however long, so that it holds up nobody’s evidence', async () => {
  await putAlertChange('default', change('x'.repeat(300_000)));
  const [{ Detail = '' } = {}] = aws.busEvents;
  expect(Buffer.byteLength(Detail)).toBeLessThan(200 * 1024);
  expect(JSON.parse(Detail)).toMatchObject({ alert: { id: ALERT.id }, newest: { who: 'ann' } });
});

it('that takes nothing makes the change come again', async () => {
  aws.busIsFull = true;
  await expect(putAlertChange('default', change('x'))).rejects.toMatchObject({ retryable: true });
});
