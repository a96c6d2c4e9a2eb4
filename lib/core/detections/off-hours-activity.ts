/**
 * Off-hours activity: somebody's working day lies in the night of the place where they are said to work. Whoever lives
 * elsewhere works by another sun, whatever their address says.
 */
import type { Evidence } from '../alerts/alert.ts';
import { localTime, type LocalTime } from '../places/local-time.ts';
import type { Detection, Verdict } from './contract.ts';
import {
  busiestBlock,
  distanceHours,
  isActive,
  middleOf,
  type Block,
  type DayHours,
} from './hours/busiest-block.ts';
import { claimedHours, isElsewhere, nearestWorkday, type ClaimedHours } from './hours/claimed-hours.ts';
import { workingByNight } from './hours/night-finding.ts';
import { HOURS_PARAMETERS, type HoursContext } from './hours/parameters.ts';
import { isWork, workEvidence, type WorkEvent } from './hours/work.ts';

type Kinds = 'authentication' | 'file-hosting-activity' | 'api-activity';

interface State {
  /** The zone that the days are counted in. */
  timeZone?: string;
  /** Working days lately, oldest first. */
  days: DayHours[];
  /** An event of each of the last nights. */
  nights: { readonly day: number; readonly evidence: Evidence }[];
}

const NIGHTS_KEPT = 6;

export const offHoursActivity: Detection<Kinds, State, typeof HOURS_PARAMETERS> = {
  id: 'off-hours-activity',
  title: 'Off-hours activity',
  family: 'identity',
  severity: 'low',
  attack: ['T1078'],
  watches: ['authentication', 'file-hosting-activity', 'api-activity'],
  subjects: ['person'],
  alertPer: 'standing',
  contributes: {
    weight: 12,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'A schedule under policy.schedules, or a travel or location approval for the person.',
  },
  parameters: HOURS_PARAMETERS,
  state: { version: 1, empty: () => ({ days: [], nights: [] }), keepDays: 60 },
  needs: [],
  blindSpots: [
    'Somebody who works the claimed hours, however far away they are, is not seen: many placed workers do.',
    'A working day that reaches only into the claimed evening, as one of East Asia does on America’s west coast, is not in its night.',
    'Who is seen on fewer than ten working days in three weeks is not judged.',
    'Without a time zone, of the person or of a schedule, nothing can be told.',
  ],
  falsePositives: [
    'Somebody on night shifts or in a team that follows another region’s day: give them a schedule.',
    'A parent or a carer who works when the house is asleep.',
    'Somebody whose long day by day leaves no record, because one session lasts, while their late hours do.',
    'A person who moved, and whose time zone in the people file is the old one.',
  ],
  triage: [
    'Ask the manager which hours were agreed, and when the person is to be reached.',
    'Compare with meetings they attended on camera: a night’s sleep is hard to hide for weeks.',
    'Look at their address and device: hours of another region with a home line of this one is what a laptop farm looks like.',
    'Correct the people file or add a schedule if the hours are agreed.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1078/',
    'https://ofac.treasury.gov/media/923126/download?inline',
  ],
  expectedPerMonthPer1000People: 5,
  evaluate(event, state, context) {
    if (!isWork(event)) return { outcome: 'not-applicable' };
    const claimed = claimedHours(context.person, context.policy, event.time);
    const local = claimed === undefined ? undefined : localTime(claimed.timeZone, event.time);
    if (claimed === undefined || local === undefined)
      return { outcome: 'cannot-tell', because: 'nobody says in which time zone the person works' };
    if (local.weekday === 0 || local.weekday === 6) return { outcome: 'not-applicable' };
    if (!isNews(event, local, claimed, state, context)) return { outcome: 'clear', state };
    return judge(event, local, claimed, state, context);
  },
};

/** Notes the hour; tells whether it is the day's first sign of that hour, and of a day at the claimed place. */
function isNews(
  event: WorkEvent,
  { day, hour }: LocalTime,
  claimed: ClaimedHours,
  state: State,
  { parameters }: HoursContext,
): boolean {
  if (state.timeZone !== claimed.timeZone) {
    state.timeZone = claimed.timeZone;
    state.days = [];
    state.nights = [];
  }
  let today = state.days.find((each) => each.day === day);
  if (today === undefined) {
    today = { day, hours: 0 };
    const days = state.days.filter((each) => each.day > day - parameters.windowDays);
    state.days = [...days, today].sort((a, b) => a.day - b.day);
  }
  if (today.away !== true && isElsewhere(event, claimed, parameters.travelHours)) today.away = true;
  if (isActive(today, hour)) return false;
  today.hours |= 1 << hour;
  return today.away !== true;
}

function judge(
  event: WorkEvent,
  { day, hour }: LocalTime,
  claimed: ClaimedHours,
  state: State,
  context: HoursContext,
): Verdict<State> {
  const { parameters } = context;
  const isNight = distanceHours(hour + 0.5, nearestWorkday(claimed, hour).middle) >= parameters.nightHours;
  if (!isNight || state.nights.some((night) => night.day === day)) return { outcome: 'clear', state };
  const nights = state.nights.filter((night) => night.day > day - parameters.windowDays);
  state.nights = [...nights, { day, evidence: workEvidence(event) }].slice(-NIGHTS_KEPT);
  const days = state.days.filter(({ away }) => away !== true);
  if (days.length < parameters.leastWorkdays) return { outcome: 'clear', state };
  const block = busiestBlock(days, parameters.blockHours, nearestWorkday(claimed, hour).middle);
  if (block === undefined || block.share < parameters.nightShare || !isByNight(block, claimed, context))
    return { outcome: 'clear', state };
  const evidence = state.nights.map((night) => night.evidence);
  const { timeZone } = claimed;
  const judged = { time: event.time, timeZone, block, workdays: days.length, evidence };
  return { outcome: 'finding', state, findings: [workingByNight(judged, context)] };
}

function isByNight(block: Block, claimed: ClaimedHours, { parameters }: HoursContext): boolean {
  const { middle, halfHours } = nearestWorkday(claimed, middleOf(block));
  const apart = distanceHours(middleOf(block), middle);
  return apart >= parameters.nightHours && apart > halfHours;
}
