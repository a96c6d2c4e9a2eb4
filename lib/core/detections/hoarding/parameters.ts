/** The thresholds of bulk download, each with its reason. */
import type { Context } from '../contract.ts';

export const HOARDING_PARAMETERS = {
  drivePer10Minutes: {
    value: 15,
    why: 'Distinct Drive files; a person opens some, a script or a select-all takes many.',
  },
  drivePerHour: { value: 50, why: 'Distinct Drive files in an hour, well above a day’s ordinary work.' },
  drivePerDay: {
    value: 300,
    why: 'Distinct Drive files in 24 hours, for a hand that stays below the hourly floor.',
  },
  drivePerFortnight: {
    value: 400,
    why: 'Distinct Drive files a day summed over 14 days: about 30 a day, every day.',
  },
  sharePointPer10MinutesUnmanaged: {
    value: 25,
    why: 'Distinct files to a device the company does not manage.',
  },
  sharePointPerHour: { value: 100, why: 'Distinct SharePoint and OneDrive files in an hour.' },
  sharePointPerDay: { value: 600, why: 'Distinct SharePoint and OneDrive files in 24 hours.' },
  sharePointPerFortnight: {
    value: 420,
    why: 'Distinct files a day summed over 14 days: 30 a day, every day.',
  },
  s3Per10Minutes: {
    value: 500,
    why: 'Distinct objects a person’s credential reads; a copy of a bucket takes thousands.',
  },
  s3PerHour: { value: 1_000, why: 'The same copy, told to go slower.' },
  s3PerDay: { value: 3_000, why: 'Distinct objects in 24 hours.' },
  s3PerFortnight: { value: 8_000, why: 'Distinct objects a day summed over 14 days.' },
  gibibytesPer10Minutes: {
    value: 1,
    why: 'Bytes, where the record has them: few large files matter as much as many small.',
  },
  ownPastFactor: { value: 3, why: 'Three times one’s own busiest days is no longer one’s own work.' },
  ownPastMinActiveDays: { value: 10, why: 'Fewer days are no past; then the floor alone speaks.' },
  newDeviceSyncDays: { value: 3, why: 'A new laptop fetches everything once; that is not hoarding.' },
  closeFloorShare: {
    value: 0.4,
    why: 'Of somebody hired lately or about to leave, this part of a floor is too much: that is when data goes.',
  },
  leavingDays: { value: 30, why: 'Most of what leavers take they take in the last month.' },
  newHireDays: { value: 30, why: 'Collecting at once after starting is worse than later.' },
} as const;

export type HoardingContext = Context<typeof HOARDING_PARAMETERS>;
