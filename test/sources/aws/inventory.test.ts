import { eventKey } from '../../../lib/core/events/index.ts';
import { aws } from '../../../lib/sources/aws/index.ts';
import { inventory } from '../../../lib/sources/aws/inventory.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { consoleLogin } from './records.ts';

const READ_AT = Date.UTC(2026, 0, 1);
const InstanceId = 'i-0123456789abcdef0';
const CaptureTime = '2025-03-03T04:00:00Z';
const anydesk = { Name: 'AnyDesk', Publisher: 'AnyDesk Software GmbH', Version: '9.0.4' };
const chrome = { Name: 'Google Chrome', Publisher: 'Google LLC', Version: '139.0' };

function keysOf(record: RawRecord): readonly string[] {
  const normalized = inventory.normalize(record, { observedTime: READ_AT });
  return normalized.outcome === 'events' ? normalized.events.map(eventKey) : [normalized.because];
}

const line = (application: RawRecord): RawRecord => ({
  ...application,
  resourceId: InstanceId,
  captureTime: CaptureTime,
  schemaVersion: '1.1',
});
const entity = (...Content: unknown[]): RawRecord => ({
  Id: InstanceId,
  Data: { 'AWS:Application': { TypeName: 'AWS:Application', CaptureTime, Content } },
});
const page = (...Entries: unknown[]): RawRecord => ({
  TypeName: 'AWS:Application',
  InstanceId,
  SchemaVersion: '1.1',
  CaptureTime,
  Entries,
});

describe('the inventory of Systems Manager', () => {
  it('gives the same events for the same applications in all three shapes', () => {
    const entries = (aws.unwrap?.(page(anydesk, chrome)) ?? []) as readonly RawRecord[];
    expect(entries.flatMap(keysOf)).toEqual(keysOf(entity(anydesk, chrome)));
    expect([anydesk, chrome].map(line).flatMap(keysOf)).toEqual(keysOf(entity(anydesk, chrome)));
  });

  it('tells the applications of one instance apart', () => {
    expect(new Set(keysOf(entity(anydesk, chrome))).size).toBe(2);
  });

  it('passes over damaged rows among good ones', () => {
    expect(keysOf(entity(null, 7, { Version: '1' }, anydesk))).toEqual(keysOf(entity(anydesk)));
  });

  it('takes as many applications as a record can hold', () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => ({ Name: `a${index}` }));
    const record = { Id: InstanceId, Data: { 'AWS:Application': { CaptureTime, Content: rows } } };
    expect(keysOf(record)).toHaveLength(300_000);
  });

  it('takes the time of reading for a row without one', () => {
    const normalized = inventory.normalize(
      { ...line(anydesk), captureTime: null },
      { observedTime: READ_AT },
    );
    expect(normalized).toMatchObject({ events: [{ time: READ_AT }] });
  });

  it('rejects a row with a time that is none', () => {
    expect(keysOf({ ...line(anydesk), captureTime: 'yesterday' })).toEqual([
      'captureTime: expected a time, got "yesterday"',
    ]);
  });

  it.each([
    [
      'a configuration item of AWS Config',
      {
        resourceId: InstanceId,
        configurationItemCaptureTime: CaptureTime,
        resourceType: 'AWS::EC2::Instance',
      },
    ],
    ['a log of Azure Monitor', { resourceId: '/SUBSCRIPTIONS/0', schemaVersion: '1.0', time: CaptureTime }],
    ['an entry of Slack', { id: '1', date_create: 1, action: 'user_login', entity: {} }],
    ['an item with data', { Id: '1', Data: { key: 'value' } }],
  ])('does not take %s for its own', (_, record) => {
    expect(inventory.recognizes(record)).toBe(false);
  });
});

describe('pages', () => {
  it('of LookupEvents and GetInventory open into their elements', () => {
    const element = { EventId: '1', CloudTrailEvent: JSON.stringify(consoleLogin()) };
    expect(aws.unwrap?.({ Events: [element], NextToken: 't' })).toEqual([element]);
    expect(aws.unwrap?.({ Entities: [entity(anydesk)] })).toEqual([entity(anydesk)]);
  });

  it('that are empty hold nothing', () => {
    expect(aws.unwrap?.({ Events: [] })).toEqual([]);
    expect(aws.unwrap?.({ Entities: [], NextToken: 't' })).toEqual([]);
    expect(aws.unwrap?.(page())).toEqual([]);
  });

  it('of others stay closed', () => {
    expect(aws.unwrap?.({ Entities: [{ name: 'x' }] })).toBeUndefined();
    expect(aws.unwrap?.({ Events: [], Id: '1' })).toBeUndefined();
    expect(aws.unwrap?.(consoleLogin())).toBeUndefined();
  });

  it('keep damaged entries, so that each is counted', () => {
    const entries = (aws.unwrap?.(page(anydesk, null)) ?? []) as readonly RawRecord[];
    expect(entries.map((entry) => inventory.recognizes(entry))).toEqual([true, true]);
    expect(keysOf(entries[1] ?? {})).toEqual(['Entry: expected an object, got null']);
  });
});
