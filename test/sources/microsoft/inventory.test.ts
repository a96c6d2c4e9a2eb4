import { eventOf, eventsOf, fixture, OBSERVED_TIME } from './records.ts';

const device = fixture('intune/managedDevices/company-windows');
const app = fixture('intune/detectedApps/on-two-devices');
const member = fixture('entra/users/member');

describe('a managed device', () => {
  it.each([
    '0',
    'None',
    'unknown',
    'Default string',
    'To be filled by O.E.M.',
    'SystemSerialNumber',
    'System Serial Number',
    '00000000',
    'XXXXXXX',
    '...........',
    '',
    null,
    0,
  ])('has no serial number when its firmware says %p', (serialNumber) => {
    expect(eventOf({ ...device, serialNumber }, 'device-inventory-info').device).not.toHaveProperty(
      'serialNumber',
    );
  });

  it('takes the time of reading when it never synced', () => {
    const record = { ...device, lastSyncDateTime: '0001-01-01T00:00:00Z' };
    expect(eventOf(record, 'device-inventory-info').time).toBe(OBSERVED_TIME);
    expect(eventOf(record, 'device-inventory-info').state).not.toHaveProperty('lastSeenTime');
  });

  it.each([
    ['compliant', true],
    ['noncompliant', false],
    ['inGracePeriod', undefined],
    ['unknown', undefined],
    ['error', undefined],
  ])('that is %s complies: %p', (complianceState, compliant) => {
    expect(eventOf({ ...device, complianceState }, 'device-inventory-info').device?.compliant).toBe(
      compliant,
    );
  });
});

describe('software', () => {
  it('gives one event a device, numbered within its row', () => {
    expect(eventsOf(app).map((event) => event.part)).toEqual([undefined, 1]);
  });

  it('carries the person of each device', () => {
    expect(eventsOf(app).map((event) => event.actor?.address)).toEqual([
      'jdoe@corp.example.com',
      'bob@example.com',
    ]);
  });
});

describe('a user of the directory', () => {
  it('is known by every work address and by no private one', () => {
    const { user } = eventOf(member, 'user-inventory-info');
    expect([user.address, ...(user.aliases ?? [])].sort()).toEqual([
      'jane.doe@example.com',
      'jane@example.net',
      'jdoe@corp.example.com',
    ]);
  });

  it('has the country they use services in when none is written', () => {
    expect(eventOf({ ...member, country: null }, 'user-inventory-info').user.country).toBe('US');
  });
});
