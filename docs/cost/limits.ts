/** What gives way first as a company grows: at how many people, and the way past it. */
import { DEPLOYED } from './deployed.ts';
import { ASSUMED as A, MEASURED as M } from './measured.ts';
import { alertsAMonth, processorSeconds } from './model.ts';
import { CALENDAR, EVERY_MINUTES, FEEDS, WATCHED_A_DAY, type CostFeed } from './volumes.ts';

export interface Limit {
  readonly what: string;
  /** From so many people on. */
  readonly people: number;
  /** How the number comes about. */
  readonly because: string;
  readonly wayPast: string;
  /** Of something that the deployment of the bill does without. */
  readonly isAvoided?: true;
}

const { busiestHourShare } = CALENDAR;
const POLL_SECONDS = EVERY_MINUTES * 60;
const { detectAtOnce, detectSeconds, sweepSeconds } = DEPLOYED;
const { collect: COLLECT_MB, detect: DETECT_MB } = DEPLOYED.memoryMb;
/** The city databases, and Node with the code. */
const DETECT_TAKEN_MB = 134 + 200;
const SCAN_MB_A_SECOND = 25;
const PARTITION_WRITES_A_SECOND = 1_000;

/** In the order in which they are met. */
export function limits(): readonly Limit[] {
  return [
    lookups(),
    graph(),
    audit(),
    drive(),
    okta(),
    memory(),
    detectLimit(),
    directory(),
    organization(),
    sweep(),
    wakes(),
  ].sort((a, b) => a.people - b.people);
}

/** Records that one poll reads of a person in the busiest hour, those of the overlap again. */
function recordsAPoll({ records, overlapMinutes }: CostFeed, overlap = overlapMinutes): number {
  return (records * busiestHourShare * (EVERY_MINUTES + overlap)) / 60;
}

function feed(vendor: string, id: string): CostFeed {
  const found = FEEDS.find((each) => each.vendor === vendor && each.id === id);
  if (found === undefined) throw new RangeError(`${vendor} has no feed ${id}`);
  return found;
}

/** People at whom a feed that is read page by page, a thousand records each, takes as long as the time between polls. */
function byPages(of: CostFeed, microseconds: number, recordsAPage = 1_000): number {
  const page =
    A.vendorMs.value / 1e3 +
    (2 * A.putMs.value) / 1e3 +
    processorSeconds(COLLECT_MB, (recordsAPage * microseconds) / 1e3);
  return (POLL_SECONDS / page) * (recordsAPage / recordsAPoll(of));
}

function lookups(): Limit {
  const of = feed('aws', 'cloudtrail-trail');
  return {
    what: 'CloudTrail’s event history, where no trail is read',
    people: (POLL_SECONDS * 100) / recordsAPoll(of, 30),
    because:
      'Two requests a second with 50 events each, in one account and Region, and an overlap of 30 minutes',
    wayPast: '`trailBucket` in ringer.yaml: an organization trail has no such limit',
    isAvoided: true,
  };
}

function graph(): Limit {
  const of = feed('microsoft', 'sign-ins');
  return {
    what: 'Entra sign-ins',
    people: (POLL_SECONDS * 500) / recordsAPoll(of),
    because: `Graph gives five pages of 1,000 in ten seconds, by the limits Microsoft published last, and an overlap of ${of.overlapMinutes} minutes makes a poll read ${1 + of.overlapMinutes / EVERY_MINUTES} times what is new`,
    wayPast:
      '`every: 15 minutes` for that connection: it then reads 5 times what is new, with 15 minutes for it. Beyond that, a connection for each tenant, or a shorter overlap in lib/sources/microsoft/manifest.ts',
  };
}

function audit(): Limit {
  const of = feed('microsoft', 'audit');
  return {
    what: 'The Microsoft 365 audit log',
    people: byPages(of, M.newRecordMicroseconds.value, 10 * A.blobRecords.value),
    because: `One run reads it, ten blobs at once; ${A.blobRecords.value} records a blob is an assumption`,
    wayPast:
      'More memory for collectors (`memoryMb` in lib/stacks/collectors.ts), more blobs at once (lib/sources/microsoft/audit-content.ts). A schedule for each kind of content is not built',
  };
}

function drive(): Limit {
  const of = feed('google', 'drive');
  return {
    what: 'Google Drive',
    people: byPages(of, M.readAgainMicroseconds.value),
    because: `Pages of 1,000 one after another, each record ${1 + of.overlapMinutes / EVERY_MINUTES} times`,
    wayPast: '`every: 15 minutes` for that connection',
  };
}

function okta(): Limit {
  return {
    what: 'Okta’s System Log',
    people: (POLL_SECONDS * 1_000) / recordsAPoll(feed('okta', 'system-log')),
    because: 'Okta lets one token ask 60 times a minute, for 1,000 events each',
    wayPast: 'A higher limit for the token in Okta’s console, up to all of the organization’s 120 a minute',
  };
}

function memory(): Limit {
  return {
    what: 'Memory of detect',
    people: ((DETECT_MB - DETECT_TAKEN_MB) * 1e3) / M.directoryPeakKb.value,
    because: 'Every process holds everybody, and twice while it loads them anew',
    wayPast: '`memoryMb` in lib/stacks/detect.ts, up to 10,240',
  };
}

/** Of evaluating events as they come. */
export function detectLimit(): Limit {
  const aSecond = detectAtOnce / processorSeconds(DETECT_MB, M.detectMs.value);
  return {
    what: 'Detect, in the busiest hour',
    people: (aSecond * M.eventsAnEvaluation.value * 3_600) / (WATCHED_A_DAY * busiestHourShare),
    because: `${detectAtOnce} at once (\`maxConcurrency\`) evaluate ${Math.round(aSecond)} subjects a second. The queue then grows until the hour is over; nothing is lost`,
    wayPast: '`maxConcurrency` and `memoryMb` in lib/stacks/detect.ts: twice either is twice as many',
  };
}

function directory(): Limit {
  return {
    what: 'Loading the directory within a run of detect',
    people: detectSeconds / processorSeconds(DETECT_MB, M.directoryMs.value),
    because: `${M.directoryMs.value} ms of a processor a person, every quarter of an hour and after each change`,
    wayPast: '`memoryMb` and the timeout in lib/stacks/detect.ts; reading only what changed is not built',
  };
}

function organization(): Limit {
  const seconds = processorSeconds(DETECT_MB, M.organizationMicroseconds.value / 1e3);
  return {
    what: 'The organization as a subject',
    people: detectSeconds / seconds,
    because:
      'All its open events are folded at once: three days of one a device, if every computer had software that is watched; few have',
    wayPast: '`memoryMb` and the timeout in lib/stacks/detect.ts. Parts of an organization are not built',
  };
}

function sweep(): Limit {
  const alertMb = (12 * alertsAMonth(1_000) * A.alertBytes.value) / 1e6 / 1_000;
  return {
    what: 'The hourly sweep, when a year’s alerts are there',
    people: (sweepSeconds * SCAN_MB_A_SECOND) / alertMb,
    because: `It reads the whole table: some ${SCAN_MB_A_SECOND} MB a second in ${sweepSeconds / 60} minutes, that is ${((sweepSeconds * SCAN_MB_A_SECOND * 1e6) / A.alertBytes.value / 1e6).toFixed(1)} million alerts`,
    wayPast:
      'Asking the index `by-status` for `open` and `acknowledged` instead (lib/stores/notified.ts), or its timeout in lib/stacks/notify.ts',
  };
}

function wakes(): Limit {
  return {
    what: 'Bookings for one slot of five minutes',
    // Everybody’s first event of a day falls into the same two hours, and books the same slot a day and a half later.
    people: PARTITION_WRITES_A_SECOND * 2 * 3_600,
    because:
      'A slot is one partition, which takes 1,000 writes a second; a morning of two hours books everybody’s sealing. Tick itself sends 250 ticks a message and needs seconds for a million',
    wayPast: 'Shorter slots (lib/stores/wake-ups.ts), so that a morning has more partitions',
  };
}
