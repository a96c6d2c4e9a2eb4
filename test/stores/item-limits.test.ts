import { fitting, keyText } from '../../lib/stores/item-limits.ts';
import { findAlert, putAlert } from '../../lib/stores/alerts.ts';
import { alertStore, anAlert } from './alert-store.ts';

const store = alertStore();
const NOW = Date.UTC(2026, 10, 2, 12);
const long = '猫'.repeat(1_000);

const swollen = anAlert({
  related: Array.from({ length: 200 }, (_, index) => ({ kind: 'person', id: `${index}${long}` })),
  evidence: Array.from({ length: 50 }, (_, index) => ({
    ...{ source: 'okta', feed: 'system-log', eventId: `${index}${long}`, time: '2026-11-02T12:00:00.000Z' },
  })),
});

describe('an alert larger than an item may be', () => {
  it('is kept all the same', async () => {
    expect(await putAlert(store.table(), swollen, NOW)).toBe(true);
    expect((await findAlert(store.table(), swollen.id))?.alert.count).toBe(swollen.count);
  });

  it('keeps its first evidence and its last', () => {
    const { evidence } = fitting(swollen);
    expect([evidence[0], evidence.at(-1)].map((each) => each?.eventId.slice(0, 2))).toEqual(['0猫', '49']);
  });

  it('is not written again when the engine says the same again', async () => {
    await putAlert(store.table(), swollen, NOW);
    expect(await putAlert(store.table(), swollen, NOW + 1)).toBe(false);
  });
});

it('leaves an ordinary alert as it is', () => {
  const alert = anAlert();
  expect(fitting(alert)).toBe(alert);
});

describe('a key', () => {
  it('stays what it is while it is short enough', () => {
    expect(keyText('person:ada.novak@example.com')).toBe('person:ada.novak@example.com');
  });

  it('of more bytes than DynamoDB takes is shortened, and differs from every other', () => {
    const [a, b] = [keyText(`device:${long}a`), keyText(`device:${long}b`)];
    expect(Buffer.byteLength(a)).toBeLessThan(1_024);
    expect(a).not.toBe(b);
  });

  it('may stand within a partition too, where half as many bytes are taken', () => {
    expect(Buffer.byteLength(keyText(`account:okta:${'x'.repeat(1_024)}`))).toBeLessThan(1_024);
  });
});
