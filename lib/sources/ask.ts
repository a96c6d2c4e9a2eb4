/**
 * Asks a vendor for JSON with patience: waits as long as the vendor's own headers say, tries again after faults, and
 * stops when the run has no time left for it.
 */
import { messageOf, RingerError } from '../core/errors.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../core/time.ts';
import { discard, jsonBody } from './body.ts';
import type { Clock, Credential, Transport } from './transport.ts';

export interface Asking {
  readonly transport: Transport;
  readonly credential: Credential;
  readonly clock: Clock;
  /** Nothing is begun, and nothing waited for, that would end after this. */
  readonly deadline: EpochMs;
  /**
   * How long the vendor wants us to wait, from an answer that limits us; `undefined` when it does not say.
   *
   * @param times - how many such answers there were to this request, this one included
   */
  readonly waitMs: (response: Response, times: number) => number | undefined;
  /** Tells a limit that does not come as 429, by the status and the body; the body is `undefined` when it is no JSON. */
  readonly isLimit?: (status: number, body: unknown) => boolean;
}

export type Answer =
  | { readonly outcome: 'answered'; readonly headers: Headers; readonly body: unknown }
  /** 400, 404 or 410: what was asked for is not there, or not any more. */
  | { readonly outcome: 'gone'; readonly status: number }
  | { readonly outcome: 'out-of-time' };

const TRIES = 5;
const TIMEOUT_MS = MINUTE_MS;
/** Whoever is told to wait no time at all would ask a hundred times a second. */
const SHORTEST_WAIT_MS = SECOND_MS;

/**
 * Sends a GET until it is answered.
 *
 * Redirects are not followed: the credential goes to the origin that was asked and to no other.
 *
 * @throws SOURCE_DENIED on 401 (after one new credential) and 403; SOURCE_UNAVAILABLE after five faults;
 *   SOURCE_SHAPE_CHANGED on any other status
 */
export async function ask(url: URL, asking: Asking): Promise<Answer> {
  const { clock, deadline } = asking;
  let refused = false;
  let limits = 0;
  for (let faults = 0; ;) {
    if (clock.now() >= deadline) return { outcome: 'out-of-time' };
    const result = await attempt(url, asking, refused, limits + 1);
    if (result.outcome !== 'again') return result;
    if (result.because === 'refused') {
      if (refused) throw new RingerError('SOURCE_DENIED', `${url.host} refused the credential (401)`);
      refused = true;
      continue;
    }
    if (result.because === 'limit') limits++;
    else if (++faults >= TRIES) {
      throw new RingerError('SOURCE_UNAVAILABLE', `${url.host}: ${result.fault}`, {
        retryable: true,
        cause: result.cause,
      });
    }
    const askedMs = result.waitMs ?? 500 * 2 ** Math.min(faults, 6) * (1 + Math.random());
    const waitMs = Math.max(SHORTEST_WAIT_MS, askedMs);
    if (clock.now() + waitMs >= deadline) return { outcome: 'out-of-time' };
    await clock.sleep(waitMs);
  }
}

type Attempt =
  | Answer
  | { readonly outcome: 'again'; readonly because: 'refused' }
  | { readonly outcome: 'again'; readonly because: 'limit'; readonly waitMs: number | undefined }
  | {
      readonly outcome: 'again';
      readonly because: 'fault';
      readonly fault: string;
      readonly waitMs?: undefined;
      readonly cause?: unknown;
    };

async function attempt(url: URL, asking: Asking, refused: boolean, times: number): Promise<Attempt> {
  let authorization;
  try {
    authorization = await asking.credential(refused);
  } catch (cause) {
    // Where the token comes from there are faults as well.
    if (cause instanceof RingerError && cause.retryable) return fault(cause);
    throw cause;
  }
  const timeoutMs = Math.min(TIMEOUT_MS, Math.max(SECOND_MS, asking.deadline - asking.clock.now()));
  const request = new Request(url, {
    headers: { authorization, accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  try {
    const response = await asking.transport(request);
    if (response.status === 200) {
      return { outcome: 'answered', headers: response.headers, body: await jsonBody(response) };
    }
    const isLimit = await readLimit(response, asking);
    if (isLimit) return { outcome: 'again', because: 'limit', waitMs: asking.waitMs(response, times) };
    return judge(response, url);
  } catch (cause) {
    if (cause instanceof RingerError) throw cause;
    // Refused, reset, timed out, or cut short in the middle.
    return fault(cause);
  }
}

function fault(cause: unknown): Attempt {
  return { outcome: 'again', because: 'fault', fault: messageOf(cause), cause };
}

async function readLimit(response: Response, { isLimit }: Asking): Promise<boolean> {
  if (response.status === 429 || isLimit === undefined) {
    await discard(response);
    return response.status === 429;
  }
  return isLimit(response.status, await jsonBody(response).catch(() => undefined));
}

function judge({ status }: Response, url: URL): Attempt {
  if (status >= 500 || status === 408)
    return { outcome: 'again', because: 'fault', fault: `status ${status}` };
  if (status === 400 || status === 404 || status === 410) return { outcome: 'gone', status };
  if (status === 401) return { outcome: 'again', because: 'refused' };
  if (status === 403)
    throw new RingerError('SOURCE_DENIED', `${url.host} answered 403: a permission is missing`);
  throw new RingerError('SOURCE_SHAPE_CHANGED', `${url.host} answered ${status}`);
}
