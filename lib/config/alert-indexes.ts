/** The indexes of the alerts table: the stacks make them, the stores ask them. */
import { KEY } from './names.ts';

/**
 * What each index is asked by, always in the order of `time`.
 *
 * They hold keys alone: an alert whose evidence grows then costs no index a write, and what is shown is read from the
 * table itself. docs/decisions/0004-alerts-are-not-sharded.md has the numbers.
 */
export const ALERT_INDEXES = {
  subject: { name: 'by-subject', attribute: 'subject' },
  /** `2026-03-09#high` */
  day: { name: 'by-day', attribute: 'daySeverity' },
  /** What is shown: a person's status, or `withdrawn`. */
  status: { name: 'by-status', attribute: 'shown' },
  detection: { name: 'by-detection', attribute: 'detection' },
} as const;

export type AlertIndex = keyof typeof ALERT_INDEXES;

/** The attribute every index is sorted by: ISO 8601, so that it sorts as text. */
export const ALERT_TIME = 'time';

interface KeyPart {
  readonly attributeName: string;
  readonly keyType: 'HASH' | 'RANGE';
}

/** The indexes as CloudFormation writes them. */
export const ALERT_INDEX_SHAPES: readonly {
  readonly indexName: string;
  readonly keySchema: readonly [KeyPart, KeyPart];
}[] = Object.values(ALERT_INDEXES).map(({ name, attribute }) => ({
  indexName: name,
  keySchema: [
    { attributeName: attribute, keyType: 'HASH' },
    { attributeName: ALERT_TIME, keyType: 'RANGE' },
  ],
}));

/** Every attribute that is part of a key; all are texts. */
export const ALERT_KEY_ATTRIBUTES: readonly string[] = [
  KEY.partition,
  KEY.sort,
  ...Object.values(ALERT_INDEXES).map(({ attribute }) => attribute),
  ALERT_TIME,
];
