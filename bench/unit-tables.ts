/** Tallies as tables: what a part of a run took, by function and by kind of item. */
import { columns } from '../lib/cli/columns.ts';
import type { Units } from './measured.ts';
import type { FunctionTally, Tally } from './tally.ts';

/** What else is asked of AWS, as it is billed. */
const REQUESTS = {
  'S3 PUT': ['s3:PutObject'],
  'S3 GET': ['s3:GetObject', 's3:ListBucket'],
  SQS: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
  SNS: ['sns:Publish'],
  BUS: ['events:PutEvents'],
  SECRET: ['secretsmanager:GetSecretValue'],
} as const;

/** @param hours - with them, everything is told an hour */
export function functionTable({ functions }: Tally, hours = 1): string {
  const rows = [...functions].sort(([a], [b]) => (a < b ? -1 : 1));
  const kinds = Object.values(REQUESTS);
  return columns([
    ['FUNCTION', 'RUNS', 'CPU ms/RUN', 'WRITE UNITS', 'READ UNITS', ...Object.keys(REQUESTS)],
    ...rows.map(([name, sum]) => [
      name,
      amount(sum.runs / hours),
      (sum.cpuMs / sum.runs).toFixed(1),
      amount(sum.writes / hours),
      amount(sum.reads / hours),
      ...kinds.map((actions) => amount(requested(sum, actions) / hours)),
    ]),
  ]);
}

/** Says where units go, the dearest first: a write costs five times a read. */
export function kindTable(kinds: ReadonlyMap<string, Units>): string {
  const rows = [...kinds]
    .filter(([, { writes, reads }]) => Math.max(writes, reads) > 0.0005)
    .sort(([, a], [, b]) => b.writes * 5 + b.reads - (a.writes * 5 + a.reads));
  return columns([
    ['WHERE UNITS GO', 'WRITE UNITS', 'READ UNITS'],
    ...rows.map(([kind, { writes, reads }]) => [kind, amount(writes, 3), amount(reads, 3)]),
  ]);
}

/** Gives the units of each kind, in a share and without what they are anyhow. */
export function kindsOf(
  { kinds }: Tally,
  share: number,
  anyhow: ReadonlyMap<string, Units> = new Map(),
): ReadonlyMap<string, Units> {
  return new Map(
    [...kinds].map(([kind, { writes, reads }]) => {
      const { writes: otherWrites = 0, reads: otherReads = 0 } = anyhow.get(kind) ?? {};
      return [kind, { writes: (writes - otherWrites) * share, reads: (reads - otherReads) * share }];
    }),
  );
}

export function sumOf(kinds: ReadonlyMap<string, Units>): Units {
  const sum = { writes: 0, reads: 0 };
  for (const { writes, reads } of kinds.values()) {
    sum.writes += writes;
    sum.reads += reads;
  }
  return sum;
}

function requested({ requests }: FunctionTally, actions: readonly string[]): number {
  return actions.reduce((sum, action) => sum + (requests.get(action) ?? 0), 0);
}

function amount(value: number, digits = 1): string {
  return Math.abs(value) < 0.5 * 10 ** -digits ? '-' : value.toFixed(digits);
}
