import fc from 'fast-check';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aws } from '../../../lib/sources/aws/index.ts';
import { feedOf } from '../../../lib/sources/index.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { consoleLogin } from './records.ts';

const FIXTURES = join(__dirname, '..', '..', 'fixtures');

const records = ['aws', 'ssm'].flatMap((source) =>
  globSync(`${source}/*/*.json`, { cwd: FIXTURES })
    .filter((path) => !path.endsWith('.expected.json'))
    .sort()
    .map((path) => readFileSync(join(FIXTURES, path), 'utf8')),
);

/** Every place in a record where something else could stand. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function graft(value: unknown, path: readonly string[], other: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return other;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  copy[key] = graft(copy[key], rest, other);
  return copy;
}

describe('whatever stands where', () => {
  it('never throws, and every outcome is well formed', () => {
    const grafted = fc
      .constantFrom(...records)
      .map((text) => JSON.parse(text) as RawRecord)
      .chain((record) =>
        fc.tuple(fc.constant(record), fc.constantFrom(...placesIn(record).slice(1)), fc.jsonValue()),
      )
      .map(([record, path, other]) => graft(record, path, other) as RawRecord);
    fc.assert(
      fc.property(grafted, (record) => {
        aws.unwrap?.(record);
        for (const feed of aws.feeds) {
          if (!feed.recognizes(record)) continue;
          const normalized = feed.normalize(record, { observedTime: 0 });
          if (normalized.outcome === 'events') {
            for (const event of normalized.events) {
              expect(Number.isFinite(event.time)).toBe(true);
              expect(event.uid).not.toBe('');
            }
          } else expect(normalized.because).not.toBe('');
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves prototypes alone', () => {
    const record = JSON.parse(
      JSON.stringify(consoleLogin({ eventID: undefined })).replace(
        /^\{/,
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
      ),
    ) as RawRecord;
    const normalized = feedOf(record)?.normalize(record, { observedTime: 0 });
    expect(normalized?.outcome).toBe('events');
    expect(JSON.stringify(normalized)).not.toContain('polluted');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('reads a record nested deeper than any of AWS’s', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const record = JSON.stringify(consoleLogin({ eventID: undefined })).replace(/\}$/, `,"future":${deep}}`);
    const element = { EventName: 'ConsoleLogin', EventTime: '2025-03-03T09:00:00Z', CloudTrailEvent: record };
    expect(feedOf(element)?.normalize(element, { observedTime: 0 }).outcome).toBe('events');
  });

  it('cuts what is too long', () => {
    const record = consoleLogin({ userAgent: 'x'.repeat(1e6), eventID: 'y'.repeat(1e6) });
    expect(JSON.stringify(feedOf(record)?.normalize(record, { observedTime: 0 })).length).toBeLessThan(5_000);
  });
});
