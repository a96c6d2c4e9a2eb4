/**
 * Several AWS accounts on this machine, over real HTTP: CloudTrail's event history, the Systems Manager inventory and the
 * roles that are taken on to read them. The SDK comes here when `AWS_ENDPOINT_URL_CLOUDTRAIL`, `…_SSM` and `…_STS` are
 * its URL.
 *
 * It has the vices of the real one: the newest first, two lookups a second, tokens that hold for the same parameters
 * alone, events that are listed late or twice, accounts that deny. Account and Region are read from a request's
 * signature; the signature itself is not verified, nor are policies. Lookup attributes, Insights and inventory filters are
 * ignored. S3 and SQS are not here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { EpochMs } from '../../core/time.ts';
import { asObject } from '../../sources/fields.ts';
import type { RawRecord } from '../../sources/source.ts';
import { sendJson, sendXml, type Answer } from './answer.ts';
import { FakeEventHistory, LOOKUPS_A_SECOND } from './fake-event-history.ts';
import { FakeInventory, type FakeInstance } from './fake-inventory.ts';
import { FakeRoles, type FakeRole } from './fake-roles.ts';

/** Where something is: AWS answers for one account in one Region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What goes wrong, for one request each. */
export type Vice =
  /** More requests than AWS takes, whoever sent them. */
  | { readonly vice: 'throttle' }
  | { readonly vice: 'status'; readonly status: number }
  /** The connection ends in the middle of the body. */
  | { readonly vice: 'cut-short' }
  /** No answer comes. */
  | { readonly vice: 'hang' };

export interface FakeAwsOptions {
  /** Whose requests those are that are signed with credentials of nobody else. */
  readonly ownAccount: string;
  /** Tells whose an access key is, where roles are taken on elsewhere. */
  readonly accountOfKey?: (accessKeyId: string) => string | undefined;
  readonly roles?: readonly FakeRole[];
  readonly now?: () => EpochMs;
  /** Lookups that an account and Region takes a second; two unless said otherwise, as where the clock may stand still. */
  readonly lookupsASecond?: number;
}

/** A request, as it was understood. */
export interface FakeAwsRequest extends Place {
  readonly operation: string;
  readonly input: RawRecord;
}

/** `AWS4-HMAC-SHA256 Credential=AKIA…/20261102/eu-central-1/cloudtrail/aws4_request, …` */
const CREDENTIAL = /Credential=([^/]+)\/\d{8}\/([^/]+)\//;

export class FakeAws {
  readonly #options: FakeAwsOptions;
  readonly #server: Server;
  readonly #roles: FakeRoles;
  readonly #histories = new Map<string, FakeEventHistory>();
  readonly #inventories = new Map<string, FakeInventory>();
  readonly #denied = new Set<string>();
  readonly #vices: Vice[] = [];
  /** Every request but those for roles, in order. */
  readonly requests: FakeAwsRequest[] = [];
  /** ARNs of the roles that were asked for, in order. */
  readonly rolesAsked: string[] = [];

  constructor(options: FakeAwsOptions) {
    this.#options = options;
    this.#roles = new FakeRoles(options.roles ?? [], () => this.#now());
    this.#server = createServer((request, response) => {
      // A caller that has hung up gets no answer.
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Starts listening on a free port of the loopback interface, and gives the URL of all its services. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /**
   * Stores a CloudTrail record; the same one twice is listed twice.
   *
   * @param listedTime - since when it is listed; now, unless it is late
   */
  addEvent(place: Place, record: RawRecord, listedTime: EpochMs = this.#now()): void {
    this.#historyOf(place).add(record, listedTime);
  }

  /** Puts an instance into an inventory, or what it says now. */
  putInstance(place: Place, instance: FakeInstance): void {
    this.#inventoryOf(place).put(instance);
  }

  /** Lets an instance still be listed, but no longer be known. */
  forgetInstance(place: Place, id: string): void {
    this.#inventoryOf(place).forget(id);
  }

  /** Makes the inventory's tokens that were given so far invalid. */
  forgetTokens(place: Place): void {
    this.#inventoryOf(place).forgetTokens();
  }

  /** Lets an account deny everything in a Region. */
  deny({ account, region }: Place): void {
    this.#denied.add(`${account}/${region}`);
  }

  /** Lets the next requests go wrong, one each; those for roles do not. */
  misbehave(...vices: readonly Vice[]): void {
    this.#vices.push(...vices);
  }

  #now(): EpochMs {
    return this.#options.now?.() ?? Date.now();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    if (typeof target !== 'string') return this.#answerSts(new URLSearchParams(body), response);

    const operation = target.slice(target.lastIndexOf('.') + 1);
    const place = this.#placeOf(request);
    if (!('account' in place)) return sendJson(response, place);
    const input = asObject(JSON.parse(body)) ?? {};
    this.requests.push({ ...place, operation, input });
    const vice = this.#vices.shift();
    if (vice?.vice === 'throttle')
      return sendJson(response, { fault: 'ThrottlingException', message: 'Rate exceeded' });
    if (vice?.vice === 'status')
      return sendJson(response, { fault: 'InternalFailure', message: 'An error', status: vice.status });
    if (vice?.vice === 'hang') return;
    const answer = this.#do(operation, place, input);
    if (vice?.vice !== 'cut-short') return sendJson(response, answer);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': 1_000_000 });
    response.write(JSON.stringify(answer).slice(0, -1));
    setTimeout(() => response.destroy(), 5);
  }

  #answerSts(parameters: URLSearchParams, response: ServerResponse): void {
    const operation = parameters.get('Action') ?? '';
    this.rolesAsked.push(parameters.get('RoleArn') ?? '');
    const answer: Answer =
      operation === 'AssumeRole'
        ? this.#roles.assume(parameters)
        : { fault: 'InvalidAction', message: `There is no ${operation} here` };
    sendXml(response, operation, answer);
  }

  #placeOf({ headers }: IncomingMessage): Place | Answer {
    const [, accessKeyId, region] = CREDENTIAL.exec(headers.authorization ?? '') ?? [];
    if (accessKeyId === undefined || region === undefined)
      return { fault: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
    const token = headers['x-amz-security-token'];
    const account =
      this.#roles.accountOf(accessKeyId, typeof token === 'string' ? token : undefined) ??
      this.#options.accountOfKey?.(accessKeyId) ??
      this.#options.ownAccount;
    return typeof account === 'string' ? { account, region } : account;
  }

  #do(operation: string, place: Place, input: RawRecord): Answer {
    if (this.#denied.has(`${place.account}/${place.region}`))
      return { fault: 'AccessDeniedException', message: `Not authorized to perform: ${operation}` };
    switch (operation) {
      case 'LookupEvents':
        return this.#historyOf(place).lookUp(input);
      case 'GetInventory':
        return this.#inventoryOf(place).getInventory(input);
      case 'ListInventoryEntries':
        return this.#inventoryOf(place).listEntries(input);
      default:
        return { fault: 'UnknownOperationException', message: `There is no ${operation} here` };
    }
  }

  #historyOf(place: Place): FakeEventHistory {
    const most = this.#options.lookupsASecond ?? LOOKUPS_A_SECOND;
    return heldAt(this.#histories, place, () => new FakeEventHistory(() => this.#now(), most));
  }

  #inventoryOf(place: Place): FakeInventory {
    return heldAt(this.#inventories, place, () => new FakeInventory());
  }
}

function heldAt<T>(held: Map<string, T>, { account, region }: Place, make: () => T): T {
  const name = `${account}/${region}`;
  const one = held.get(name) ?? make();
  held.set(name, one);
  return one;
}
