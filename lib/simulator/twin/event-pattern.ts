/** The patterns of EventBridge rules and of event-source mappings' filters: which events somebody wants. */
import { RingerError } from '../../core/errors.ts';

/** Every leaf is a list of what a field may be; every branch is a pattern for the object there. */
export type EventPattern = { readonly [field: string]: readonly unknown[] | EventPattern };

/**
 * Reads a pattern.
 *
 * @throws INVARIANT when it asks for a comparison that the twin does not know
 */
export function readPattern(pattern: unknown): EventPattern {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern))
    throw unknownPattern(pattern);
  for (const [field, wanted] of Object.entries(pattern)) {
    if (field.startsWith('$')) throw unknownPattern({ [field]: wanted as unknown });
    if (!Array.isArray(wanted)) readPattern(wanted);
    else for (const each of wanted) matches(undefined, each);
  }
  return pattern as EventPattern;
}

/** Tells whether an event fits. */
export function fits(event: unknown, pattern: EventPattern): boolean {
  const fields = (typeof event === 'object' && event !== null ? event : {}) as Record<string, unknown>;
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (!isList(wanted)) return fits(value, wanted);
    const values: readonly unknown[] = isList(value) && value.length > 0 ? value : [value];
    return values.some((each) => wanted.some((want) => matches(each, want)));
  });
}

function matches(value: unknown, want: unknown): boolean {
  if (typeof want !== 'object' || want === null) return value === want;
  const [[comparison, operand] = ['', undefined]] = Object.entries(want) as [string, unknown][];
  switch (comparison) {
    case 'exists':
      return (value !== undefined) === operand;
    case 'prefix':
      if (typeof operand !== 'string') break;
      return typeof value === 'string' && value.startsWith(operand);
    case 'suffix':
      if (typeof operand !== 'string') break;
      return typeof value === 'string' && value.endsWith(operand);
    case 'anything-but':
      return value !== undefined && ![operand].flat().some((each) => matches(value, each));
  }
  throw unknownPattern(want);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function unknownPattern(pattern: unknown): RingerError {
  return new RingerError('INVARIANT', `the twin does not know the event pattern ${JSON.stringify(pattern)}`);
}
