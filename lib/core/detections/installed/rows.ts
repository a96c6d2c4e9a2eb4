/** What one record shows of a device: a program on it, something plugged into it, or what it is called. */
import type {
  AccountChange,
  DeviceInventoryInfo,
  Peripheral,
  PeripheralInventoryInfo,
  SoftwareInventoryInfo,
} from '../../events/index.ts';
import type { Shown } from '../../software/finder.ts';

/** A row of an inventory, or the registration of a device. */
export type RowEvent = SoftwareInventoryInfo | PeripheralInventoryInfo | DeviceInventoryInfo | AccountChange;

export interface Row {
  readonly event: RowEvent;
  readonly relation: 'installed' | 'plugged-in' | 'named';
  /** As catalogues of products are asked about it. */
  readonly shown: Shown;
}

/** Reads an event; one that lists a device shows its name and its model, one that registers it its name. */
export function rowsOf(event: RowEvent): readonly Row[] {
  switch (event.kind) {
    case 'software-inventory-info':
      return [{ event, relation: 'installed', shown: event.package }];
    case 'peripheral-inventory-info':
      return [{ event, relation: 'plugged-in', shown: shownOf(event.peripheral) }];
    case 'device-inventory-info':
      return named(event, [event.device?.name, event.state.model], event.state.manufacturer);
    case 'account-change':
      return event.activity === 'device-register' && event.status === 'success'
        ? named(event, [event.device?.name])
        : [];
  }
}

function named(event: RowEvent, names: readonly (string | undefined)[], vendor?: string): readonly Row[] {
  return names.flatMap((name) =>
    name === undefined
      ? []
      : [{ event, relation: 'named' as const, shown: { name, ...(vendor === undefined ? {} : { vendor }) } }],
  );
}

function shownOf({ vendorId, productId, name, manufacturer, serialNumber }: Peripheral): Shown {
  const ids = vendorId === undefined || productId === undefined ? undefined : `${vendorId}:${productId}`;
  return {
    name: name ?? ids ?? '',
    ...(manufacturer === undefined ? {} : { vendor: manufacturer }),
    ...(ids === undefined
      ? {}
      : { hardwareIds: [`${ids}:${serialNumber?.toLowerCase() ?? ''}`, ids, `${vendorId ?? ''}:`] }),
  };
}
