/** The thresholds of off-hours activity, each with its reason. */
import type { Context } from '../contract.ts';

export const HOURS_PARAMETERS = {
  windowDays: { value: 21, why: 'Three weeks outlast a week on call and a fortnight of travel.' },
  leastWorkdays: { value: 10, why: 'Two working weeks make a habit; fewer days may be a project or a cold.' },
  blockHours: { value: 8, why: 'The length of a working day.' },
  nightHours: {
    value: 8,
    why: 'A working day whose middle is this far from the claimed one’s lies in its night: 22 to 6 o’clock for most.',
  },
  nightShare: {
    value: 0.7,
    why: 'Who works by day and answers mail at night has less than half of their hours there.',
  },
  newHireShare: { value: 0.9, why: 'Next to nothing by day is no habit of an evening worker.' },
  newHireDays: {
    value: 90,
    why: 'The first three months, in which colleagues do not yet know somebody’s hours.',
  },
  travelHours: {
    value: 3.5,
    why: 'Clocks stray from the sun by up to three hours; beyond that the person is in another zone.',
  },
};

export type HoursContext = Context<typeof HOURS_PARAMETERS>;
