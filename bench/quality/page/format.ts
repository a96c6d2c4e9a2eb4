/** Numbers as the page shows them; what was not measured is a dash. */
import { durationText } from '../../../lib/core/time.ts';
import type { Rate, Share } from '../statistics.ts';

export { count, table } from '../../../docs/cost/format.ts';

export const NOTHING = '–';

/** @example shareText({ count: 9, of: 10, share: 0.9, … }) // => '0.90 (0.60–0.98)' */
export function shareText({ share, interval }: Share): string {
  if (share === undefined || interval === undefined) return NOTHING;
  return `${part(share)} (${part(interval.low)}–${part(interval.high)})`;
}

export function rateText({ per1000, interval }: Rate): string {
  if (per1000 === undefined || interval === undefined) return NOTHING;
  return `${rate(per1000)} (${rate(interval.low)}–${rate(interval.high)})`;
}

/** A part of one. What is not all is never rounded up to it. */
export function part(share: number | undefined): string {
  if (share === undefined) return NOTHING;
  return share === 1 ? '1' : (Math.floor(share * 1_000) / 1_000).toFixed(share > 0.99 ? 3 : 2);
}

export function rate(per1000: number | undefined): string {
  if (per1000 === undefined) return NOTHING;
  return per1000 === 0 ? '0' : per1000 < 0.1 ? per1000.toFixed(3) : per1000.toFixed(2);
}

export function delayText(ms: number | undefined): string {
  return ms === undefined ? NOTHING : durationText(ms);
}

export function detectionLink(id: string): string {
  return `[${id}](detections.md#${id})`;
}
