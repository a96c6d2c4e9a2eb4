/** Where the twin's resources are, as their ARNs say. */

/** The account that the emulators have built in. */
export const TWIN_ACCOUNT_ID = '000000000000';
export const TWIN_REGION = 'eu-central-1';

/**
 * Gives the ARN of a resource.
 *
 * @example arnOf('sqs', 'events') // => 'arn:aws:sqs:eu-central-1:000000000000:events'
 */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${TWIN_REGION}:${TWIN_ACCOUNT_ID}:${resource}`;
}
