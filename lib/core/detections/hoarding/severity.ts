/** How grave a window is that has too much in it: how much, and whose. */
import { atMost, raised, type Severity } from '../../alerts/severity.ts';
import type { FileHostingActivity } from '../../events/index.ts';
import { DAY_MS } from '../../time.ts';
import { DAY_MINUTES, type Tally } from './hoard.ts';
import type { HoardingContext } from './parameters.ts';
import type { Window } from './windows.ts';

/** A window that has too much in it. */
export interface Tripped {
  readonly window: Window;
  readonly tally: Tally;
  /** What the person's own past allows. */
  readonly past: { readonly objects: number };
  /** They took as much on an earlier day, of which was told. */
  readonly isSame: boolean;
}

/** So many times what is too much is a step worse. */
const FAR_FACTOR = 4;

/** Tells whether somebody was hired a short while ago, or will leave in one: when hoarding is done. */
export function standingOf(
  event: FileHostingActivity,
  { person, parameters }: HoardingContext,
): { readonly isNew: boolean; readonly isLeaving: boolean } {
  const { hiredTime, endsTime } = person ?? {};
  return {
    isNew: hiredTime !== undefined && event.time - hiredTime <= parameters.newHireDays * DAY_MS,
    isLeaving: endsTime !== undefined && endsTime - event.time <= parameters.leavingDays * DAY_MS,
  };
}

/** What a managed computer synchronizes: it fetches what its user never asked for, and stays with the company. */
export function isManagedSync({ activity, managedDevice }: FileHostingActivity): boolean {
  return activity === 'sync' && managedDevice === true;
}

export function severityOf(
  { window, tally, past, isSame }: Tripped,
  event: FileHostingActivity,
  context: HoardingContext,
): Severity {
  const { isNew, isLeaving } = standingOf(event, context);
  const isFar =
    window.minutes <= DAY_MINUTES && tally.objects >= FAR_FACTOR * Math.max(window.objects, past.objects);
  const severity = isFar ? raised(window.severity, 1) : window.severity;
  if (isManagedSync(event)) return atMost(severity, isLeaving ? 'medium' : 'low');
  const isWorse = isNew || isLeaving || event.managedDevice === false;
  if (isSame && !isWorse) return 'low';
  // Below the floor for everybody it is their standing alone that makes it too much.
  return isWorse && tally.objects >= window.everybodysObjects ? raised(severity, 1) : severity;
}
