/** The ways in which Google says no: the older services with `errors`, the newer with `status` and `details`. */

export interface Refusal {
  readonly status: number;
  readonly body: object;
}

/**
 * Refuses as the older services do, the Reports and Directory APIs among them.
 *
 * @param reason - `userRateLimitExceeded`, `quotaExceeded`, `forbidden`, …
 */
export function refusedWithReason(status: number, reason: string): Refusal {
  const domain = /exceeded/i.test(reason) ? 'usageLimits' : 'global';
  const message = `Refused: ${reason}`;
  return { status, body: { error: { code: status, message, errors: [{ message, domain, reason }] } } };
}

/**
 * Refuses as the newer services do.
 *
 * @param reason - `RATE_LIMIT_EXCEEDED`, `ACCESS_TOKEN_SCOPE_INSUFFICIENT`, …
 */
export function refusedWithDetails(status: number, reason: string): Refusal {
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com', metadata: {} },
  ];
  const name = status === 429 ? 'RESOURCE_EXHAUSTED' : status === 403 ? 'PERMISSION_DENIED' : 'UNKNOWN';
  return { status, body: { error: { code: status, message: `Refused: ${reason}`, status: name, details } } };
}
