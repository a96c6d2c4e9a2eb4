/** The thresholds of an unexpected location, each with its reason. */
import type { Context, Parameters } from '../contract.ts';

export const LOCATION_PARAMETERS = {
  nearKm: {
    value: 150,
    why: 'Commuters and lines that are placed at their provider’s exchange; the uncertainty of the address is added.',
  },
  windowDays: { value: 14, why: 'Two working weeks: longer than most trips, short enough for a new hire.' },
  minDays: { value: 5, why: 'A working week of sign-ins; fewer may be one trip, or one wrong database.' },
  minDaysAbroad: {
    value: 3,
    why: 'A country is placed more surely than a city, and is the graver claim to be wrong.',
  },
  minDaysSettled: {
    value: 8,
    why: 'Somebody employed for long may be on a trip of a week when they are first seen; with fewer days it counts little.',
  },
  nearShare: {
    value: 0.2,
    why: 'Whoever is at the claimed place on one day of five may well live there and travel.',
  },
  hiddenShare: { value: 0.5, why: 'On most days nobody can tell where they are.' },
  hiddenShareHigh: { value: 0.8, why: 'A new colleague who all but never shows where they are.' },
  awayWindowDays: {
    value: 28,
    why: 'Whoever has been at the claimed place may travel for a fortnight; four weeks are a move.',
  },
  minDaysAway: { value: 15, why: 'Three working weeks of sign-ins within those four.' },
  newHireDays: { value: 90, why: 'Whom the scheme places is found in the first months.' },
} as const satisfies Parameters;

export type LocationContext = Context<typeof LOCATION_PARAMETERS>;
