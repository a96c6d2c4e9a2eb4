/** `ringer approve`: its verbs and their options, one for each kind of exception. */
import { Option, type Command } from 'commander';
import type { ApprovalKind } from '../core/policy.ts';
import type { ApproveOptions } from './approve-record.ts';
import type { ApprovalsListOptions } from './approve-list.ts';
import type { WithdrawOptions } from './approve-withdraw.ts';
import { withStoreOptions } from './store-options.ts';
import type { Then } from './then.ts';

/** What each kind excepts, and what may narrow it. */
const KINDS: Readonly<
  Record<ApprovalKind, { readonly what: string; readonly by: readonly ('place' | 'name')[] }>
> = {
  travel: { what: 'being somewhere else for a while', by: ['place'] },
  location: { what: 'working from another place', by: ['place'] },
  tool: { what: 'a remote-access tool', by: ['name'] },
  software: { what: 'a program', by: ['name'] },
  egress: { what: 'a VPN or another way out to the Internet', by: ['name', 'place'] },
  bulk: { what: 'downloading or exporting a lot', by: ['name'] },
  sharing: { what: 'sharing outside the organization', by: ['name'] },
  leave: { what: 'being active while away', by: [] },
};

export function addApproveVerbs(program: Command, then: Then): void {
  const approve = program
    .command('approve')
    .description('exceptions with an end and a reason: record, list and withdraw them');
  const format = (): Option =>
    new Option('--format <format>', 'how to print').choices(['text', 'ndjson'] as const);

  for (const [kind, { what, by }] of Object.entries(KINDS) as [
    ApprovalKind,
    (typeof KINDS)[ApprovalKind],
  ][]) {
    const command = withStoreOptions(approve.command(kind).description(`approve ${what}`))
      .requiredOption(
        '--for <whom...>',
        'people=a@example.com,b@example.com, departments=NAME,NAME or devices=SERIAL,SERIAL',
      )
      .requiredOption('--until <date>', 'the last day, at most a year away')
      .requiredOption('--reason <text>', 'why, for whoever asks later')
      .option('--from <date>', 'the first day (default: it covers what came before, too)');
    if (by.includes('place'))
      command.option('--country <country>', 'only this country').option('--city <city>', 'only this city');
    if (by.includes('name')) command.option('--name <name>', 'only what is called this');
    command
      .option('--config <file>', 'ringer.yaml, which names the people file')
      .option('--people <file>', 'CSV of people, to know you by your other addresses and department')
      .addOption(format())
      .action(
        then(async (options: ApproveOptions) =>
          (await import('./approve-record.ts')).approveVerb(kind, options),
        ),
      );
  }

  withStoreOptions(approve.command('list').description('approvals that stand'))
    .option('--all', 'also those that have ended or were withdrawn')
    .addOption(format())
    .action(
      then(async (options: ApprovalsListOptions) =>
        (await import('./approve-list.ts')).approveListVerb(options),
      ),
    );

  withStoreOptions(approve.command('withdraw').description('take an approval back'))
    .argument('<id>', 'the id, or as much of its beginning as no other has')
    .requiredOption('--reason <text>', 'why')
    .action(
      then(async (id: string, options: WithdrawOptions) =>
        (await import('./approve-withdraw.ts')).approveWithdrawVerb(id, options),
      ),
    );
}
