/**
 * A Microsoft tenant on this machine, over real HTTP: tokens, Graph's logs and listings, and the Management Activity API,
 * with the vices of the real ones.
 *
 * It does not imitate: limits that are really counted, licences, `$select`, `$expand` and `$orderby`, filters other than
 * those Ringer writes, and the delay between an event and its record: whoever adds a record says when it is available.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import { AccessTokens } from '../access-tokens.ts';
import { cutShort, Loopback, readForm, send } from '../loopback.ts';
import { ActivityFeed, isFault, type AddedContent } from './activity-feed.ts';
import { GraphListings, type GraphFeed } from './graph-listings.ts';
import { pageOf, withForeignContent } from './paging.ts';
import { answerTokenRequest, SCOPES, type FakeApp } from './token-endpoint.ts';
import { sendFault, sendVice, takeVice, type Vice, type Waiting } from './vices.ts';

export interface FakeMicrosoftOptions extends FakeApp {
  readonly now?: () => EpochMs;
  /** The most records Graph gives at once, however many were asked for; 1,000, unless said otherwise. */
  readonly pageRecords?: number;
  /** The most blobs of one listing; 200, unless said otherwise. */
  readonly pageBlobs?: number;
  /** How far back Graph takes a filter; 90 days, unless said otherwise. */
  readonly keepsDays?: number;
}

const TOKEN_LIFE_SECONDS = 3_600;

export class FakeMicrosoft {
  readonly #options: FakeMicrosoftOptions;
  readonly #server = new Loopback((url, request, response) => this.#answer(url, request, response));
  readonly #tokens = new AccessTokens(() => this.#now(), TOKEN_LIFE_SECONDS);
  readonly #graph: GraphListings;
  readonly #activity = new ActivityFeed();
  readonly #vices: Waiting[] = [];
  readonly #tokenVices: Waiting[] = [];
  readonly requests = this.#server.requests;

  constructor(options: FakeMicrosoftOptions) {
    this.#options = options;
    this.#graph = new GraphListings(options.keepsDays ?? 90);
  }

  /** Starts listening on a free port of the loopback interface, and gives the URL of all three services. */
  start(): Promise<string> {
    return this.#server.start();
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /**
   * Stores records of Graph. One with the id of an earlier one takes its place, as a risk detection that was decided on.
   *
   * @param availableTime - from when on they are listed; now, unless said otherwise
   */
  add(feed: GraphFeed, records: readonly RawRecord[], availableTime: EpochMs = this.#now()): void {
    this.#graph.add(feed, records, availableTime);
  }

  /** Takes records out of a listing, by their ids. */
  remove(feed: GraphFeed, ...ids: readonly string[]): void {
    this.#graph.remove(feed, ids);
  }

  /** Stores a blob of Microsoft 365 audit records; one record may well be in several. */
  addContent(content: AddedContent): void {
    this.#activity.add(content, this.#now());
  }

  /** Ends a subscription, as an administrator may. */
  unsubscribe(contentType: string): void {
    this.#activity.unsubscribe(contentType);
  }

  /** Lets the next requests to the APIs go wrong, one each. */
  misbehave(...vices: readonly Vice[]): void {
    this.#vices.push(...vices.map((vice) => ({ vice })));
  }

  /** Lets the next requests go wrong whose path and query have this part. */
  misbehaveWhen(part: string, vice: Vice, times = 1): void {
    for (let time = 0; time < times; time++) this.#vices.push({ vice, part });
  }

  /** Lets the next requests for a token go wrong, one each. */
  misbehaveAtSignIn(...vices: readonly Vice[]): void {
    this.#tokenVices.push(...vices.map((vice) => ({ vice })));
  }

  /** Makes every token given so far invalid. */
  revokeTokens(): void {
    this.#tokens.revoke();
  }

  #now(): EpochMs {
    return this.#options.now?.() ?? Date.now();
  }

  async #answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('date', new Date(this.#now()).toUTCString());
    const { tenantId } = this.#options;
    if (url.pathname === `/${tenantId}/oauth2/v2.0/token`) return this.#giveToken(request, response);
    const feed = `/api/v1.0/${tenantId}/activity/feed/`;
    const operation = url.pathname.startsWith(feed) ? url.pathname.slice(feed.length) : undefined;
    const scope = operation === undefined ? SCOPES.graph : SCOPES.manage;
    if (this.#tokens.scopesOf(request.headers.authorization)?.includes(scope) !== true)
      return sendFault(response, 401, 'InvalidAuthenticationToken', 'Access token is empty or invalid.');
    const vice = takeVice(this.#vices, decodeURIComponent(`${url.pathname}${url.search}`));
    if (sendVice(response, vice)) return;
    if (operation === undefined) this.#answerGraph(url, response, vice);
    else this.#answerActivity(url, operation, request, response, vice);
  }

  async #giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await readForm(request);
    if (sendVice(response, takeVice(this.#tokenVices, ''))) return;
    const { status, body } = await answerTokenRequest(form, this.#options, this.#tokens);
    send(response, status, body);
  }

  #answerGraph(url: URL, response: ServerResponse, vice: Vice | undefined): void {
    const listed = this.#graph.list(url.pathname, url.searchParams.get('$filter'), this.#now());
    if ('refused' in listed) return sendFault(response, listed.refused, 'BadRequest', listed.because);
    const top = Number(url.searchParams.get('$top') ?? Infinity);
    const size = Math.min(top, this.#options.pageRecords ?? 1_000);
    const { page, next } = pageOf(listed, url, '$skiptoken', size, vice);
    sendPage(response, { value: page, ...(next !== undefined && { '@odata.nextLink': next }) }, vice);
  }

  #answerActivity(
    url: URL,
    operation: string,
    request: IncomingMessage,
    response: ServerResponse,
    vice: Vice | undefined,
  ): void {
    const root = url.href.slice(0, url.href.indexOf(operation));
    const call = `${request.method} ${operation}`;
    const answer = this.#activity.answer(call, url.searchParams, root, this.#now());
    if (isFault(answer)) return sendFault(response, answer.status, answer.code, answer.message);
    if (operation !== 'subscriptions/content' || !Array.isArray(answer))
      return sendPage(response, answer, vice);
    const { page, next } = pageOf(answer, url, 'nextPage', this.#options.pageBlobs ?? 200, vice);
    if (next !== undefined) response.setHeader('NextPageUri', next);
    sendPage(response, withForeignContent(page as readonly RawRecord[], vice), vice);
  }
}

function sendPage(response: ServerResponse, body: unknown, vice: Vice | undefined): void {
  if (vice?.vice === 'cut-short') cutShort(response, body);
  else send(response, 200, body);
}
