/**
 * Since when somebody's devices are listed, and products on them. What was there when a device was first listed may have
 * been there for years; what came later was put there.
 */
import { DAY_MS, type EpochMs } from '../../time.ts';

/** When each was first listed, in the order of time: devices by id, products by `product device`. */
export interface Listings {
  readonly devices: Record<string, EpochMs>;
  readonly products: Record<string, EpochMs>;
}

/** More than anybody has; of what is beyond, nothing is known. */
const DEVICES_KEPT = 20;
const PRODUCTS_KEPT = 40;

export function noListings(): Listings {
  return { devices: {}, products: {} };
}

/** Notes that a device is listed; `false` when it was known, or no more are kept. */
export function noteDevice({ devices }: Listings, device: string, time: EpochMs): boolean {
  return noteFirst(devices, device, time, DEVICES_KEPT);
}

/** Notes that a product is on a device. */
export function noteProduct(listings: Listings, product: string, device: string, time: EpochMs): void {
  noteDevice(listings, device, time);
  noteFirst(listings.products, `${product} ${device}`, time, PRODUCTS_KEPT);
}

/**
 * Gives since when a device had been listed without a product before it came to have it.
 *
 * @param learnDays - a device's first listing comes piece by piece for as long
 * @returns `undefined` when it was there from the beginning, or as far as is known
 */
export function listedWithoutSince(
  { devices, products }: Listings,
  product: string,
  device: string,
  learnDays: number,
): EpochMs | undefined {
  const [listed, found] = [devices[device], products[`${product} ${device}`]];
  if (listed === undefined || found === undefined) return undefined;
  return found - listed > learnDays * DAY_MS ? listed : undefined;
}

function noteFirst(first: Record<string, EpochMs>, key: string, time: EpochMs, most: number): boolean {
  if (Object.hasOwn(first, key) || Object.keys(first).length >= most) return false;
  first[key] = time;
  return true;
}
