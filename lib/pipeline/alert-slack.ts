/** Slack, by incoming webhook. Whoever knows the webhook's URL can write to the channel, so it is kept as a secret. */
import { slackMessage } from '../core/alerts/slack-message.ts';
import { RingerError } from '../core/errors.ts';
import { SECOND_MS } from '../core/time.ts';
import type { Clock, Transport } from '../sources/transport.ts';
import type { NotifyChannel } from './notify-channel.ts';

export interface SlackAccess {
  /** Gives the webhook's URL. */
  readonly url: () => Promise<string>;
  readonly transport: Transport;
  readonly clock: Clock;
}

const TIMEOUT_MS = 5 * SECOND_MS;
/** Slack takes about one message a second of a webhook; a longer wait is the caller's, who can come back. */
const LONGEST_WAIT_MS = 3 * SECOND_MS;
const TRIES = 3;

/** Opens a Slack channel. */
export function openSlack(
  { url, transport, clock }: SlackAccess,
  settings: Omit<NotifyChannel, 'send'>,
): NotifyChannel {
  let known: string | undefined;
  return {
    ...settings,
    async send(message) {
      known ??= webhookUrl(await url(), settings.id);
      const body = JSON.stringify(slackMessage(message));
      for (let attempt = 1; ; attempt++) {
        const response = await post(known, body, transport, settings.id);
        if (response.ok) return;
        const waitMs = Number(response.headers.get('retry-after') ?? NaN) * SECOND_MS;
        if (response.status !== 429 || attempt === TRIES || !(waitMs <= LONGEST_WAIT_MS)) {
          // Somebody may replace a webhook that was taken back: its URL is asked for again.
          if (response.status < 500 && response.status !== 429) known = undefined;
          throw refusal(response.status, settings.id);
        }
        await clock.sleep(Math.max(0, waitMs));
      }
    },
  };
}

async function post(url: string, body: string, transport: Transport, id: string): Promise<Response> {
  try {
    const response = await transport(
      new Request(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        // Alerts go to the address that was entered and to no other.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
    );
    await response.body?.cancel();
    return response;
  } catch {
    // The cause would carry the URL.
    throw new RingerError('SOURCE_UNAVAILABLE', `${id} could not be reached`, { retryable: true });
  }
}

function refusal(status: number, id: string): RingerError {
  return status === 429 || status >= 500
    ? new RingerError('SOURCE_UNAVAILABLE', `${id} answered ${status}`, { retryable: true })
    : new RingerError('SOURCE_DENIED', `${id} answered ${status}: is the webhook still there?`);
}

function webhookUrl(written: string, id: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isLoopback = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) return url.href;
  throw new RingerError('SOURCE_DENIED', `the secret of ${id} is not an https URL`);
}
