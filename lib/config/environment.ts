/** The one reader of `process.env`: each function declares what it needs and gets it typed, or does not start. */
import { RingerError } from '../core/errors.ts';

/** Reads one variable: gives its value, or throws an `Error` that says what was expected. */
export interface Variable<T> {
  readonly name: string;
  /** `undefined` when the variable is missing or empty. */
  readonly read: (text: string | undefined) => T;
}

type Values<V extends Readonly<Record<string, Variable<unknown>>>> = {
  readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never;
};

/**
 * Reads what a function declares it needs.
 *
 * @throws ENVIRONMENT_INVALID naming every variable that is missing or wrong, never its value
 * @example readEnvironment({ table: text('ALERTS_TABLE'), size: wholeNumber('PAGE_SIZE') }).size // => 100
 */
export function readEnvironment<V extends Readonly<Record<string, Variable<unknown>>>>(
  variables: V,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Values<V> {
  const problems: string[] = [];
  const values: [string, unknown][] = [];
  for (const [key, { name, read }] of Object.entries(variables)) {
    const written = environment[name]?.trim();
    try {
      values.push([key, read(written === '' ? undefined : written)]);
    } catch (thrown) {
      const state = written === undefined || written === '' ? 'is missing' : 'is wrong';
      problems.push(
        `${name} ${state}: expected ${thrown instanceof Error ? thrown.message : 'another value'}`,
      );
    }
  }
  if (problems.length > 0) throw new RingerError('ENVIRONMENT_INVALID', problems.join('\n'));
  return Object.fromEntries(values) as Values<V>;
}

export function text(name: string): Variable<string> {
  return variable(name, 'text', (written) => written);
}

/** A whole number of 0 or more. */
export function wholeNumber(name: string): Variable<number> {
  return variable(name, 'a whole number', (written) =>
    /^\d{1,15}$/.test(written) ? Number(written) : undefined,
  );
}

export function yesOrNo(name: string): Variable<boolean> {
  return variable(name, 'true or false', (written) =>
    written === 'true' ? true : written === 'false' ? false : undefined,
  );
}

export function url(name: string): Variable<string> {
  return variable(name, 'a URL', (written) => (URL.canParse(written) ? written : undefined));
}

export function oneOf<const W extends readonly string[]>(name: string, words: W): Variable<W[number]> {
  return variable(name, `one of ${words.join(', ')}`, (written) => words.find((word) => word === written));
}

/** Makes a variable that may be missing; a wrong one is still an error. */
export function optional<T>(of: Variable<T>): Variable<T | undefined> {
  return { name: of.name, read: (written) => (written === undefined ? undefined : of.read(written)) };
}

function variable<T>(name: string, expected: string, parse: (written: string) => T | undefined): Variable<T> {
  return {
    name,
    read(written) {
      const value = written === undefined ? undefined : parse(written);
      if (value === undefined) throw new Error(expected);
      return value;
    },
  };
}
