/** `ringer init`: its options. */
import { Option, type Command } from 'commander';
import { MANIFESTS } from '../sources/manifests.ts';
import { QUESTIONS, SOURCES_FLAGS } from './init-questions.ts';
import type { InitOptions } from './init-write.ts';
import type { Then } from './then.ts';

export function addInitVerb(program: Command, then: Then): void {
  const init = program
    .command('init')
    .description('write a ringer.yaml; on a terminal, ask for what no option says')
    .option('--dir <dir>', 'the folder to write to', '.')
    .option('--force', 'write over files that are there')
    .addOption(new Option(SOURCES_FLAGS, 'what to read').choices(MANIFESTS.map(({ vendor }) => vendor)));
  for (const { flags, asks } of QUESTIONS) init.option(flags, asks);
  init.action(then(async (options: InitOptions) => (await import('./init-write.ts')).initVerb(options)));
}
