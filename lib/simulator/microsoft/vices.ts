/** What goes wrong at the fake Microsoft, one request each. */
import type { ServerResponse } from 'node:http';
import { send } from '../loopback.ts';

export type Vice =
  /** 429, with or without `Retry-After`. */
  | { readonly vice: 'too-many'; readonly retryAfterSeconds?: number }
  /** 403 with `AF429`, as the Management Activity API often says the same. */
  | { readonly vice: 'too-many-as-403' }
  | { readonly vice: 'status'; readonly status: number }
  /** 403, as for a permission or licence that is missing. */
  | { readonly vice: 'denied' }
  /** The connection ends in the middle of the body. */
  | { readonly vice: 'cut-short' }
  /** The page is right, and its link to the next leads elsewhere. */
  | { readonly vice: 'foreign-next'; readonly origin: string }
  /** The listing is right, and its links to content lead elsewhere. */
  | { readonly vice: 'foreign-content'; readonly origin: string }
  /** 400, as to a link that was followed too late. */
  | { readonly vice: 'expired-link' };

/** A vice that waits for a request. */
export interface Waiting {
  readonly vice: Vice;
  /** A part of the request's path and query; absent, any will do. */
  readonly part?: string;
}

/** Takes the vice a request meets from those that wait. */
export function takeVice(waiting: Waiting[], request: string): Vice | undefined {
  const index = waiting.findIndex(({ part }) => part === undefined || request.includes(part));
  return index < 0 ? undefined : waiting.splice(index, 1)[0]?.vice;
}

/** Answers a request that met a vice by which there is no right answer; tells whether it did. */
export function sendVice(response: ServerResponse, vice: Vice | undefined): boolean {
  switch (vice?.vice) {
    case 'too-many':
      if (vice.retryAfterSeconds !== undefined) response.setHeader('retry-after', vice.retryAfterSeconds);
      sendFault(response, 429, 'TooManyRequests', 'Too many requests');
      return true;
    case 'too-many-as-403':
      sendFault(response, 403, 'AF429', 'Too many requests. Method=GetBlob');
      return true;
    case 'status':
      sendFault(response, vice.status, 'UnknownError', 'An error has occurred.');
      return true;
    case 'denied':
      sendFault(response, 403, 'Authorization_RequestDenied', 'Insufficient privileges.');
      return true;
    case 'expired-link':
      sendFault(response, 400, 'BadRequest', 'The page token value is either invalid or expired.');
      return true;
    default:
      return false;
  }
}

/** Answers with a fault; Graph and the Management Activity API wrap theirs alike. */
export function sendFault(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, { error: { code, message } });
}
