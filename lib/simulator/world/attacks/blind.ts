/**
 * Attacks written from public reports by somebody who had not read the detections: a check on those that were written
 * beside them.
 */
import type { Attack } from '../attack.ts';
import { departingSeller } from './blind-departing-seller.ts';
import { desertHouse } from './blind-desert-house.ts';
import { householdADay } from './blind-household-a-day.ts';
import { nightCopier } from './blind-night-copier.ts';
import { onePhoneTwoFaces } from './blind-one-phone-two-faces.ts';
import { subcontractor } from './blind-subcontractor.ts';
import { threeGoodWeeks } from './blind-three-good-weeks.ts';
import { weakenedFactor } from './blind-weakened-factor.ts';

export const BLIND_ATTACKS: readonly Attack[] = [
  desertHouse,
  threeGoodWeeks,
  subcontractor,
  householdADay,
  onePhoneTwoFaces,
  weakenedFactor,
  nightCopier,
  departingSeller,
];
