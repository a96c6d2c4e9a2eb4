/** The flags of `npm run quality`. */
import { parseArgs } from 'node:util';
import { FULL, QUICK, SHORTEST_DAYS, type Size } from './plan.ts';
import { SEEDS, type SeedSet } from './seeds.ts';

export const USAGE = `npm run quality -- [flags]
  --seeds tune|report   whose worlds; thresholds are tuned on the first (default report)
  --quick               a small run, of a minute
  --people N, --days N  another size
  --check               exit 1 when a bar is missed; of a quick run, when by more than chance
  --page FILE           where the page goes (default docs/quality.md, of a full run with report seeds alone)
  --results FILE        the numbers as JSON, too
  --from FILE           no run: the page of such numbers
  --help                these lines`;

export interface Options {
  readonly seeds: SeedSet;
  readonly isQuick: boolean;
  readonly size: Size;
  readonly check: boolean;
  readonly page: string | undefined;
  readonly results: string | undefined;
  readonly from: string | undefined;
}

/** @throws TypeError or RangeError that says what is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: 'report' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      people: { type: 'string' },
      days: { type: 'string' },
      page: { type: 'string' },
      results: { type: 'string' },
      from: { type: 'string' },
    },
  });
  const seeds = Object.keys(SEEDS).find((set) => set === values.seeds) as SeedSet | undefined;
  if (seeds === undefined) throw new RangeError(`--seeds: expected tune or report, got ${values.seeds}`);
  const { people = '', days = '' } = values;
  const normal = values.quick ? QUICK : FULL;
  const isPublished = seeds === 'report' && !values.quick && people === '' && days === '';
  return {
    seeds,
    isQuick: values.quick,
    size: {
      ...normal,
      people: wholeOf('--people', people) ?? normal.people,
      days: wholeOf('--days', days, SHORTEST_DAYS) ?? normal.days,
    },
    check: values.check,
    page: values.page ?? (isPublished ? 'docs/quality.md' : undefined),
    results: values.results,
    from: values.from,
  };
}

function wholeOf(flag: string, text: string, least = 1): number | undefined {
  if (text === '') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${flag}: expected a whole number, ${least} or more, got ${text}`);
  return value;
}
