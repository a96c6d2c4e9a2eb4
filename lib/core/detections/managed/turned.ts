/** What of a device was good when first listed, and has turned bad since. */
import type { AlertObject, Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { DeviceInventoryInfo } from '../../events/index.ts';
import type { SubjectRef } from '../../people/subject.ts';
import type { EpochMs } from '../../time.ts';
import { checkedIn, type CheckIns } from './check-ins.ts';
import { ASPECT_NAMES, ASPECTS, whereToLook, type Aspect } from './posture.ts';

/** Plain JSON. */
export interface Posture {
  readonly device: SubjectRef;
  /** As last listed, where the inventory said. */
  readonly isGood: Partial<Record<Aspect, boolean>>;
  /** What was good before. */
  readonly turned: Partial<Record<Aspect, Turned>>;
  /** Where the inventory says when the device last reported. */
  checkIns?: CheckIns;
}

export interface Turned {
  readonly since: EpochMs;
  /** When it showed: others that showed together are one cause. */
  readonly shown: EpochMs;
  /** What was the first to say so. */
  readonly evidence: Evidence;
  readonly next: string;
  /** It has lasted, and was said. */
  reported?: true;
}

/** Takes in what a listing says; what turned from good to bad with it, and whether something reported is good again. */
export function takeIn(
  event: DeviceInventoryInfo,
  posture: Posture,
): { readonly turnedBad: readonly Aspect[]; readonly putRight: boolean } {
  const turnedBad: Aspect[] = [];
  const name = nameOf(posture);
  let putRight = hasReported(event, posture);
  for (const aspect of ASPECT_NAMES) {
    const isGood = ASPECTS[aspect].isGood(event);
    if (isGood === undefined) continue;
    if (!isGood && posture.isGood[aspect] === true) {
      turnedBad.push(aspect);
      posture.turned[aspect] = {
        since: event.time,
        shown: event.time,
        evidence: evidenceOf(event, `${name} ${ASPECTS[aspect].bad}`),
        next: whereToLook(event, name),
      };
    }
    if (isGood) {
      putRight ||= posture.turned[aspect]?.reported === true;
      delete posture.turned[aspect];
    }
    posture.isGood[aspect] = isGood;
  }
  return { turnedBad, putRight };
}

/** Takes in when the device last reported; `true` when it had been silent. */
function hasReported({ state: { lastSeenTime } }: DeviceInventoryInfo, posture: Posture): boolean {
  if (lastSeenTime === undefined) return false;
  const before = posture.checkIns;
  posture.checkIns = checkedIn(before, lastSeenTime);
  if (posture.checkIns === before || posture.turned.reporting === undefined) return false;
  delete posture.turned.reporting;
  return true;
}

/** Tells whether a listing says anything of the condition of a device. */
export function saysAnything(event: DeviceInventoryInfo): boolean {
  return (
    event.state.lastSeenTime !== undefined ||
    ASPECT_NAMES.some((aspect) => ASPECTS[aspect].isGood(event) !== undefined)
  );
}

export function objectOf({ device }: Posture): AlertObject {
  return { kind: 'device', id: device.id, ...(device.name === undefined ? {} : { name: device.name }) };
}

export function nameOf({ device }: Posture): string {
  return device.name ?? device.id;
}
