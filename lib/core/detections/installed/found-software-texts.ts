/** What alerts on software say: how it was recognized, and where to look at it. */
import type { SoftwareInventoryInfo } from '../../events/index.ts';
import type { SubjectRef } from '../../people/subject.ts';
import type { Found } from '../../software/finder.ts';

/** Says how a product was recognized, so that a reader can doubt it. */
export function recognizedText({ product, by }: Found, { package: software }: SoftwareInventoryInfo): string {
  switch (by) {
    case 'bundle-id':
      return `Recognized as ${product.name} by its id ${software.bundleId ?? ''}.`;
    case 'name':
      return `Recognized as ${product.name} by its name${software.vendor === undefined ? '' : `; the publisher shown is ${software.vendor}`}.`;
    case 'publisher':
      return `Recognized as ${product.name} by the beginning of its name and its publisher ${software.vendor ?? ''}.`;
    case 'executable':
      return `Recognized as ${product.name} by its file ${software.executable ?? ''} alone.`;
  }
}

/** Gives the inventory's name with its version. */
export function shownName({ package: { name, version } }: SoftwareInventoryInfo): string {
  return version === undefined || name.includes(version) ? name : `${name} ${version}`;
}

/** Names a device for people. */
export function deviceName(event: SoftwareInventoryInfo, device: SubjectRef | undefined): string {
  return event.device?.name ?? device?.id ?? 'a device the inventory does not name';
}

/** Says where the vendor shows the software of this device. */
export function whereToLook(event: SoftwareInventoryInfo, on: string): string {
  switch (event.source) {
    case 'intune':
      return `Intune admin center › Devices › ${on} › Discovered apps shows it with its version; an install date is only on the device itself.`;
    case 'ssm':
      return `AWS Systems Manager › Fleet Manager › ${on} › Inventory › AWS:Application shows its InstalledTime and Publisher.`;
    case 'google':
      return `Google Admin console › Devices › Chrome › Apps & extensions usage shows who has it and whether it was forced.`;
    default:
      return `Look it up in the software inventory of ${on}: version, publisher, and when it was installed.`;
  }
}

/** Says how to learn which devices a list without them means. */
export function whichDevices(event: SoftwareInventoryInfo): string {
  if (event.source !== 'intune')
    return 'Find the devices in the inventory the list comes from, and whose they are.';
  const id = event.package.uid ?? event.uid;
  return `The devices: Microsoft Graph GET /deviceManagement/detectedApps/${id}/managedDevices, or Intune admin center › Apps › Monitor › Discovered apps.`;
}
