/** `ringer doctor`: tries every feed of every connection, and says in words what to fix. */
import { configOf } from './config-option.ts';
import { checkUp, type Checkup } from './doctor-probe.ts';
import { checkupJson, checkupText } from './doctor-report.ts';
import { EXIT } from './exit.ts';
import { namedSources } from './named-sources.ts';
import { ProgressLine } from './terminal.ts';

export interface DoctorOptions {
  readonly config?: string;
  readonly source?: readonly string[];
  readonly format?: 'text' | 'json';
}

/** @returns 0 every feed can be read · 1 one of them would be blind · 2 wrong usage */
export async function doctorVerb(options: DoctorOptions): Promise<number> {
  const sources = namedSources(configOf(options.config), options.source);
  const line = new ProgressLine();
  let done = 0;
  const checkups: readonly Checkup[] = await Promise.all(
    sources.map(async (source) => {
      const checkup = await checkUp(source);
      done += 1;
      line.show(() => `tried ${done} of ${sources.length} connections`);
      return checkup;
    }),
  );
  line.clear();
  process.stdout.write(options.format === 'json' ? checkupJson(checkups) : checkupText(checkups, Date.now()));
  const isBlind = checkups.some(({ feeds }) => feeds.some(({ state }) => state === 'blind'));
  return isBlind ? EXIT.failed : EXIT.done;
}
