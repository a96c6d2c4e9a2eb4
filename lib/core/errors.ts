/** The one family of errors. Each code has an entry in `ERROR_CODES`, from which docs/errors.md is made. */

export const ERROR_CODES = {
  PATH_UNREADABLE: 'A path given on the command line is missing or cannot be read.',
  FILE_UNPARSABLE:
    'A file cannot be parsed at all: it is binary, or no JSON value or CSV header starts in it.',
  FILE_ENDS_EARLY: 'A file stops in the middle of a record, an array or its compressed stream.',
  NOTHING_SUPPORTED: 'No file held a record of a supported shape.',
  PEOPLE_UNREADABLE: 'The people file cannot be read or has no `email` column.',
  CONFIG_INVALID: 'ringer.yaml has an unknown key or a value of the wrong kind.',
  ENVIRONMENT_INVALID: 'A function was started without a setting it needs, or with one of the wrong kind.',
  GEO_DATABASE_UNREADABLE: 'A location database cannot be opened.',
  LIST_UNREADABLE: 'A downloaded list cannot be read, or is not in a shape Ringer knows.',
  OUTPUT_FAILED: 'A result could not be written.',
  SOURCE_DENIED: 'A vendor refused the credential or lacks a permission.',
  SOURCE_UNAVAILABLE: 'A vendor could not be reached, or answered with a fault.',
  SOURCE_SHAPE_CHANGED: 'A vendor answered with something that is not what its documentation says.',
  LEASE_LOST: 'Another run of the same feed took over; this one wrote nothing after that.',
  STORE_FAILED: 'A table, queue or topic could not be read or written.',
  INVARIANT: 'Ringer contradicted itself. Please report it.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Any failure Ringer names: a code to look up, a message with the facts a person needs, and the cause. */
export class RingerError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RingerError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/**
 * Gives what may be logged of anything that was thrown: our own words, or else only its name, for a runtime's message may
 * quote the data it failed on.
 */
export function nameOf(thrown: unknown): string {
  if (thrown instanceof RingerError) return thrown.message;
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

/** Gives the message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
