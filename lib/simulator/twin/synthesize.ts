/** Synthesises the CDK app as `cdk synth` would, in a process of its own: what runs here never loads CDK. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RingerError } from '../../core/errors.ts';

export interface Synthesis {
  /** The project's folder. */
  readonly root: string;
  /** Where the assembly goes. */
  readonly into: string;
  /** Context beside that of cdk.json: `{ config: 'ringer.yaml' }`. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** Functions run as they are in the checkout, and checks have their own place. */
const FAST = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-metadata-trace': true };

/** @throws CONFIG_INVALID with what the app said, when it failed */
export async function synthesize({ root, into, context }: Synthesis): Promise<void> {
  const { context: own } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  const child = spawn(process.execPath, [join('bin', 'app.ts')], {
    cwd: root,
    env: {
      CDK_OUTDIR: into,
      CDK_CONTEXT_JSON: JSON.stringify({ ...own, ...FAST, ...context }),
      CDK_VALIDATION: 'false',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0)
    throw new RingerError('CONFIG_INVALID', `the app could not be synthesised:\n${said.join('')}`);
}
