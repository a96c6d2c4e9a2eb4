/** Names a device as a subject of its own. */
import type { Device, SourceId } from '../events/event.ts';
import type { SubjectRef } from './subject.ts';

/** What firmware says where the maker wrote no serial number. Thousands of unrelated machines share each. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'default string',
  'to be filled by o.e.m.',
  'to be filled by oem',
  'system serial number',
  'systemserialnumber',
  'chassis serial number',
  'serial number',
  'no serial',
  'not specified',
  'not available',
  'not applicable',
  'unknown',
  'undefined',
  'invalid',
  'empty',
  'none',
  'null',
  'o.e.m.',
  '123456789',
  '0123456789',
  '1234567890',
]);

/** Shorter ones are a batch or model mark more often than a serial number. */
const SHORTEST_SERIAL = 4;

/**
 * Names a device: by its serial number, which every vendor shows alike, else by `<source>:<vendor id>`.
 *
 * A placeholder in place of a serial number is passed over, so that strangers' machines do not become one.
 *
 * @returns `undefined` when the record gives neither
 * @example deviceSubject({ serialNumber: 'None', uid: '42' }, 'intune') // => { kind: 'device', id: 'intune:42' }
 */
export function deviceSubject(device: Device, source: SourceId): SubjectRef | undefined {
  const id =
    serialNumberOf(device.serialNumber) ?? (device.uid === undefined ? undefined : `${source}:${device.uid}`);
  if (id === undefined) return undefined;
  return { kind: 'device', id, ...(device.name === undefined ? {} : { name: device.name }) };
}

/**
 * Gives a serial number, or `undefined` when the text is a placeholder for one.
 *
 * @example serialNumberOf('To be filled by O.E.M.') // => undefined
 */
export function serialNumberOf(text: string | undefined): string | undefined {
  const serial = text?.trim();
  if (serial === undefined || serial.length < SHORTEST_SERIAL) return undefined;
  const isPlaceholder = PLACEHOLDERS.has(serial.toLowerCase()) || /^(.)\1*$/.test(serial);
  return isPlaceholder ? undefined : serial;
}
