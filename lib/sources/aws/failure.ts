/** What a call to AWS failed of, in words that are safe to log: AWS's names of errors, and none of its messages. */
import { RingerError } from '../../core/errors.ts';

const DENIED =
  /^(?:AccessDenied|Unauthorized|UnrecognizedClient|InvalidClientToken|InvalidAccessKey|InvalidToken|ExpiredToken|SignatureDoesNotMatch|AuthFailure|OptInRequired|SubscriptionRequired|RegionDisabled|OperationNotPermitted|KMS)/;

/**
 * Makes the error of a call that failed for good.
 *
 * @param what - what was tried, `LookupEvents in 123456789012/eu-central-1`
 */
export function awsFailure(thrown: unknown, what: string): RingerError {
  if (thrown instanceof RingerError) return thrown;
  const message = `${what}: ${failureName(thrown)}`;
  return isDenied(thrown)
    ? new RingerError('SOURCE_DENIED', message, { cause: thrown })
    : new RingerError('SOURCE_UNAVAILABLE', message, { cause: thrown, retryable: true });
}

/** Tells whether AWS knows us not, or not well enough. */
export function isDenied(thrown: unknown): boolean {
  if (thrown instanceof RingerError) return thrown.code === 'SOURCE_DENIED';
  const status = statusOf(thrown);
  return status === 401 || status === 403 || DENIED.test(failureName(thrown));
}

/** Gives the name of an error, as AWS or the runtime calls it; of our own, what it says. */
export function failureName(thrown: unknown): string {
  if (thrown instanceof RingerError) return thrown.message;
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

/** Tells whether a call failed with an error that AWS calls so. */
export function isCalled(name: string, thrown: unknown): boolean {
  return thrown instanceof RingerError && thrown.cause instanceof Error && thrown.cause.name === name;
}

function statusOf(thrown: unknown): number | undefined {
  return (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}
