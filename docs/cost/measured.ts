/**
 * What the code was measured to use, and what could not be measured here and is assumed.
 *
 * Units, calls, log lines and archived bytes: `node bench/cost-units.ts`, the deployed templates on the twin (docs/twin.md), 24
 * people with as many records as volumes.ts says, a poll of five minutes, the fourth working day less a Sunday. The twin
 * reckons DynamoDB's units by AWS's rule, indexes included. Processor time: `node bench/cost-processor.ts`, 100 people.
 */

export const MEASURED_ON = '2026-11-24';

export interface Measured {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
}

/** Of the twin and of this machine's processor. */
export const MEASURED = {
  eventWriteUnits: { value: 1.01, unit: 'write units', what: 'a watched event: its log, sealing, bookings' },
  eventReadUnits: { value: 12.8, unit: 'read units', what: 'a watched event: its subject is read anew' },
  eventsAnEvaluation: { value: 1.04, unit: 'events', what: 'of a subject in one message' },
  detectMs: {
    value: 4.8,
    unit: 'ms of a processor',
    what: 'an evaluation of a subject, its requests included',
  },
  accountWriteUnits: { value: 1, unit: 'write units', what: 'an account listed once more, though unchanged' },
  directoryBytes: { value: 400, unit: 'bytes', what: 'an account in the directory table' },
  directoryMs: { value: 0.055, unit: 'ms of a processor', what: 'a person, to load the directory anew' },
  directoryPeakKb: {
    value: 3.9,
    unit: 'KB',
    what: 'a person with three accounts, while the directory is loaded anew',
  },
  pollWriteUnits: { value: 2.3, unit: 'write units', what: 'a poll, whatever it finds' },
  seenWriteUnits: {
    value: 0.034,
    unit: 'write units',
    what: 'a new record of a feed with an overlap; less on fuller pages',
  },
  seenReadUnits: { value: 1, unit: 'read units', what: 'a poll that finds something, in an overlap' },
  tickReadUnits: { value: 4, unit: 'read units', what: 'a turn of tick' },
  tickWriteUnits: { value: 1, unit: 'write units', what: 'a turn of tick' },
  watchedFeedReadUnits: { value: 0.5, unit: 'read units', what: 'a feed, each time it is watched over' },
  canaryWriteUnits: { value: 4, unit: 'write units', what: 'the hourly canary' },
  eventLogBytes: { value: 512, unit: 'bytes', what: 'a watched event in the ledger' },
  subjectBytes: { value: 622, unit: 'bytes', what: 'the sealed state of a subject, after four days' },
  pollLogBytes: { value: 835, unit: 'bytes', what: 'log lines of a poll' },
  messageLogBytes: { value: 450, unit: 'bytes', what: 'log line of a message in detect' },
  invocationLogBytes: { value: 370, unit: 'bytes', what: 'log line with metrics of any other invocation' },
  recordBytes: { value: 220, unit: 'bytes', what: 'a record in the archive, compressed' },
  archivedEventBytes: { value: 200, unit: 'bytes', what: 'an event in the archive, compressed' },
  listedBytes: { value: 80, unit: 'bytes', what: 'a listed record in the archive, and as much as an event' },
  newRecordMicroseconds: { value: 18, unit: 'µs of a processor', what: 'a new record, to collect it' },
  readAgainMicroseconds: { value: 12, unit: 'µs of a processor', what: 'a record of an overlap, read again' },
  organizationMicroseconds: {
    value: 11,
    unit: 'µs of a processor',
    what: 'a device that told of itself on each of three days, to judge the organization anew',
  },
} as const satisfies Readonly<Record<string, Measured>>;

/** What only AWS and the vendors can show. */
export const ASSUMED = {
  alertBytes: {
    value: 6_000,
    unit: 'bytes',
    what: 'an alert, two entries of its history and what was told of it; those of the demo are 4 KB as JSON',
  },
  vendorMs: { value: 500, unit: 'ms', what: 'an answer of a vendor' },
  tableMs: { value: 5, unit: 'ms', what: 'an answer of DynamoDB' },
  putMs: { value: 40, unit: 'ms', what: 'an object written to S3' },
  startMs: { value: 15, unit: 'ms', what: 'an invocation, beside what it does' },
  processorMemoryMb: { value: 1_769, unit: 'MB', what: 'with as much, a function has one processor' },
  platformLogBytes: { value: 550, unit: 'bytes', what: 'Lambda’s own two lines of an invocation' },
  keptLogShare: { value: 0.15, unit: '', what: 'of a log line, once CloudWatch has compressed it' },
  pollers: { value: 5, unit: '', what: 'pollers of Lambda on a queue, each with a request in 20 seconds' },
  keyUsersEachFiveMinutes: {
    value: 12,
    unit: '',
    what: 'roles and tables between which DynamoDB asks for the key anew after five minutes',
  },
  accessLogBytes: { value: 600, unit: 'bytes', what: 'a line of S3’s access log' },
  blobRecords: { value: 100, unit: 'records', what: 'a blob of the Microsoft 365 audit log' },
} as const satisfies Readonly<Record<string, Measured>>;
