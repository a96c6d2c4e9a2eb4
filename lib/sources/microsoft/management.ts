/** The Office 365 Management Activity API: the addresses of a tenant's feed, and how it is asked. */
import { SECOND_MS, type EpochMs } from '../../core/time.ts';
import { ask, type Answer } from '../ask.ts';
import type { Transport } from '../transport.ts';
import { serviceOf, type MicrosoftConnection } from './connection.ts';
import { isActivityLimit, limitWaitMs } from './limits.ts';
import { ownLink } from './own-link.ts';
import type { Tokens } from './tokens.ts';

export interface Management {
  /** Gives a URL of the feed, `subscriptions/list`. */
  readonly urlOf: (operation: string, parameters?: Readonly<Record<string, string>>) => URL;
  /** Gives a link of an answer as it is to be asked, or `undefined` when it leads elsewhere. */
  readonly follow: (link: unknown) => URL | undefined;
  readonly get: (url: URL) => Promise<Answer>;
  /** Starting a subscription is limited to once in a quarter of an hour; a run does not wait that long. */
  readonly post: (url: URL) => Promise<Answer>;
}

const POST_PATIENCE_MS = 20 * SECOND_MS;

/** @throws SOURCE_DENIED when the secret cannot be used */
export async function openManagement(
  { manageUrl, transport, clock }: MicrosoftConnection,
  tokens: Tokens,
  deadline: EpochMs,
): Promise<Management> {
  const { base, resource } = serviceOf('manage', manageUrl);
  const tenantId = await tokens.tenantId();
  const feed = `${base.href.replace(/\/$/, '')}/api/v1.0/${tenantId}/activity/feed/`;
  const credential = tokens.credential(resource);
  const limits = { waitMs: limitWaitMs, isLimit: isActivityLimit };
  // Requests without it share one quota with everybody else's.
  const identified = (url: URL): URL => {
    url.searchParams.set('PublisherIdentifier', tenantId);
    return url;
  };
  return {
    urlOf: (operation, parameters = {}) => {
      const url = new URL(operation, feed);
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return identified(url);
    },
    follow: (link) => {
      const url = ownLink(link, base);
      return url === undefined ? undefined : identified(url);
    },
    get: (url) => ask(url, { transport, credential, clock, deadline, ...limits }),
    post: (url) => {
      const posting: Transport = (request) => transport(new Request(request, { method: 'POST' }));
      const until = Math.min(deadline, clock.now() + POST_PATIENCE_MS);
      return ask(url, { transport: posting, credential, clock, deadline: until, ...limits });
    },
  };
}
