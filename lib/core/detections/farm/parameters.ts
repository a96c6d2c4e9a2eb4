/** The thresholds of a laptop farm, each with its reason. */
import type { Context, Parameters } from '../contract.ts';

export const FARM_PARAMETERS = {
  windowDays: {
    value: 14,
    why: 'Sessions last for days, so that even people who are there daily sign in on few; a guest has left by then.',
  },
  minPeople: { value: 2, why: 'One person’s laptop may stand anywhere; two in one home are a question.' },
  minDays: { value: 3, why: 'A visit is a day or two.' },
  nearKm: {
    value: 150,
    why: 'A claim and an address this close are the same area; the uncertainty of the address is added.',
  },
  criticalPeople: {
    value: 3,
    why: 'Two who are not where they claim may be a couple on a long journey; three are a business.',
  },
  officeMinPeople: { value: 5, why: 'Fewer who claim the area are a household or a shared flat.' },
  officeShare: {
    value: 0.8,
    why: 'Of an unlisted branch office nearly everybody is said to work there; the rest are visitors.',
  },
  crowdMinPeople: {
    value: 10,
    why: 'No home holds ten; a farm that does has been there for more than a week.',
  },
  crowdShare: { value: 0.02, why: 'And of a large company at least this share.' },
  crowdMinSpanDays: {
    value: 7,
    why: 'A crowd that comes and leaves within a week is an off-site, a fair or a hotel.',
  },
  journeyDays: {
    value: 10,
    why: 'Two of long standing who claim one home and share another for no longer than this are on a journey together.',
  },
  newHireDays: { value: 90, why: 'Whom the scheme places is found in the first months.' },
} as const satisfies Parameters;

export type FarmContext = Context<typeof FARM_PARAMETERS>;
