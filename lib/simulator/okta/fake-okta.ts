/**
 * An Okta organization on this machine, over real HTTP: its System Log, with the vices of the real one.
 *
 * Records are listed in the order they were stored, whatever they say in `published`; `next` never ends.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';

/** What goes wrong, and how many requests long. */
export type Vice =
  /** 429; `resetSeconds` after the server's own clock. */
  | { readonly vice: 'rate-limit'; readonly resetSeconds: number }
  /** 429 for too many at once: limit and remaining are both 0. */
  | { readonly vice: 'concurrency-limit' }
  | { readonly vice: 'status'; readonly status: number }
  /** The connection ends in the middle of the body. */
  | { readonly vice: 'cut-short' }
  /** The page is right, and its `next` link leads elsewhere. */
  | { readonly vice: 'foreign-next'; readonly origin: string };

export interface FakeOktaOptions {
  /** The token that is accepted, after `SSWS `. */
  readonly token: string;
  readonly now?: () => EpochMs;
  /** One `link` header with a list in it, instead of several headers. */
  readonly oneLinkHeader?: boolean;
}

interface Stored {
  readonly storedTime: EpochMs;
  readonly record: RawRecord;
}

export class FakeOkta {
  readonly #options: FakeOktaOptions;
  readonly #server: Server;
  readonly #log: Stored[] = [];
  readonly #vices: Vice[] = [];
  #cursorsFrom = 0;
  /** Path and query of every request, in order. */
  readonly requests: string[] = [];

  constructor(options: FakeOktaOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** Starts listening on a free port of the loopback interface, and gives the organization's URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Stores records; they are listed after all that were stored before. */
  add(...records: readonly RawRecord[]): void {
    for (const record of records) this.#log.push({ storedTime: this.#now(), record });
  }

  /** Lets the next requests go wrong, one each. */
  misbehave(...vices: readonly Vice[]): void {
    this.#vices.push(...vices);
  }

  /** Makes every `next` link given so far invalid. */
  forgetCursors(): void {
    this.#cursorsFrom = this.#log.length + 1;
  }

  #now(): EpochMs {
    return this.#options.now?.() ?? Date.now();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${url.pathname}${url.search}`);
    response.setHeader('date', new Date(this.#now()).toUTCString());
    if (request.headers.authorization !== `SSWS ${this.#options.token}`) {
      return send(response, 401, fault('E0000011', 'Invalid token provided'));
    }
    const vice = this.#vices.shift();
    if (vice?.vice === 'status')
      return send(response, vice.status, fault('E0000009', 'Internal Server Error'));
    if (vice?.vice === 'rate-limit' || vice?.vice === 'concurrency-limit') return this.#limit(response, vice);
    if (url.pathname !== '/api/v1/logs')
      return send(response, 404, fault('E0000022', 'The endpoint does not exist'));
    this.#list(url, response, vice);
  }

  #limit(response: ServerResponse, vice: Vice & { vice: 'rate-limit' | 'concurrency-limit' }): void {
    const [limit, resetSeconds] = vice.vice === 'rate-limit' ? [60, vice.resetSeconds] : [0, 60];
    response.setHeader('x-rate-limit-limit', limit);
    response.setHeader('x-rate-limit-remaining', 0);
    response.setHeader('x-rate-limit-reset', Math.floor(this.#now() / 1_000) + resetSeconds);
    send(response, 429, fault('E0000047', 'API call exceeded rate limit due to too many requests.'));
  }

  #list(url: URL, response: ServerResponse, vice: Vice | undefined): void {
    const { searchParams } = url;
    const limit = Number(searchParams.get('limit') ?? 100);
    const after = searchParams.get('after');
    const start = after === null ? this.#firstSince(searchParams.get('since')) : positionOf(after);
    if (start === undefined || (after !== null && start < this.#cursorsFrom && this.#cursorsFrom > 0)) {
      return send(response, 400, fault('E0000031', 'Invalid cursor'));
    }
    const page = this.#log.slice(start, start + limit).map(({ record }) => record);
    const next = new URL(url);
    next.searchParams.delete('since');
    next.searchParams.set('after', `1_${start + page.length}`);
    if (vice?.vice === 'foreign-next') next.host = new URL(vice.origin).host;
    const links = [`<${url.href}>; rel="self"`, `<${next.href}>; rel="next"`];
    response.setHeader('link', this.#options.oneLinkHeader === true ? links.join(', ') : links);
    if (vice?.vice === 'cut-short') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000 });
      response.write(JSON.stringify(page).slice(0, -1));
      setTimeout(() => response.destroy(), 5);
      return;
    }
    send(response, 200, page);
  }

  /** Polling goes by when a record was stored, not by `published`. */
  #firstSince(since: string | null): number {
    const time = since === null ? this.#now() - 7 * 86_400_000 : Date.parse(since);
    const index = this.#log.findIndex(({ storedTime }) => storedTime >= time);
    return index < 0 ? this.#log.length : index;
  }
}

function positionOf(after: string): number | undefined {
  const match = /^1_(\d{1,9})$/.exec(after);
  return match === null ? undefined : Number(match[1]);
}

function fault(errorCode: string, errorSummary: string): object {
  return { errorCode, errorSummary, errorLink: errorCode, errorId: 'oaeFAKE', errorCauses: [] };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
