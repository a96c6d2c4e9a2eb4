/** What a month of Ringer costs, item by item: pure arithmetic on prices, volumes and measured units. */
import { METRIC } from '../../lib/config/names.ts';
import { DETECTIONS } from '../../lib/core/detections/index.ts';
import { DEPLOYED } from './deployed.ts';
import { ASSUMED as A, MEASURED as M } from './measured.ts';
import { PRICES, type PriceId } from './prices.ts';
import { CALENDAR, EVERY_MINUTES, FEEDS, WATCHED_A_DAY, type CostFeed } from './volumes.ts';

export interface Item {
  readonly price: PriceId;
  readonly quantity: number;
  readonly usd: number;
  /** Once what AWS gives away is taken off, if nothing else in the account uses it up. */
  readonly usdAfterFree: number;
}

const { daysAMonth, workingDaysAMonth, hours } = CALENDAR;
const { memoryMb, recordDays, eventDays, watchEveryMinutes } = DEPLOYED;
const LEDGER_DAYS = 15;
/** Alerts are kept; the bill is that of a deployment which is a year old. */
const ALERT_MONTHS = 12;
const MESSAGE_EVENTS = 250;
const BATCH_MESSAGES = 10;

/** Every item of the bill of so many people, in the order of the prices. */
export function monthlyBill(people: number): readonly Item[] {
  const all = { ...fixed(), ...growing(people) };
  return (Object.keys(PRICES) as PriceId[]).map((price) => {
    const quantity = all[price];
    const { usd, per, free } = PRICES[price];
    return {
      price,
      quantity,
      usd: (quantity * usd) / per,
      usdAfterFree: (Math.max(0, quantity - free) * usd) / per,
    };
  });
}

export function totalOf(items: readonly Item[], which: 'usd' | 'usdAfterFree'): number {
  return items.reduce((sum, item) => sum + item[which], 0);
}

type Quantities = Readonly<Record<PriceId, number>>;
type Fixed = 'keys' | 'secrets' | 'metrics' | 'alarmMetrics' | 'dashboards' | 'schedules';

function fixed(): Pick<Quantities, Fixed> {
  return {
    keys: 1,
    secrets: DEPLOYED.secrets,
    metrics: Object.keys(METRIC).length,
    alarmMetrics: DEPLOYED.alarmMetrics,
    dashboards: 1,
    schedules: FEEDS.reduce((sum, feed) => sum + pollsOf(feed), 0),
  };
}

function growing(people: number): Omit<Quantities, Fixed> {
  const watched = people * WATCHED_A_DAY * workingDaysAMonth;
  const evaluations = watched / M.eventsAnEvaluation.value;
  const polls = FEEDS.map((feed) => pollsIn(feed, people));
  const sum = (of: (poll: Polls) => number): number => polls.reduce((total, poll) => total + of(poll), 0);
  const alerts = alertsAMonth(people);
  const messages = sum((poll) => poll.messages);
  const detects =
    messages /
    Math.min(
      BATCH_MESSAGES,
      Math.max(
        1,
        sum((poll) => poll.messagesAtOnce),
      ),
    );
  const polled = sum((poll) => poll.all);
  const turns = (minutes: number): number => (daysAMonth * 1_440) / minutes;
  const ticks = turns(EVERY_MINUTES);
  const hourly = turns(60);
  const watches = turns(watchEveryMinutes) + hourly;
  const streamed = 2 * (2 * hourly + 2 * alerts);
  const written = sum((poll) => poll.objects);
  const alertKb = (ALERT_MONTHS * alerts * A.alertBytes.value) / 1e3;
  const loads = directoryLoads(people);
  const ledgerGb =
    (watched * (LEDGER_DAYS / daysAMonth) * M.eventLogBytes.value + people * M.subjectBytes.value) / 1e9;
  const tableGb = ledgerGb + (people * accounts() * M.directoryBytes.value) / 1e9 + alertKb / 1e6;
  const logBytes =
    polled * (M.pollLogBytes.value + A.platformLogBytes.value) +
    messages * M.messageLogBytes.value +
    (detects + ticks + watches + hourly + streamed) * (M.invocationLogBytes.value + A.platformLogBytes.value);
  return {
    writeUnits:
      watched * M.eventWriteUnits.value +
      polled * M.pollWriteUnits.value +
      sum((poll) => poll.records * (poll.feed.overlapMinutes > 0 ? M.seenWriteUnits.value : 0)) +
      people * accounts() * 4 * daysAMonth * M.accountWriteUnits.value +
      ticks * M.tickWriteUnits.value +
      hourly * M.canaryWriteUnits.value +
      alerts * 20,
    readUnits:
      watched * M.eventReadUnits.value +
      sum((poll) => poll.withNews * (poll.feed.overlapMinutes > 0 ? M.seenReadUnits.value : 0)) +
      ticks * M.tickReadUnits.value +
      turns(watchEveryMinutes) * FEEDS.length * M.watchedFeedReadUnits.value +
      hourly * (alertKb / 8 + 1) +
      (loads * people * accounts() * M.directoryBytes.value) / 8_192,
    tableGb,
    recoveryGb: tableGb,
    invocations: polled + detects + ticks + watches + hourly + streamed,
    gbSeconds:
      gbSeconds(
        memoryMb.collect,
        sum((poll) => poll.seconds),
      ) +
      gbSeconds(
        memoryMb.detect,
        detects * (A.startMs.value / 1e3) +
          processorSeconds(memoryMb.detect, evaluations * M.detectMs.value) +
          loads * processorSeconds(memoryMb.detect, people * M.directoryMs.value),
      ) +
      gbSeconds(
        memoryMb.others,
        ((ticks + watches + streamed) * (A.startMs.value + 8 * A.tableMs.value)) / 1e3,
      ) +
      gbSeconds(memoryMb.sweep, hourly * (0.5 + alertKb / 25_000)),
    sqsRequests: messages + 2 * detects + turns(1) * 3 * A.pollers.value + 4 * turns(EVERY_MINUTES),
    snsPublishes: alerts + 5,
    snsEmails: alerts + 5,
    busEvents: 2 * alerts,
    keyRequests: ticks * A.keyUsersEachFiveMinutes.value + 20 * hourly + alerts,
    secretRequests: 3 * hourly,
    puts: written + 2 * alerts,
    gets: sum((poll) => (poll.feed.id === 'cloudtrail-trail' ? poll.all : 0)),
    bucketGb: archivedGb(people) + (13 * written * A.accessLogBytes.value) / 1e9,
    logGb: logBytes / 1e9,
    keptLogGb: (3 * A.keptLogShare.value * logBytes) / 1e9,
  };
}

interface Polls {
  readonly feed: CostFeed;
  /** A month. */
  readonly all: number;
  readonly withNews: number;
  readonly records: number;
  readonly objects: number;
  readonly messages: number;
  readonly messagesAtOnce: number;
  readonly seconds: number;
}

function pollsOf({ everyMinutes }: Pick<CostFeed, 'everyMinutes'>): number {
  return (daysAMonth * 1_440) / everyMinutes;
}

/** A poll while people work finds something unless nobody happened to do anything; a listing always does. */
function pollsIn(feed: CostFeed, people: number): Polls {
  const { everyMinutes, overlapMinutes, reads } = feed;
  const all = pollsOf(feed);
  const isLog = reads === 'events';
  const busy = isLog ? (workingDaysAMonth * hours * 60) / everyMinutes : all;
  const recordsAPoll = isLog ? (people * feed.records * everyMinutes) / (60 * hours) : people * feed.records;
  const withNews = busy * (1 - Math.exp(-recordsAPoll));
  const records = busy * recordsAPoll;
  const eventsAPoll = isLog ? (recordsAPoll * feed.watched) / Math.max(feed.records, 1) : recordsAPoll;
  const messagesAtOnce = Math.max(withNews / busy, eventsAPoll / MESSAGE_EVENTS);
  const readAgain = isLog ? recordsAPoll * (overlapMinutes / everyMinutes) : 0;
  const pages = Math.max(1, (recordsAPoll + readAgain) / 1_000) + (feed.id === 'audit' ? 4 : 0);
  const pageObjects = 2 * Math.max(1, recordsAPoll / 1_000);
  const waitingMs = A.startMs.value + 2 * A.tableMs.value;
  const busyMs = pageObjects * A.putMs.value;
  const processorMs =
    (recordsAPoll * M.newRecordMicroseconds.value + readAgain * M.readAgainMicroseconds.value) / 1e3;
  return {
    feed,
    all,
    withNews,
    records,
    objects: withNews * pageObjects,
    messages: busy * messagesAtOnce,
    messagesAtOnce,
    seconds:
      (all * (waitingMs + A.vendorMs.value) + busy * (pages - 1) * A.vendorMs.value + withNews * busyMs) /
        1e3 +
      busy * processorSeconds(memoryMb.collect, processorMs),
  };
}

function gbSeconds(megabytes: number, seconds: number): number {
  return (seconds * megabytes) / 1_024;
}

/** How long work takes that would take a whole processor so long. */
export function processorSeconds(megabytes: number, processorMs: number): number {
  return (processorMs * A.processorMemoryMb.value) / megabytes / 1e3;
}

/** As the detections themselves expect, for so many people. */
export function alertsAMonth(people: number): number {
  const expected = DETECTIONS.reduce((sum, each) => sum + each.expectedPerMonthPer1000People, 0);
  return (people * expected) / 1_000;
}

/** Directories that list a person. */
function accounts(): number {
  return FEEDS.filter(({ id }) => id === 'users').length;
}

/** How often a month some process of detect loads the directory: each of those that are busy, every quarter of an hour. */
function directoryLoads(people: number): number {
  const processes = Math.min(5, Math.max(1, people / 20_000));
  return workingDaysAMonth * hours * 4 * processes;
}

function archivedGb(people: number): number {
  const bytes = FEEDS.map(({ id, reads, records, watched, everyMinutes }) => {
    if (reads === 'listing') {
      const listed = (people * records * 1_440) / everyMinutes;
      return listed * M.listedBytes.value * (recordDays + eventDays);
    }
    // Of a trail, only what matters is archived.
    const kept = id === 'cloudtrail-trail' ? watched : records;
    const share = workingDaysAMonth / daysAMonth;
    return (
      people *
      share *
      (kept * M.recordBytes.value * recordDays + watched * M.archivedEventBytes.value * eventDays)
    );
  });
  return bytes.reduce((sum, each) => sum + each, 0) / 1e9;
}
