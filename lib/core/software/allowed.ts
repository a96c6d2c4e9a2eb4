/** Whether the organization's policy lists a product that was found. */
import type { Device, SoftwarePackage } from '../events/index.ts';
import type { Person } from '../people/person.ts';
import { covers, sameName, type Allowed } from '../policy.ts';
import type { Finder, Found } from './finder.ts';

/** Who has the software: the person, the device, or both. */
export interface Holder {
  readonly person?: Person | undefined;
  readonly device?: Device | undefined;
  /** The device as alerts name it. */
  readonly deviceId?: string | undefined;
}

/**
 * Tells whether the policy allows a product to somebody.
 *
 * An entry names a product by its id, by any name its inventory could show, or by the very name shown. One that names
 * an installation (`ScreenConnect Client (0123456789abcdef)`) allows that installation alone. Devices are compared by
 * serial number, name, vendor's id, and the id alerts give them.
 */
export function isAllowed(
  list: readonly Allowed[],
  found: Found,
  software: SoftwarePackage,
  holder: Holder,
  find: Finder,
): boolean {
  return list.some((entry) => namesIt(entry.name, found, software, find) && isFor(entry, holder));
}

function namesIt(name: string, found: Found, software: SoftwarePackage, find: Finder): boolean {
  if (sameName(name, software.name)) return true;
  if (sameName(name, found.product.id) || sameName(name, found.product.name)) return true;
  const meant = find({ name });
  return (
    meant?.product.id === found.product.id &&
    (meant.instance === undefined || meant.instance === found.instance)
  );
}

function isFor(entry: Allowed, { person, device, deviceId }: Holder): boolean {
  if (covers(entry.for, { person })) return true;
  return [deviceId, device?.serialNumber, device?.name, device?.uid].some(
    (name) => name !== undefined && covers(entry.for, { device: name }),
  );
}

/**
 * Gives the names under which an approval may be recorded for what was found.
 *
 * @example approvalNames(found, { name: 'AnyDesk 8.0.10' }) // => ['AnyDesk 8.0.10', 'anydesk', 'AnyDesk']
 */
export function approvalNames({ product }: Found, software: SoftwarePackage): readonly string[] {
  return [
    ...new Set([
      software.name,
      product.id,
      product.name,
      ...(product.names ?? []),
      ...(product.commonNames ?? []),
    ]),
  ];
}
