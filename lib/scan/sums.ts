/**
 * What became of every record: records = used + skipped + rejected, for each source.
 */
import type { SourceId } from '../core/events/index.ts';

/** A source as sums name it; `other` holds what is of no supported shape. */
export type CountedSource = Exclude<SourceId, 'ringer'> | 'other';
export type SkipReason = 'duplicate' | 'unsupported' | 'irrelevant';

export interface SourceSum {
  records: number;
  used: number;
  skipped: Record<SkipReason, number>;
  rejected: number;
  events: number;
}

/** One rejected record: where it is and what is wrong with it. */
export interface Rejection {
  readonly source: CountedSource;
  readonly file: string;
  readonly line?: number;
  readonly record: number;
  readonly because: string;
}

/** Most rejections listed one by one; all are counted. */
const REJECTIONS_LISTED = 1_000;

const ORDER: readonly CountedSource[] = ['okta', 'entra', 'intune', 'm365', 'google', 'aws', 'ssm', 'other'];

/** Gives the source that somebody has named; `other` for anything that is none. */
export function sourceNamed(name: unknown): CountedSource {
  return ORDER.find((source) => source === name) ?? 'other';
}

/** Counts records by source and outcome. */
export class Sums {
  readonly bySource = new Map<CountedSource, SourceSum>();
  readonly rejections: Rejection[] = [];
  rejectedInAll = 0;

  used(source: CountedSource, events: number): void {
    const sum = this.#of(source);
    sum.used += 1;
    sum.events += events;
  }

  skipped(source: CountedSource, reason: SkipReason): void {
    this.#of(source).skipped[reason] += 1;
  }

  rejected(rejection: Rejection): void {
    this.#of(rejection.source).rejected += 1;
    this.rejectedInAll += 1;
    if (this.rejections.length < REJECTIONS_LISTED) this.rejections.push(rejection);
  }

  /** The sources that had records, in a fixed order. */
  list(): readonly (readonly [CountedSource, SourceSum])[] {
    return ORDER.flatMap((source) => {
      const sum = this.bySource.get(source);
      return sum === undefined ? [] : [[source, sum] as const];
    });
  }

  /** Tells whether any record had a supported shape, damaged or not. */
  anySupported(): boolean {
    return this.list().some(([source, sum]) => source !== 'other' && sum.records > 0);
  }

  #of(source: CountedSource): SourceSum {
    let sum = this.bySource.get(source);
    if (sum === undefined) {
      sum = {
        records: 0,
        used: 0,
        skipped: { duplicate: 0, unsupported: 0, irrelevant: 0 },
        rejected: 0,
        events: 0,
      };
      this.bySource.set(source, sum);
    }
    sum.records += 1;
    return sum;
  }
}

/**
 * Writes one source's sum as a line.
 *
 * @example sumLine('okta', sum) // => 'okta: records 120 = used 100 + skipped 19 + rejected 1, events 104'
 */
export function sumLine(source: CountedSource, sum: SourceSum): string {
  const skipped = sum.skipped.duplicate + sum.skipped.unsupported + sum.skipped.irrelevant;
  return `${source}: records ${sum.records} = used ${sum.used} + skipped ${skipped} + rejected ${sum.rejected}, events ${sum.events}`;
}
