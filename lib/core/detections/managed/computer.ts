/** What kind of computer a record speaks of, and which browser on it. */
import type { Authentication, Device } from '../../events/index.ts';

export type System = 'windows' | 'macos' | 'linux' | 'chromeos';

export const SYSTEM_NAME: Readonly<Record<System, string>> = {
  windows: 'Windows',
  macos: 'macOS',
  linux: 'Linux',
  chromeos: 'ChromeOS',
};

/** In this order: Android is a Linux, and says so; programs for phones name the system they are like. */
const SYSTEMS: readonly (readonly [RegExp, System | 'phone'])[] = [
  [/android|iphone|ipad|^ios|windows ?phone|tizen|crios|fxios|edgios/i, 'phone'],
  [/cros\b|chrome ?os|chromium ?os/i, 'chromeos'],
  [/^win|windows/i, 'windows'],
  [/\bmac|\bos ?x|darwin/i, 'macos'],
  [/linux|x11|ubuntu|debian|fedora|red ?hat|centos|suse/i, 'linux'],
];

/** In this order: most pretend to be those after them too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bedg/i, 'Edge'],
  [/\bopr|opera/i, 'Opera'],
  [/firefox/i, 'Firefox'],
  [/chrom/i, 'Chrome'],
  [/safari/i, 'Safari'],
];

/**
 * Tells the system of a computer from what an inventory or a directory calls it.
 *
 * @returns `phone` for phones and tablets; `undefined` when it says neither
 * @example systemOf('MacOs') // => 'macos'
 */
export function systemOf(os: string | undefined): System | 'phone' | undefined {
  return os === undefined ? undefined : SYSTEMS.find(([pattern]) => pattern.test(os))?.[1];
}

/** Gives the name of a browser, by what it calls itself or a vendor calls it. */
export function browserOf(userAgent: string | undefined): string | undefined {
  return userAgent === undefined ? undefined : BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
}

/**
 * Tells from what system somebody signed in.
 *
 * Of a computer that is registered the directory knows; of any other, what the browser says is all there is. Safari on an
 * iPad says it is a Mac: without a registered device it could be either, and is neither here.
 */
export function signInSystem({ device, userAgent }: Authentication): System | 'phone' | undefined {
  const system = systemOf(device?.os) ?? systemOf(userAgent);
  if (system !== 'macos' || isRegistered(device)) return system;
  const browser = browserOf(userAgent);
  if (systemOf(userAgent) === 'phone') return 'phone';
  return browser === undefined || browser === 'Safari' ? undefined : 'macos';
}

/** The directory has the very device, and does not only guess its kind. */
export function isRegistered(device: Device | undefined): boolean {
  return device?.uid !== undefined;
}
