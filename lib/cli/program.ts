/** The command `ringer`: its verbs, and what becomes of their failures. */
import { Command, CommanderError, Option } from 'commander';
import { messageOf, RingerError } from '../core/errors.ts';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { addAlertsVerbs } from './alerts.ts';
import { addApproveVerbs } from './approve.ts';
import type { CollectOptions } from './collect.ts';
import type { ConnectOptions } from './connect.ts';
import type { DoctorOptions } from './doctor.ts';
import { EXIT } from './exit.ts';
import { addInitVerb } from './init.ts';
import type { RedriveOptions } from './redrive.ts';
import type { ScanOptions } from './scan.ts';
import { stdoutTaken, watchStdout } from './stdout.ts';
import type { Then } from './then.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs one command line.
 *
 * @param args - without the program's own name
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const then: Then =
    (verb) =>
    async (...given) => {
      code = await verb(...given);
    };

  const program = new Command('ringer')
    .description(
      'Finds the remote worker who is not who they claim to be, in identity, SaaS and device logs.',
    )
    .exitOverride()
    .configureHelp({ sortSubcommands: true })
    .showSuggestionAfterError(true);

  program
    .command('scan')
    .description('read exported logs, offline, and print alerts')
    .argument('<path...>', 'files and folders: .json .ndjson .jsonl .csv, each also .gz')
    .option('--config <file>', 'ringer.yaml')
    .option('--people <file>', 'CSV of people: who works where')
    .option('--geo <file...>', 'location databases of your own: City, ASN, ISP or Anonymous-IP (.mmdb)')
    .option('--now <time>', 'evaluate as of this time (default: that of the newest event)')
    .addOption(new Option('--format <format>', 'how to print alerts').choices(['text', 'ndjson']))
    .option('--out <file>', 'write alerts here instead of stdout')
    .option('--summary <file>', 'write what became of every record, as JSON')
    .option('--store <dir>', 'keep the alerts in this folder, for `ringer alerts`')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit 3 when an open, unapproved alert is at least this severe',
      ).choices(SEVERITIES),
    )
    .action(
      then(async (paths: readonly string[], options: ScanOptions) =>
        (await import('./scan.ts')).scanVerb(paths, options),
      ),
    );

  program
    .command('collect')
    .description('pull the live sources into a store in a folder, and detect as it goes')
    .option('--config <file>', 'ringer.yaml (default: that of this folder)')
    .option('--people <file>', 'CSV of people: who works where')
    .option('--store <dir>', 'the folder of the store (default: ringer-store)')
    .option('--source <name...>', 'only these connections of ringer.yaml')
    .option('--since <time>', 'how far back a first run looks: 2026-03-01, or 30 days (default: 14 days)')
    .option('--once', 'read every feed to its end, then stop (the default)')
    .option('--watch', 'read each feed again when it is due, until interrupted')
    .option('--events-out <file>', 'append a line for each event that is stored')
    .action(then(async (options: CollectOptions) => (await import('./collect.ts')).collectVerb(options)));

  program
    .command('doctor')
    .description('try every source and say what to fix')
    .option('--config <file>', 'ringer.yaml (default: that of this folder)')
    .option('--source <name...>', 'only these connections of ringer.yaml')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']))
    .action(then(async (options: DoctorOptions) => (await import('./doctor.ts')).doctorVerb(options)));

  program
    .command('demo')
    .description('deploy Ringer on this machine and live a fortnight of an invented company')
    .action(then(async () => (await import('./demo.ts')).demoVerb()));

  addInitVerb(program, then);

  program
    .command('connect')
    .description('put the credential of a connection or a Slack channel into its secret, once it works')
    .argument('<name>', 'of the connection in ringer.yaml, its vendor, or a channel')
    .option('--config <file>', 'ringer.yaml (default: that of this folder)')
    .option('--environment <name>', 'of the deployment, where it has one')
    .option('--from <file>', 'a file with the secret; else a terminal is asked, or stdin read')
    .option('--subject <email>', 'for Google: the administrator to act as')
    .option('--no-verify', 'store it without trying it')
    .action(
      then(async (name: string, options: ConnectOptions) =>
        (await import('./connect.ts')).connectVerb(name, options),
      ),
    );

  addAlertsVerbs(program, then);
  addApproveVerbs(program, then);

  program
    .command('redrive')
    .description('send events of the dead-letter queue back, and say what else lies there')
    .requiredOption('--stack <name>', 'the deployment, or its stack with the queues: Ringer, RingerPipeline')
    .option('--limit <number>', 'at most so many messages')
    .option('--dry-run', 'only look')
    .action(then(async (options: RedriveOptions) => (await import('./redrive.ts')).redriveVerb(options)));

  const detections = program.command('detections').description('what Ringer can find');
  detections
    .command('list')
    .description('every detection, one a line')
    .action(then(async () => (await import('./detections.ts')).listDetections()));
  detections
    .command('show')
    .argument('<id>')
    .description('all about one detection')
    .action(then(async (id: string) => (await import('./detections.ts')).showDetection(id)));

  const sources = program.command('sources').description('what Ringer can read');
  sources
    .command('list')
    .description('every feed, one a line')
    .action(then(async () => (await import('./sources.ts')).listSources()));
  sources
    .command('show')
    .argument('<vendor>')
    .description('all about one vendor')
    .action(then(async (vendor: string) => (await import('./sources.ts')).showSource(vendor)));

  program
    .command('lists')
    .description('lists of networks and remote-access tools')
    .command('refresh')
    .description('merge downloaded lists: VPN and hosting ranges, a LOLRMM export')
    .requiredOption('--from <file-or-url...>', 'files, or https addresses')
    .action(
      then(async (options: { from: readonly string[] }) =>
        (await import('./lists.ts')).listsRefreshVerb(options.from),
      ),
    );

  watchStdout();
  try {
    await program.parseAsync([...args], { from: 'user' }).catch(unlessHelped);
    if (code === EXIT.done) await stdoutTaken();
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return EXIT.usage;
    process.stderr.write(`ringer: ${failureText(thrown)}\n`);
    return thrown instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

/** Commander ends by an exception even when it has said what it was asked. */
function unlessHelped(thrown: unknown): void {
  if (!(thrown instanceof CommanderError) || thrown.exitCode !== 0) throw thrown;
}

function failureText(thrown: unknown): string {
  return thrown instanceof RingerError ? `${thrown.code}: ${thrown.message}` : messageOf(thrown);
}
