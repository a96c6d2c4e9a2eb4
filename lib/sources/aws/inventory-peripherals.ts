/**
 * Peripherals in a custom inventory. Systems Manager has no type for them: whoever collects what is plugged in (lsusb,
 * osquery's `usb_devices`, `Get-PnpDevice`, `Win32_PnPEntity`) chooses the names of the columns, so that rows are told by
 * these, however they are written.
 */
import type { Peripheral } from '../../core/events/index.ts';
import { asText } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** Columns by what they hold, without case, spaces, dots, dashes and underscores; the first that says something counts. */
const COLUMNS = {
  vendorId: ['vendorid', 'vid', 'idvendor', 'usbvendorid'],
  productId: ['productid', 'pid', 'idproduct', 'usbproductid', 'modelid', 'productcodeid'],
  /** Both ids in one, as Windows or lsusb write them. */
  path: ['deviceid', 'pnpdeviceid', 'pnpid', 'hardwareid', 'devicepath', 'usbid', 'id'],
  name: [
    ...['productname', 'product', 'monitorname', 'userfriendlyname', 'devicename', 'model', 'friendlyname'],
    ...['name', 'devicedescription', 'description', 'caption'],
  ],
  manufacturer: ['manufacturer', 'manufacturername', 'vendorname', 'vendor', 'mfg'],
  serialNumber: ['serialnumber', 'serial', 'iserial', 'serialnumberid'],
  kind: ['pnpclass', 'deviceclass', 'classname', 'class', 'devicetype'],
} as const;

/** Only a monitor has these. */
const MONITOR_COLUMNS = ['monitorname', 'userfriendlyname', 'edidname'];
/** What a type has to be called for rows to be peripherals that give a name and no id. */
const PERIPHERAL_TYPE = /usb|peripheral|pnp|monitor|display|edid|hid\b/i;

/** Shorter ones only with their prefix: a number of one or two digits may be anything. */
const HEX_ID = /^(?:0x([0-9a-f]{1,4})|([0-9a-f]{4}))\b/i;
/** Makers of monitors have three letters. */
const EDID_MAKER = /^[a-z]{3}$/i;
const WINDOWS_ID = /^(?:USB|HID)\\VID_([0-9a-f]{4})&PID_([0-9a-f]{4})[^\\]*(?:\\([^\\]*))?/i;
const WINDOWS_MONITOR = /^(?:DISPLAY|MONITOR)\\([a-z]{3})([0-9a-f]{4})\b/i;
const LSUSB_ID = /^([0-9a-f]{4}):([0-9a-f]{4})$/i;
const ROW_KEYS = 100;

/**
 * Reads the peripheral that a row shows; `undefined` for any other row.
 *
 * @param type - the custom type; without one, as for lines whose path is not known, only ids tell
 * @example readPeripheral({ DeviceId: 'USB\\VID_1D6B&PID_0104\\CAFEBABE' })?.vendorId // => '1d6b'
 */
export function readPeripheral(row: RawRecord, type?: string): Peripheral | undefined {
  const columns = columnsOf(row);
  const text = (names: readonly string[]): string | undefined =>
    names.map((name) => columns.get(name)).find((value) => value !== undefined);
  const isMonitor = MONITOR_COLUMNS.some((column) => columns.has(column));
  const fromPath = COLUMNS.path
    .map((column) => idsOfPath(columns.get(column) ?? ''))
    .find((ids) => ids !== undefined);
  const manufacturer = text(COLUMNS.manufacturer);
  const vendorId =
    hexId(text(COLUMNS.vendorId)) ??
    (isMonitor && EDID_MAKER.test(manufacturer ?? '') ? manufacturer?.toLowerCase() : undefined);
  const productId = hexId(text(COLUMNS.productId));
  const ids = vendorId === undefined || productId === undefined ? fromPath : { vendorId, productId };
  const name = text(COLUMNS.name);
  const isNamed = name !== undefined && (isMonitor || (type !== undefined && PERIPHERAL_TYPE.test(type)));
  if (ids === undefined && !isNamed) return undefined;
  const serialNumber = text(COLUMNS.serialNumber) ?? fromPath?.serialNumber;
  const kind = text(COLUMNS.kind) ?? (isMonitor ? 'Monitor' : fromPath?.kind);
  return {
    ...ids,
    ...(name === undefined ? {} : { name }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(kind === undefined ? {} : { kind }),
  };
}

function columnsOf(row: RawRecord): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  for (const key of Object.keys(row).slice(0, ROW_KEYS)) {
    const value = asText(row[key]);
    if (value !== undefined) columns.set(key.replace(/[\s._-]/g, '').toLowerCase(), value);
  }
  return columns;
}

/** An id that is not hexadecimal is something else's: a licence has a `ProductId` too. */
function hexId(text: string | undefined): string | undefined {
  const match = HEX_ID.exec(text ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase().padStart(4, '0');
}

function idsOfPath(path: string): Peripheral | undefined {
  const monitor = WINDOWS_MONITOR.exec(path);
  if (monitor !== null) return { ...pair(monitor), kind: 'Monitor' };
  const usb = WINDOWS_ID.exec(path) ?? LSUSB_ID.exec(path);
  if (usb === null) return undefined;
  const instance = usb[3] ?? '';
  // Windows makes up an instance with `&` for what has no serial number of its own.
  return instance === '' || instance.includes('&') ? pair(usb) : { ...pair(usb), serialNumber: instance };
}

function pair([, vendorId = '', productId = '']: RegExpExecArray): Peripheral {
  return { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase() };
}
