/** Approvals, as they are printed. */
import { safeText } from '../core/alerts/text.ts';
import type { For } from '../core/policy.ts';
import { dayOf, type EpochMs } from '../core/time.ts';
import type { RecordedApproval } from '../stores/approvals.ts';
import { openWriter } from './alerts-writer.ts';
import { columns } from './columns.ts';

export type ApprovalFormat = 'text' | 'ndjson';

/** Prints a table on a terminal, else one JSON object a line. */
export async function printApprovals(
  approvals: readonly RecordedApproval[],
  format: ApprovalFormat | undefined,
  now: EpochMs,
): Promise<void> {
  const asText = format === undefined ? process.stdout.isTTY : format === 'text';
  const writer = openWriter(undefined);
  await writer.write(
    asText
      ? columns([HEADER, ...approvals.map((each) => row(each, now))])
      : approvals.map((each) => `${JSON.stringify(approvalJson(each))}\n`).join(''),
  );
  await writer.end();
}

const HEADER = ['ID', 'KIND', 'FOR', 'ONLY', 'UNTIL', 'STATUS', 'BY', 'REASON'];

function row(approval: RecordedApproval, now: EpochMs): readonly string[] {
  const { id, kind, country, city, name, until, who, owner, reason } = approval;
  const only = [name, city, country].filter((each) => each !== undefined).join(', ');
  return [
    id,
    kind,
    whom(approval.for),
    only || '-',
    dayOf(until),
    statusOf(approval, now),
    owner ?? who,
    reason,
  ].map(safeText);
}

function whom({ people = [], departments = [], devices = [] }: For): string {
  const [first = '', ...rest] = [...people, ...departments, ...devices];
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function statusOf({ withdrawn, from, until }: RecordedApproval, now: EpochMs): string {
  if (withdrawn !== undefined) return 'withdrawn';
  if (until < now) return 'ended';
  return from !== undefined && from > now ? 'to come' : 'standing';
}

/** Instants as the contract writes them. */
function approvalJson({ createdTime, from, until, withdrawn, ...rest }: RecordedApproval): object {
  return {
    ...rest,
    ...(from === undefined ? {} : { from: iso(from) }),
    until: iso(until),
    createdTime: iso(createdTime),
    ...(withdrawn === undefined ? {} : { withdrawn: { ...withdrawn, time: iso(withdrawn.time) } }),
  };
}

function iso(time: EpochMs): string {
  return new Date(time).toISOString();
}
