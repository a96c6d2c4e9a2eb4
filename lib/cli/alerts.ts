/** `ringer alerts`: its verbs and their options. What each does is in the file of its name. */
import { Option, type Command } from 'commander';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { STATUSES } from '../stores/alert-life.ts';
import type { ActOptions } from './alerts-act.ts';
import type { ExportOptions } from './alerts-export.ts';
import type { ListOptions } from './alerts-list.ts';
import type { ShowOptions } from './alerts-show.ts';
import { withStoreOptions, type StoreOptions } from './store-options.ts';
import type { Then } from './then.ts';

export function addAlertsVerbs(program: Command, then: Then): void {
  const alerts = program.command('alerts').description('alerts that are kept: look at them, act on them');
  const verb = (name: string, description: string): Command =>
    withStoreOptions(alerts.command(name).description(description));
  const since = '--since <time>';
  const until = '--until <time>';

  verb('list', 'alerts, one a line')
    .addOption(new Option('--status <status...>', 'only these').choices(STATUSES))
    .addOption(new Option('--severity <severity>', 'this severe or worse').choices(SEVERITIES))
    .option(since, 'of this time or later')
    .option(until, 'before this time')
    .option('--subject <id>', 'about this person (e-mail), account, device or address')
    .option('--detection <id>', 'of this detection')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'ndjson', 'csv']))
    .action(then(async (options: ListOptions) => (await import('./alerts-list.ts')).alertsListVerb(options)));

  verb('show', 'one alert with its history')
    .argument('<id>', 'the id, or as much of its beginning as no other has')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'ndjson']))
    .action(
      then(async (id: string, options: ShowOptions) =>
        (await import('./alerts-show.ts')).alertsShowVerb(id, options),
      ),
    );

  verb('export', 'alerts with their histories, for auditors')
    .option(since, 'alerts of this time or later')
    .option(until, 'alerts before this time')
    .option('--out <file>', 'write here instead of stdout')
    .addOption(
      new Option('--format <format>', 'ndjson: one alert a line; csv: one change a line')
        .choices(['ndjson', 'csv'])
        .default('ndjson'),
    )
    .action(
      then(async (options: ExportOptions) => (await import('./alerts-export.ts')).alertsExportVerb(options)),
    );

  const act = (name: 'acknowledge' | 'close' | 'reopen' | 'note', description: string, why: string): void => {
    const command = verb(name, description).argument('<id>', 'the id, or its beginning');
    if (name === 'acknowledge') command.option('--reason <text>', why);
    else command.requiredOption('--reason <text>', why);
    command.action(
      then(async (id: string, options: ActOptions) =>
        (await import('./alerts-act.ts')).alertsActVerb(name, id, options),
      ),
    );
  };
  act('acknowledge', 'say that you are looking at it', 'what you are doing about it');
  act('close', 'say that it is done with', 'what it was, for whoever asks later');
  act('reopen', 'open it again', 'why it is not done with');
  act('note', 'write something into its history', 'the note');

  verb('test', 'send a marked alert the whole way, and report each hop').action(
    then(async (options: StoreOptions) => (await import('./alerts-test.ts')).alertsTestVerb(options)),
  );
}
