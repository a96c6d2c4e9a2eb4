/** Runs the command as a user does, in a process of its own, while this one goes on answering it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const COMMAND = join(__dirname, '..', '..', 'bin', 'ringer.ts');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param options - the folder to run it in, and what it reads from stdin
 */
export async function runRinger(
  args: readonly string[],
  { cwd, stdin = '' }: { readonly cwd: string; readonly stdin?: string },
): Promise<Ran> {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd, env: process.env });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  // It may end before it has read anything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}
