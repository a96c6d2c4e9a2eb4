/** `--source`: which connections of ringer.yaml a verb is about. */
import type { RingerConfig } from '../config/schema.ts';
import { UsageError } from './usage-error.ts';

/**
 * Finds connections by their names or vendors, whatever the case; all of them when none is named.
 *
 * @throws UsageError naming what there is
 */
export function namedSources(
  { sources }: Pick<RingerConfig, 'sources'>,
  named: readonly string[] = [],
): RingerConfig['sources'] {
  const wanted = new Set(named.map((name) => name.toLowerCase()));
  const known = new Set(sources.flatMap(({ name, type }) => [name.toLowerCase(), type]));
  const unknown = [...wanted].filter((name) => !known.has(name));
  const all = sources.map(({ name }) => name).join(', ');
  if (unknown.length > 0)
    throw new UsageError(
      `--source: ringer.yaml has no ${unknown.join(', ')}; it has ${all === '' ? 'none' : all}`,
    );
  if (sources.length === 0)
    throw new UsageError('ringer.yaml has no sources: `ringer init` writes one, --config names another');
  return sources.filter(
    ({ name, type }) => wanted.size === 0 || wanted.has(name.toLowerCase()) || wanted.has(type),
  );
}
