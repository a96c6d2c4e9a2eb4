import fc from 'fast-check';
import { inventory } from '../../../lib/sources/aws/inventory.ts';
import { readPeripheral } from '../../../lib/sources/aws/inventory-peripherals.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';

const READ_AT = Date.UTC(2026, 0, 1);
const KEYBOARD = { vendorId: '046d', productId: 'c31c' };

describe('a row that shows a peripheral', () => {
  it.each<[string, RawRecord]>([
    ['VendorId and ProductId', { VendorId: '046D', ProductId: 'C31C' }],
    ['VID and PID', { VID: '0x046d', PID: '0xc31c' }],
    ['idVendor and idProduct', { idVendor: '046d', 'id Product': 'c31c' }],
    ['vendor_id and product-id', { vendor_id: '0x46d (Logitech Inc.)', 'product-id': '0xc31c' }],
    ['a path of Windows', { PNPDeviceID: 'USB\\VID_046D&PID_C31C\\6&2F8A&0&2' }],
    ['a path of one of its parts', { DeviceId: 'HID\\VID_046D&PID_C31C&MI_00\\7&1A2B&0&0000' }],
    ['an id of hardware', { HardwareId: 'USB\\VID_046D&PID_C31C&REV_4920' }],
    ['an id as lsusb writes it', { Bus: '001', DeviceId: '7', Id: '046d:c31c' }],
  ])('is told by %s', (_what, row) => {
    expect(readPeripheral(row)).toEqual(KEYBOARD);
  });

  it('has the texts, however their columns are called', () => {
    const peripheral = {
      ...KEYBOARD,
      name: 'K120',
      manufacturer: 'Logitech',
      serialNumber: 'S1',
      kind: 'Keyboard',
    };
    const rows: readonly RawRecord[] = [
      { VID: '046d', PID: 'c31c', Name: 'K120', Manufacturer: 'Logitech', Serial: 'S1', Class: 'Keyboard' },
      {
        vid: '046d',
        pid: 'c31c',
        product: 'K120',
        vendor: 'Logitech',
        iserial: 'S1',
        DeviceClass: 'Keyboard',
      },
      { PnpDeviceId: 'USB\\VID_046D&PID_C31C\\S1', Caption: 'K120', Mfg: 'Logitech', PNPClass: 'Keyboard' },
    ];
    for (const row of rows) expect(readPeripheral(row)).toEqual(peripheral);
  });

  it('is a monitor when it has the columns or the path of one', () => {
    expect(readPeripheral({ DeviceID: 'DISPLAY\\DELA0C4\\5&1&0&UID4352' })).toEqual({
      vendorId: 'del',
      productId: 'a0c4',
      kind: 'Monitor',
    });
    expect(readPeripheral({ MonitorName: 'DELL U2719D', Manufacturer: 'Dell Inc.' })).toEqual({
      name: 'DELL U2719D',
      manufacturer: 'Dell Inc.',
      kind: 'Monitor',
    });
  });

  it('needs no id in a type that is about peripherals, and one in any other', () => {
    expect(readPeripheral({ Name: 'PiKVM' }, 'Custom:USBDevices')).toEqual({ name: 'PiKVM' });
    expect(readPeripheral({ Name: 'PiKVM' }, 'Custom:Rack')).toBeUndefined();
    expect(readPeripheral({ Name: 'PiKVM' })).toBeUndefined();
  });

  it.each<[string, RawRecord]>([
    ['a licence', { Name: 'Windows', ProductId: '00330-80000-00000-AA123', VendorId: 'microsoft' }],
    ['a rack', { Name: 'R12', Id: '12' }],
    ['a disk', { DeviceID: 'C:', Description: 'Local Fixed Disk' }],
    ['a card on the board', { DeviceID: 'PCI\\VEN_8086&DEV_15FA\\3&1&0&FE' }],
    ['columns that say nothing', { VendorId: '', ProductId: 'unknown' }],
    ['columns that are no texts', { VendorId: 1133, ProductId: [] }],
  ])('is not %s', (_what, row) => {
    expect(readPeripheral(row)).toBeUndefined();
  });

  it('never throws and keeps texts short, whatever the columns hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const row = fc.dictionary(
      fc.oneof(fc.constantFrom('VID', 'PID', 'Name', 'DeviceID', '__proto__'), text),
      fc.anything(),
    );
    fc.assert(fc.property(row, text, (each, type) => void readPeripheral(each, type)));
    expect(readPeripheral({ VID: '046d', PID: 'c31c', Name: 'x'.repeat(9_999) })?.name).toHaveLength(256);
  });
});

describe('custom types of an instance', () => {
  const outcome = (record: RawRecord) => {
    const normalized = inventory.normalize(record, { observedTime: READ_AT });
    return normalized.outcome === 'events' ? normalized.events.map(({ kind }) => kind) : normalized.because;
  };
  const entity = (Data: RawRecord): RawRecord => ({ Id: 'mi-0123456789abcdef0', Data });
  const CaptureTime = '2026-03-10T04:00:00Z';

  it('are irrelevant without a peripheral, damaged or not', () => {
    expect(outcome(entity({ 'Custom:Rack': { CaptureTime, Content: [{ Name: 'R12' }] } }))).toBe(
      'irrelevant',
    );
    expect(outcome(entity({ 'Custom:Usb': { CaptureTime, Content: 'none' } }))).toBe('irrelevant');
    expect(outcome(entity({ 'Custom:Usb': { CaptureTime: 'yesterday', Content: [{ Name: 'x' }] } }))).toBe(
      'irrelevant',
    );
    expect(outcome({ TypeName: 'Custom:Usb', InstanceId: 'mi-0', CaptureTime, Entry: null })).toBe(
      'irrelevant',
    );
  });

  it('are read beside applications, and do not hide a damaged list of them', () => {
    const usb = { 'Custom:Usb': { CaptureTime, Content: [{ VID: '046d', PID: 'c31c' }] } };
    const applications = { CaptureTime, Content: [{ Name: 'AnyDesk' }] };
    expect(outcome(entity({ ...usb, 'AWS:Application': applications }))).toEqual([
      'peripheral-inventory-info',
      'software-inventory-info',
    ]);
    expect(outcome(entity({ ...usb, 'AWS:Application': { CaptureTime, Content: 7 } }))).toContain(
      'expected a list',
    );
    expect(outcome({ Data: usb })).toContain('expected an instance id');
  });

  it('give the same event for the same peripheral in all three shapes', () => {
    const row = { VID: '046d', PID: 'c31c', Name: 'K120' };
    const id = 'mi-0123456789abcdef0';
    const [a, b, c] = [
      entity({ 'Custom:Usb': { CaptureTime, Content: [row] } }),
      { TypeName: 'Custom:Usb', InstanceId: id, CaptureTime, Entry: row },
      { ...row, resourceId: id, captureTime: CaptureTime, schemaVersion: '1.0' },
    ].map((record) => inventory.normalize(record, { observedTime: READ_AT }));
    expect(b).toEqual(a);
    expect(c).toEqual(a);
  });
});
