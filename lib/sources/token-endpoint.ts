/** Asks an OAuth 2.0 token endpoint for an access token. */
import { messageOf, RingerError } from '../core/errors.ts';
import { SECOND_MS } from '../core/time.ts';
import type { Authorization } from './authorization.ts';
import { jsonBody } from './body.ts';
import { asObject, exactTextAt, numberAt, valueAt } from './fields.ts';
import type { RawRecord } from './source.ts';
import type { Clock, Transport } from './transport.ts';

export interface TokenRequest {
  readonly endpoint: string;
  /** Named when it is refused. */
  readonly scope: string;
  readonly form: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 10 * SECOND_MS;

/** Codes of RFC 6749 and its relatives; anything longer may quote the request. */
const ERROR_CODE = /^[a-z_]{1,40}$/;
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/**
 * Sends the form and gives the token.
 *
 * It is sent once: whoever asks for the feed has the patience.
 *
 * @throws SOURCE_DENIED when the endpoint refuses, with its code; SOURCE_UNAVAILABLE (retryable) when it has a fault, has
 *   enough or cannot be reached; SOURCE_SHAPE_CHANGED on anything else that is no token
 */
export async function requestToken(
  { endpoint, scope, form }: TokenRequest,
  { transport, clock }: { readonly transport: Transport; readonly clock: Clock },
): Promise<Authorization> {
  const { host } = new URL(endpoint);
  const request = new Request(endpoint, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(form),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const response = await transport(request).catch((cause: unknown) => {
    throw unavailable(host, messageOf(cause), cause);
  });
  const { status } = response;
  const body = asObject(await jsonBody(response).catch(() => undefined));
  if (status === 408 || status === 429 || status >= 500) throw unavailable(host, `status ${status}`);
  if (status === 400 || status === 401 || status === 403) {
    const code = exactTextAt(body, 'error') ?? '';
    const because = ERROR_CODE.test(code) ? code : `status ${status}`;
    throw new RingerError('SOURCE_DENIED', `${host} gave no token for ${scope}: ${because}`);
  }
  if (status !== 200)
    throw new RingerError('SOURCE_SHAPE_CHANGED', `${host} answered a request for a token with ${status}`);
  if (body === undefined) throw unavailable(host, 'the answer was cut short');
  return authorizationOf(body, host, clock);
}

function authorizationOf(body: RawRecord, host: string, clock: Clock): Authorization {
  const token = valueAt(body, 'access_token');
  const lifeSeconds = numberAt(body, 'expires_in');
  if (typeof token !== 'string' || !HEADER_TEXT.test(token) || lifeSeconds === undefined)
    throw new RingerError('SOURCE_SHAPE_CHANGED', `${host} answered with no token, or without its life`);
  return { header: `Bearer ${token}`, expires: clock.now() + lifeSeconds * SECOND_MS };
}

function unavailable(host: string, because: string, cause?: unknown): RingerError {
  return new RingerError('SOURCE_UNAVAILABLE', `no token from ${host}: ${because}`, {
    retryable: true,
    cause,
  });
}
