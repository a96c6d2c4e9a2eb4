/** The windows a service’s downloads are summed over, and what is too much in each. */
import type { Severity } from '../../alerts/severity.ts';
import type { FileHostingActivity } from '../../events/index.ts';
import { DAY_MINUTES, FORTNIGHT_MINUTES, type Tally } from './hoard.ts';
import type { HoardingContext } from './parameters.ts';
import type { ServiceName } from './services.ts';

/** A window to look back over, and its floors. */
export interface Window extends Limits {
  readonly minutes: number;
  readonly text: string;
  readonly severity: Severity;
  /** Of `objects`, what it would be for everybody. */
  readonly everybodysObjects: number;
}

/** @param share - of each number of objects that is too much: 1 for everybody */
export function windowsOf(
  service: ServiceName,
  event: FileHostingActivity,
  parameters: HoardingContext['parameters'],
  share: number,
): readonly Window[] {
  const bytes = parameters.gibibytesPer10Minutes * 2 ** 30;
  const window = (
    minutes: number,
    text: string,
    objects: number,
    severity: Severity,
    floorBytes = Infinity,
  ): Window => ({
    minutes,
    text,
    objects: objects * share,
    everybodysObjects: objects,
    severity,
    bytes: floorBytes,
  });
  switch (service) {
    case 'google-drive':
      return [
        window(10, '10 minutes', parameters.drivePer10Minutes, 'low', bytes),
        window(60, 'an hour', parameters.drivePerHour, 'medium'),
        window(DAY_MINUTES, '24 hours', parameters.drivePerDay, 'medium'),
        window(FORTNIGHT_MINUTES, '14 days', parameters.drivePerFortnight, 'medium'),
      ];
    case 'sharepoint':
      return [
        window(
          10,
          '10 minutes',
          event.managedDevice === false ? parameters.sharePointPer10MinutesUnmanaged : Infinity,
          'medium',
          bytes,
        ),
        window(60, 'an hour', parameters.sharePointPerHour, 'medium'),
        window(DAY_MINUTES, '24 hours', parameters.sharePointPerDay, 'medium'),
        window(FORTNIGHT_MINUTES, '14 days', parameters.sharePointPerFortnight, 'medium'),
      ];
    case 's3':
      return [
        window(10, '10 minutes', parameters.s3Per10Minutes, 'medium', bytes),
        window(60, 'an hour', parameters.s3PerHour, 'medium'),
        window(DAY_MINUTES, '24 hours', parameters.s3PerDay, 'medium'),
        window(FORTNIGHT_MINUTES, '14 days', parameters.s3PerFortnight, 'medium'),
      ];
  }
}

/** Distinct files and bytes; either is enough. */
export interface Limits {
  readonly objects: number;
  readonly bytes: number;
}

export function exceeds(tally: Tally, limits: Limits): boolean {
  return tally.objects >= limits.objects || tally.bytes >= limits.bytes;
}

export function largerOf(a: Limits, b: Limits): Limits {
  return { objects: Math.max(a.objects, b.objects), bytes: Math.max(a.bytes, b.bytes) };
}
