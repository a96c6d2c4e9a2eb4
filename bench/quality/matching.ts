/** Which alerts tell of which attack. */
import { startOfDay } from '../../lib/core/time.ts';
import type { Label } from '../../lib/simulator/world/world.ts';
import { suspectedImpostor } from '../../lib/core/detections/suspected-impostor.ts';
import type { SeenAlert } from './trial.ts';

/** Tells whether an alert is what an attack is to be found by. */
export function isExpected(alert: SeenAlert, label: Label): boolean {
  return label.expects.includes(alert.detection) && concerns(alert, label);
}

/** Tells whether an alert suspects the impostor of an attack. */
export function isComposite(alert: SeenAlert, label: Label): boolean {
  return alert.detection === suspectedImpostor.id && concerns(alert, label);
}

/**
 * Tells whether an alert is about an attack, whatever it says: nobody who reads it has wasted their time.
 *
 * Of somebody honest it is a false alert, though somebody who attacks is related to it.
 */
export function isOfAttack(alert: SeenAlert, label: Label): boolean {
  if (!isSince(alert, label)) return false;
  return (
    label.subjects.includes(alert.subject.id) || (alert.subject.kind !== 'person' && isRelated(alert, label))
  );
}

function concerns(alert: SeenAlert, label: Label): boolean {
  return isSince(alert, label) && (label.subjects.includes(alert.subject.id) || isRelated(alert, label));
}

function isRelated({ related }: SeenAlert, { subjects }: Label): boolean {
  return related.some(({ id }) => subjects.includes(id));
}

/** What addresses, devices and the organization hear of carries the first instant of its day. */
function isSince({ time }: SeenAlert, { begin }: Label): boolean {
  return time >= startOfDay(begin);
}
