/**
 * A Google Workspace on this machine, over real HTTP: the token endpoint, the Reports API's activities and the
 * directory's users, with the vices of the real one.
 *
 * Activities are listed newest first, whenever Google got to know of them. Not imitated: a `userKey` other than `all`,
 * `eventName` and all other filters, the 180 days after which Google forgets, quotas that are really counted.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import { AccessTokens } from '../access-tokens.ts';
import { cutShort, Loopback, readForm, send } from '../loopback.ts';
import { Lists, type Answered } from './lists.ts';
import { refusedWithDetails, refusedWithReason } from './refusals.ts';
import { answerTokenRequest, type ServiceAccount } from './token-endpoint.ts';

/** What goes wrong, and how many requests long. */
export type Vice =
  | { readonly vice: 'status'; readonly status: number }
  /** 503, as the Reports API answers when a quota is used up. */
  | { readonly vice: 'quota' }
  /** Refused for a reason that stands in `errors`, or with `dialect: 'details'` in `details`. */
  | {
      readonly vice: 'refused';
      readonly status: 403 | 429;
      readonly reason: string;
      readonly dialect?: 'details';
      readonly retryAfterSeconds?: number;
    }
  /** The connection ends in the middle of the body. */
  | { readonly vice: 'cut-short' }
  /** Every page token given so far ends, this request's own included. */
  | { readonly vice: 'page-token-expired' };

export interface FakeGoogleOptions {
  readonly account: ServiceAccount;
  /** How long access tokens are good; an hour, as Google's are. */
  readonly tokenLifeSeconds?: number;
  readonly now?: () => EpochMs;
  /** The most a page holds, however many were asked for. */
  readonly pageRecords?: number;
}

const USERS_PATH = '/admin/directory/v1/users';
const ACTIVITIES_PATH = /^\/admin\/reports\/v1\/activity\/users\/all\/applications\/([a-z_]+)$/;
const TOKEN_PATH = '/token';

export class FakeGoogle {
  readonly #options: FakeGoogleOptions;
  readonly #server = new Loopback((url, request, response) => this.#answer(url, request, response));
  readonly #lists: Lists;
  readonly #tokens: AccessTokens;
  readonly #vices: Vice[] = [];
  readonly #tokenStatuses: number[] = [];
  readonly requests = this.#server.requests;

  constructor(options: FakeGoogleOptions) {
    this.#options = options;
    this.#lists = new Lists(options.pageRecords ?? Infinity);
    this.#tokens = new AccessTokens(() => this.#now(), options.tokenLifeSeconds ?? 3_600);
  }

  /** Starts listening on a free port of the loopback interface, and gives the API's URL. */
  start(): Promise<string> {
    return this.#server.start();
  }

  get url(): string {
    return this.#server.url;
  }

  get tokenUrl(): string {
    return `${this.url}${TOKEN_PATH}`;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Stores activities, each under its own application. One that is older than others is listed among them. */
  add(...activities: readonly RawRecord[]): void {
    this.#lists.addActivities(activities);
  }

  /** Stores users; one with a known id takes the other's place, and one with a `deletionTime` counts as deleted. */
  putUsers(...users: readonly RawRecord[]): void {
    this.#lists.putUsers(users);
  }

  /** Lets the next requests to the APIs go wrong, one each. */
  misbehave(...vices: readonly Vice[]): void {
    this.#vices.push(...vices);
  }

  /** Lets the next requests for an access token be answered with these statuses. */
  failTokens(...statuses: readonly number[]): void {
    this.#tokenStatuses.push(...statuses);
  }

  /** Makes every access token given so far invalid. */
  revokeTokens(): void {
    this.#tokens.revoke();
  }

  #now(): EpochMs {
    return this.#options.now?.() ?? Date.now();
  }

  async #answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('date', new Date(this.#now()).toUTCString());
    if (url.pathname === TOKEN_PATH) return this.#giveToken(request, response);
    const application = ACTIVITIES_PATH.exec(url.pathname)?.[1];
    if (application === undefined && url.pathname !== USERS_PATH) return refuse(response, 404, 'notFound');
    const scopes = this.#tokens.scopesOf(request.headers.authorization);
    if (scopes === undefined) return refuse(response, 401, 'authError');
    const scope =
      application === undefined ? 'admin.directory.user.readonly' : 'admin.reports.audit.readonly';
    if (!scopes.includes(`https://www.googleapis.com/auth/${scope}`))
      return refuse(response, 403, 'insufficientPermissions');
    const vice = this.#vices.shift();
    if (vice?.vice === 'page-token-expired') this.#lists.forget();
    else if (vice !== undefined && vice.vice !== 'cut-short') return misbehave(response, vice);
    const page =
      application === undefined
        ? this.#lists.users(url.searchParams)
        : this.#lists.activities(application, url.searchParams, this.#now());
    answerPage(response, page, vice);
  }

  async #giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await readForm(request);
    const failure = this.#tokenStatuses.shift();
    if (failure !== undefined) return send(response, failure, { error: 'internal_failure' });
    const { account } = this.#options;
    const asked = { url: this.tokenUrl, account, tokens: this.#tokens, now: this.#now() };
    const { status, body } = await answerTokenRequest(form, asked);
    send(response, status, body);
  }
}

function answerPage(response: ServerResponse, page: Answered, vice: Vice | undefined): void {
  if (page === undefined) return refuse(response, 400, 'invalid');
  if (vice?.vice === 'cut-short') return cutShort(response, page);
  send(response, 200, page);
}

function misbehave(response: ServerResponse, vice: Vice & { vice: 'status' | 'quota' | 'refused' }): void {
  switch (vice.vice) {
    case 'status':
      return refuse(response, vice.status, 'backendError');
    case 'quota':
      return refuse(response, 503, 'quotaExceeded');
    case 'refused': {
      const { status, reason, dialect, retryAfterSeconds } = vice;
      if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
      const refused = dialect === undefined ? refusedWithReason : refusedWithDetails;
      return send(response, status, refused(status, reason).body);
    }
  }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  send(response, status, refusedWithReason(status, reason).body);
}
