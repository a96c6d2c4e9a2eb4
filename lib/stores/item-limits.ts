/** Keeps what vendors' data can swell within DynamoDB's limits: 400 KB an item, 1,024 bytes a sort key, twice that a partition key. */
import type { Alert } from '../core/alerts/alert.ts';
import { stableId } from '../core/hash.ts';

/** Well below the limit, for the history's newest entry and the marks of other writers are in the same item. */
const LARGEST_BYTES = 300 * 1024;
const EVIDENCE_KEPT = 10;
const RELATED_KEPT = 20;
const TEXT_KEPT = 300;
const LONGEST_KEY_BYTES = 1_000;

/**
 * Gives the alert, shortened if it is too large to be kept: the first evidence and the last, and the beginning of each
 * text. No real alert is near that size; one whose ids somebody made a kilobyte long must not be lost for it.
 */
export function fitting<A extends Omit<Alert, 'status'>>(alert: A): A {
  if (Buffer.byteLength(JSON.stringify(alert)) <= LARGEST_BYTES) return alert;
  const { evidence, related } = alert;
  const shorter = {
    ...alert,
    evidence: [...evidence.slice(0, EVIDENCE_KEPT - 1), ...evidence.slice(-1)],
    related: related.slice(0, RELATED_KEPT),
  };
  return JSON.parse(JSON.stringify(shorter), (_, value: unknown) =>
    typeof value === 'string' && value.length > TEXT_KEPT ? `${value.slice(0, TEXT_KEPT)}…` : value,
  ) as A;
}

/**
 * Gives a text as it can be a key, of a partition or within one: as it is, else its beginning and a hash.
 *
 * @example keyText('person:ada.novak@example.com') // => 'person:ada.novak@example.com'
 */
export function keyText(text: string): string {
  return Buffer.byteLength(text) <= LONGEST_KEY_BYTES ? text : `${text.slice(0, 100)}…${stableId(text)}`;
}
