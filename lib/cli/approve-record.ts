/** `ringer approve KIND`: records an exception, unless it is the caller's own. */
import { approval as approvalSchema } from '../config/policy-schema.ts';
import { readPeopleFile } from '../config/people-file.ts';
import { problemsOf } from '../config/problems.ts';
import { buildDirectory } from '../core/people/directory.ts';
import type { Person } from '../core/people/person.ts';
import { covers, type Approval, type ApprovalKind, type For } from '../core/policy.ts';
import { DAY_MS, type EpochMs } from '../core/time.ts';
import { recordApproval } from '../stores/approvals.ts';
import { coversCaller } from './approve-oneself.ts';
import { printApprovals, type ApprovalFormat } from './approve-text.ts';
import { configOf } from './config-option.ts';
import { EXIT } from './exit.ts';
import { withTable, type StoreOptions } from './store-options.ts';
import { notice } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface ApproveOptions extends StoreOptions {
  readonly for: readonly string[];
  readonly until: string;
  readonly reason: string;
  readonly from?: string;
  readonly country?: string;
  readonly city?: string;
  readonly name?: string;
  readonly config?: string;
  readonly people?: string;
  readonly format?: ApprovalFormat;
}

/** A year, whichever day of it is the last. */
const LONGEST_MS = 366 * DAY_MS;
const SCOPES = ['people', 'departments', 'devices'] as const;

/** Records it and prints it with its id; exit code 1 when it is refused. */
export function approveVerb(kind: ApprovalKind, options: ApproveOptions): Promise<number> {
  const now = Date.now();
  const approval = approvalOf(kind, options, now);
  const people = peopleOf(options);
  if ((approval.for.departments ?? []).length > 0 && people.length === 0)
    throw new UsageError('--for departments=… needs a people file, which says who is in them: --people FILE');
  return withTable('directory', options, async (directory, { who, name }) => {
    const oneself = coversCaller(approval.for, name, people);
    if (oneself !== undefined) {
      notice(
        `ringer: refused: you are ${name}, and it would cover ${oneself}; ask somebody else to approve it`,
      );
      return EXIT.failed;
    }
    for (const unknown of unknownIn(approval.for, people))
      notice(`the people file has nobody by that name: ${JSON.stringify(unknown)}`);
    const recorded = await recordApproval(directory, { ...approval, owner: name }, who, now);
    await printApprovals([recorded], options.format, now);
    return EXIT.done;
  });
}

/** @throws UsageError naming the option and what was expected */
function approvalOf(kind: ApprovalKind, options: ApproveOptions, now: EpochMs): Approval {
  const { from, until, reason, country, city, name } = options;
  const written = Object.fromEntries(
    Object.entries({ kind, for: scopeOf(options.for), from, until, reason, country, city, name }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const result = approvalSchema.safeParse(written);
  if (!result.success) {
    const problems = problemsOf(result.error.issues, written, () => 1);
    throw new UsageError(problems.map(({ message }) => `--${message}`).join('\n'));
  }
  if (result.data.until <= now) throw new UsageError('--until: expected a date that is still to come');
  if (result.data.until > now + LONGEST_MS)
    throw new UsageError('--until: expected a date within a year; approve it again then');
  return result.data;
}

/**
 * Reads `--for`.
 *
 * @example scopeOf(['people=a@example.com,b@example.com']) // => { people: ['a@example.com', 'b@example.com'] }
 */
function scopeOf(written: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const scope: Record<string, string[]> = {};
  for (const each of written) {
    const [, key = '', list = ''] = /^\s*(\w+)\s*=(.*)$/s.exec(each) ?? [];
    const names = list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (!SCOPES.some((name) => name === key) || names.length === 0)
      throw new UsageError(
        `--for: expected people=…, departments=… or devices=… with at least one name, got ${JSON.stringify(each.slice(0, 60))}`,
      );
    (scope[key] ??= []).push(...names);
  }
  return scope;
}

/** A name that is written wrong excepts nobody; but the directories know more people than the file. */
function unknownIn(scope: For, people: readonly Person[]): readonly string[] {
  if (people.length === 0) return [];
  const isUnknown = (of: For): boolean => !people.some((person) => covers(of, { person }));
  return [
    ...(scope.people ?? []).filter((each) => isUnknown({ people: [each] })),
    ...(scope.departments ?? []).filter((each) => isUnknown({ departments: [each] })),
  ];
}

function peopleOf({ people, config }: ApproveOptions): readonly Person[] {
  const path = people ?? configOf(config).people;
  if (path === undefined) return [];
  return buildDirectory({ roster: readPeopleFile(path).people, users: [] }).people;
}
