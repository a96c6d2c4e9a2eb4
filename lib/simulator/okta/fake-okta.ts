/**
 * An Okta organization on this machine, over real HTTP: its System Log, users and devices, with the vices of the real
 * one.
 *
 * Log records are listed in the order they were stored, whatever they say in `published`, and `next` never ends; users
 * and devices end. Not imitated: bounded queries of the log (`until`), `filter` and `q`, any `search` but for one status,
 * limits that are really counted, DPoP, administrator roles.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import { AccessTokens } from '../access-tokens.ts';
import { cutShort, Loopback, readForm, send } from '../loopback.ts';
import { Lists, SCOPES } from './lists.ts';
import { Places } from './pages.ts';
import { TokenEndpoint, type ServiceApp } from './token-endpoint.ts';

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
  /** The API token that is accepted, after `SSWS `. */
  readonly token?: string;
  /** The service app that gets access tokens. */
  readonly app?: ServiceApp;
  /** How long those are good; an hour, as Okta's are. */
  readonly tokenLifeSeconds?: number;
  readonly now?: () => EpochMs;
  /** One `link` header with a list in it, instead of several headers. */
  readonly oneLinkHeader?: boolean;
}

const TOKEN_PATH = '/oauth2/v1/token';

export class FakeOkta {
  readonly #options: FakeOktaOptions;
  readonly #server = new Loopback((url, request, response) => this.#answer(url, request, response));
  readonly #lists = new Lists(() => this.#now());
  readonly #places = new Places();
  readonly #tokens: AccessTokens;
  readonly #tokenEndpoint: TokenEndpoint | undefined;
  readonly #vices: Vice[] = [];
  readonly #tokenStatuses: number[] = [];
  readonly requests = this.#server.requests;

  constructor(options: FakeOktaOptions) {
    this.#options = options;
    this.#tokens = new AccessTokens(() => this.#now(), options.tokenLifeSeconds ?? 3_600);
    this.#tokenEndpoint = options.app && new TokenEndpoint(options.app, this.#tokens);
  }

  /** Starts listening on a free port of the loopback interface, and gives the organization's URL. */
  start(): Promise<string> {
    return this.#server.start();
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Stores records of the log; they are listed after all that were stored before. */
  add(...records: readonly RawRecord[]): void {
    this.#lists.addToLog(records);
  }

  /** Stores users; one with a known id takes the other's place. */
  putUsers(...users: readonly RawRecord[]): void {
    this.#lists.putUsers(users);
  }

  /** Stores devices; one with a known id takes the other's place. */
  putDevices(...devices: readonly RawRecord[]): void {
    this.#lists.putDevices(devices);
  }

  /** Lets the next requests go wrong, one each. */
  misbehave(...vices: readonly Vice[]): void {
    this.#vices.push(...vices);
  }

  /** Lets the next requests for a token be answered with these statuses. */
  failTokens(...statuses: readonly number[]): void {
    this.#tokenStatuses.push(...statuses);
  }

  /** Makes every access token given so far invalid. */
  revokeTokens(): void {
    this.#tokens.revoke();
  }

  /** Makes every `next` link given so far invalid. */
  forgetCursors(): void {
    this.#places.forget();
  }

  #now(): EpochMs {
    return this.#options.now?.() ?? Date.now();
  }

  async #answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('date', new Date(this.#now()).toUTCString());
    if (url.pathname === TOKEN_PATH && this.#tokenEndpoint !== undefined)
      return this.#giveToken(this.#tokenEndpoint, request, response);
    const scope = SCOPES.get(url.pathname);
    const denied = this.#denied(request.headers.authorization, scope);
    if (denied !== undefined) return denied(response);
    const vice = this.#vices.shift();
    if (vice?.vice === 'status')
      return send(response, vice.status, fault('E0000009', 'Internal Server Error'));
    if (vice?.vice === 'rate-limit' || vice?.vice === 'concurrency-limit') return this.#limit(response, vice);
    if (scope === undefined) return send(response, 404, fault('E0000022', 'The endpoint does not exist'));
    this.#list(url, response, vice);
  }

  async #giveToken(
    endpoint: TokenEndpoint,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const form = await readForm(request);
    const failure = this.#tokenStatuses.shift();
    if (failure !== undefined) return send(response, failure, fault('E0000009', 'Internal Server Error'));
    const { status, body } = await endpoint.answer(form, `${this.url}${TOKEN_PATH}`, this.#now());
    send(response, status, body);
  }

  #denied(
    authorization: string | undefined,
    scope: string | undefined,
  ): ((response: ServerResponse) => void) | undefined {
    const { token } = this.#options;
    if (token !== undefined && authorization === `SSWS ${token}`) return undefined;
    const scopes = this.#tokens.scopesOf(authorization);
    if (scopes === undefined)
      return (response) => send(response, 401, fault('E0000011', 'Invalid token provided'));
    if (scope === undefined || scopes.includes(scope)) return undefined;
    return (response) => send(response, 403, fault('E0000006', 'You do not have permission'));
  }

  #limit(response: ServerResponse, vice: Vice & { vice: 'rate-limit' | 'concurrency-limit' }): void {
    const [limit, resetSeconds] = vice.vice === 'rate-limit' ? [60, vice.resetSeconds] : [0, 60];
    response.setHeader('x-rate-limit-limit', limit);
    response.setHeader('x-rate-limit-remaining', 0);
    response.setHeader('x-rate-limit-reset', Math.floor(this.#now() / 1_000) + resetSeconds);
    send(response, 429, fault('E0000047', 'API call exceeded rate limit due to too many requests.'));
  }

  #list(url: URL, response: ServerResponse, vice: Vice | undefined): void {
    const page = this.#places.page(this.#lists.asked(url));
    if (page === undefined) return send(response, 400, fault('E0000031', 'Invalid cursor or limit'));
    const links = [`<${url.href}>; rel="self"`];
    if (page.next !== undefined) {
      if (vice?.vice === 'foreign-next') page.next.host = new URL(vice.origin).host;
      links.push(`<${page.next.href}>; rel="next"`);
    }
    response.setHeader('link', this.#options.oneLinkHeader === true ? links.join(', ') : links);
    if (vice?.vice === 'cut-short') return cutShort(response, page.records);
    send(response, 200, page.records);
  }
}

function fault(errorCode: string, errorSummary: string): object {
  return { errorCode, errorSummary, errorLink: errorCode, errorId: 'oaeFAKE', errorCauses: [] };
}
