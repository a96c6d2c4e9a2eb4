/** What a target is given of an event: all of it, a part, a constant, or a text with parts of it set in. */
import { RingerError } from '../../core/errors.ts';

/** As CloudFormation writes it in a target. */
export interface TargetInput {
  /** JSON. */
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/**
 * Gives what the target gets.
 *
 * @throws INVARIANT for a path with more than names in it
 */
export function inputOf(event: unknown, { Input, InputPath, InputTransformer }: TargetInput): unknown {
  if (Input !== undefined) return JSON.parse(Input);
  if (InputPath !== undefined) return valueAt(event, InputPath);
  return InputTransformer === undefined ? event : transformed(event, InputTransformer);
}

function transformed(
  event: unknown,
  { InputPathsMap = {}, InputTemplate }: NonNullable<TargetInput['InputTransformer']>,
): unknown {
  let isQuoted = false;
  // A part inside quotation marks is set in as it is; elsewhere it is JSON.
  const text = InputTemplate.replace(/\\.|"|<([\w-]+)>/g, (found: string, name: string | undefined) => {
    if (found === '"') isQuoted = !isQuoted;
    if (name === undefined) return found;
    return isQuoted ? inQuotes(partOf(name)) : (JSON.stringify(partOf(name)) ?? '""');
  });
  return JSON.parse(text);

  function partOf(name: string): unknown {
    const path = InputPathsMap[name];
    if (path === undefined) throw new RingerError('INVARIANT', `the input template names no <${name}>`);
    return valueAt(event, path);
  }
}

function inQuotes(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return JSON.stringify(text).slice(1, -1);
}

function valueAt(event: unknown, path: string): unknown {
  if (!/^\$(?:\.[\w-]+)*$/.test(path)) throw new RingerError('INVARIANT', `the twin cannot follow ${path}`);
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], event);
}
