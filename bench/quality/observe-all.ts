/** Observes trials, two at a time. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Observed, Trial } from './trial.ts';

const AT_ONCE = 2;
const HEAP_MB = 4_096;

/**
 * Gives what was seen of each, in their order.
 *
 * @param done - told of each as it is done
 * @throws Error when a process fails; what it said is on stderr
 */
export async function observeAll(
  trials: readonly Trial[],
  done: (observed: Observed) => void,
): Promise<readonly Observed[]> {
  const seen: Observed[] = [];
  const queue = [...trials.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, trial] = next;
      const observed = await observeApart(trial);
      seen[index] = observed;
      done(observed);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return seen;
}

async function observeApart(trial: Trial): Promise<Observed> {
  const program = join(import.meta.dirname, 'observe-trial.ts');
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=16', program, JSON.stringify(trial)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const out = await text(child.stdout);
  const status = await ended;
  if (status !== 0) throw new Error(`trial ${JSON.stringify(trial)} ended with ${status}`);
  return JSON.parse(out) as Observed;
}
