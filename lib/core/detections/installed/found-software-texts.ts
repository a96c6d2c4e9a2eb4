/** What alerts on what an inventory shows say: how it was recognized, and where to look at it. */
import type { SoftwareInventoryInfo } from '../../events/index.ts';
import type { SubjectRef } from '../../people/subject.ts';
import type { Found, Shown } from '../../software/finder.ts';
import type { Row } from './rows.ts';

/** Says how a product was recognized, so that a reader can doubt it. */
export function recognizedText({ product, by }: Found, shown: Shown): string {
  switch (by) {
    case 'bundle-id':
      return `Recognized as ${product.name} by its id ${shown.bundleId ?? ''}.`;
    case 'name':
      return `Recognized as ${product.name} by its name${shown.vendor === undefined ? '' : `; the publisher shown is ${shown.vendor}`}.`;
    case 'publisher':
      return `Recognized as ${product.name} by the beginning of its name and its publisher ${shown.vendor ?? ''}.`;
    case 'hardware-id':
      return `Recognized as ${product.name} by its id ${usbId(shown) ?? ''}, whatever it calls itself.`;
    case 'executable':
      return `Recognized as ${product.name} by its file ${shown.executable ?? ''} alone.`;
  }
}

/** Gives the inventory's name with its version, or with the id it answers by. */
export function shownName(shown: Shown): string {
  const { name, version } = shown;
  const id = usbId(shown);
  if (id !== undefined && !name.includes(id)) return `${name} (${id})`;
  return version === undefined || name.includes(version) ? name : `${name} ${version}`;
}

/** Says what was found where, as a sentence. */
export function foundText({ event, relation, shown }: Row, on: string): string {
  switch (relation) {
    case 'installed':
      return `${shownName(shown)} is installed on ${on}.`;
    case 'plugged-in':
      return `${shownName(shown)} is plugged into ${on}.`;
    case 'named':
      return event.device?.name === shown.name
        ? `A device of theirs is called ${shown.name}.`
        : `${on} is a ${shown.name}, by the model that is listed.`;
  }
}

/** Names a device for people. */
export function deviceName({ event }: Row, device: SubjectRef | undefined): string {
  return event.device?.name ?? device?.id ?? 'a device the inventory does not name';
}

/** USB vendor and product, without the serial number. */
function usbId({ hardwareIds }: Shown): string | undefined {
  return hardwareIds?.[1];
}

/** Says where the vendor shows what is on this device. */
export function whereToLook({ event, relation }: Row, on: string): string {
  if (relation === 'plugged-in')
    return `Have somebody look at ${on}: what is plugged in, and into what its screen's cable goes.`;
  if (relation === 'named')
    return `Look ${on} up where it is registered: who registered it, when, and from which address.`;
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
