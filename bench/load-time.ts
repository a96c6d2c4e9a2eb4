/** How long a program takes to load, in a process of its own that has just begun. */
import { spawnSync } from 'node:child_process';

export interface LoadTime {
  /** What loading takes of a processor: about the time it takes on one that has nothing else to do. */
  readonly cpuMs: number;
  /** On the clock, whatever else the machine did. */
  readonly wallMs: number;
  /** The whole process, from its start to its end. */
  readonly processMs: number;
}

/**
 * Loads a CommonJS module as Lambda does.
 *
 * @param path - without one, nothing is loaded
 * @param environment - all the variables that there are
 * @throws Error with what the process said, when the module cannot be loaded
 */
export function loadTime(
  path: string | undefined,
  environment: Readonly<Record<string, string>> = {},
): LoadTime {
  const load = path === undefined ? '' : `require(${JSON.stringify(path)});`;
  const program = `const cpu = process.threadCpuUsage(), start = performance.now();
${load}
const wallMs = performance.now() - start, { user, system } = process.threadCpuUsage(cpu);
process.stdout.write('\\nLOADED ' + JSON.stringify([(user + system) / 1000, wallMs]));
process.exit(0);`;
  const started = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ['--eval', program], {
    env: { ...environment },
    encoding: 'utf8',
  });
  const processMs = Number(process.hrtime.bigint() - started) / 1e6;
  const said = /LOADED (\[.*\])/.exec(child.stdout)?.[1];
  if (said === undefined) throw new Error(`${path ?? 'nothing'} did not load: ${child.stderr.slice(-2_000)}`);
  const [cpuMs, wallMs] = JSON.parse(said) as [number, number];
  return { cpuMs, wallMs, processMs };
}
