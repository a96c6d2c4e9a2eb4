/**
 * How MSAL reaches Microsoft's sign-in service: through our transport, once. Whoever asks for the feed has the patience;
 * MSAL must not see a fault, for it would answer the next minute's requests by itself. It also insists on https: a server
 * on this machine is reached by plain http all the same, because only this last step knows its address.
 */
import {
  AuthError,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { messageOf, RingerError } from '../../core/errors.ts';
import { SECOND_MS } from '../../core/time.ts';
import { jsonBody } from '../body.ts';
import type { Transport } from '../transport.ts';

const TIMEOUT_MS = 10 * SECOND_MS;

/** @param service - takes the place of the origin that MSAL asks for */
export function tokenNetwork(transport: Transport, service: URL): INetworkModule {
  async function send<T>(
    method: string,
    address: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    const { pathname, search } = new URL(address);
    const url = `${service.origin}${service.pathname.replace(/\/$/, '')}${pathname}${search}`;
    const { headers = {}, body } = options ?? {};
    const request = new Request(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    try {
      const response = await transport(request);
      const { status } = response;
      if (status === 408 || status === 429 || status >= 500) throw new Error(`status ${status}`);
      return { status, headers: {}, body: (await jsonBody(response)) as T };
    } catch (thrown) {
      const because = `no token from ${service.host}: ${messageOf(thrown)}`;
      const cause = new RingerError('SOURCE_UNAVAILABLE', because, { retryable: true, cause: thrown });
      // MSAL passes on errors of its own kind only.
      throw Object.assign(new AuthError('network_error', ''), { cause });
    }
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}
