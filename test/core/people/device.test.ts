import { deviceSubject } from '../../../lib/core/people/device.ts';

describe('naming a device', () => {
  it('goes by the serial number, whichever vendor lists it', () => {
    const device = { serialNumber: ' C02XYZ12 ', uid: '1', name: 'ann-laptop' };
    expect(deviceSubject(device, 'intune')).toEqual({ kind: 'device', id: 'C02XYZ12', name: 'ann-laptop' });
    expect(deviceSubject(device, 'okta')?.id).toBe('C02XYZ12');
  });

  it('goes by the vendor and its id without a serial number', () => {
    expect(deviceSubject({ uid: '42' }, 'intune')).toEqual({ kind: 'device', id: 'intune:42' });
  });

  it.each([
    '',
    '0',
    'none',
    'None',
    'Default string',
    'To Be Filled By O.E.M.',
    'To be filled by OEM',
    'Empty',
    'System Serial Number',
    'Not Specified',
    'UNKNOWN',
    '00000000',
    'XXXXXX',
    'abc',
    '123456789',
  ])('passes over the placeholder %j', (serialNumber) => {
    expect(deviceSubject({ serialNumber, uid: '42' }, 'ssm')?.id).toBe('ssm:42');
  });

  it('is nothing when the record names no device', () => {
    expect(deviceSubject({ name: 'laptop', serialNumber: 'none' }, 'ssm')).toBeUndefined();
  });
});
