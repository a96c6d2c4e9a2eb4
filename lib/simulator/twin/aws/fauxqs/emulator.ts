/**
 * The emulator of SQS, SNS and S3: fauxqs, in this thread, its own HTTP server never started.
 *
 * Its `startFauxqs` would listen on every interface of the machine; what it hands requests to can be called directly.
 */
import { buildApp } from 'fauxqs';
import { errorNameOf, type Answer } from '../answer.ts';
import { TWIN_REGION } from '../place.ts';
import type { AwsRequest } from '../request.ts';

/** How the emulator learns the Region of what we make ourselves. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=twin/20260101/${TWIN_REGION}/twin/aws4_request`;
/** An address, so that it takes the bucket from the path. */
const HOST = '127.0.0.1';
/** Of the connection, not of the request. */
const HOP_HEADERS = ['connection', 'content-length', 'expect', 'host', 'transfer-encoding'];

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;
type QueueStore = Stores['sqsStore'];

// The package exports no stores; without one of our own, a queue can be looked at only as JSON with every message in it.
const storeFile = new URL('sqs/sqsStore.js', import.meta.resolve('fauxqs')).href;
const { SqsStore } = (await import(storeFile)) as { readonly SqsStore: new () => QueueStore };

type Headers = Readonly<Record<string, string | number | string[] | undefined>>;
type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

export class Emulator {
  readonly #queues = new SqsStore();
  readonly #app = buildApp({
    logger: false,
    defaultRegion: TWIN_REGION,
    // It makes the others itself.
    stores: { sqsStore: this.#queues } as Stores,
  });

  /** Hands on a request. @param body - instead of its own */
  answer(request: AwsRequest, body: Buffer | string = request.body): Promise<Answer> {
    return this.#inject(request.method as Method, request.path, request.headers, body);
  }

  /** Asks SQS. @throws when it refuses */
  async sqs<T extends object>(operation: string, input: object): Promise<T> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
    };
    return JSON.parse(await this.#ask('POST', '/', headers, JSON.stringify(input))) as T;
  }

  /** Asks SNS. @returns its XML @throws when it refuses */
  sns(form: URLSearchParams): Promise<string> {
    return this.#ask('POST', '/', { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
  }

  /** Finds a queue as it is kept; the emulator goes on using it. */
  queue(name: string): ReturnType<QueueStore['getQueueByName']> {
    return this.#queues.getQueueByName(name);
  }

  /** Asks S3 what it is asked by path alone. @throws when it refuses */
  path(method: Method, path: string): Promise<string> {
    return this.#ask(method, path, {}, '');
  }

  async #ask(
    method: Method,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<string> {
    const answer = await this.#inject(method, path, { ...headers, authorization: AUTHORIZATION }, body);
    if (answer.outcome !== 'ok') throw new Error(`${method} ${path}: ${answer.outcome}`);
    return answer.body.toString();
  }

  async #inject(method: Method, url: string, headers: Headers, payload: Buffer | string): Promise<Answer> {
    const {
      statusCode,
      headers: answered,
      rawPayload,
    } = await this.#app.inject({
      method,
      url,
      headers: { ...ofTheMessage(headers), host: HOST },
      ...(payload.length === 0 ? {} : { payload }),
    });
    const length = method === 'HEAD' ? answered['content-length'] : rawPayload.length;
    return {
      status: statusCode,
      headers: { ...ofTheMessage(answered), 'content-length': String(length ?? 0) },
      body: rawPayload,
      outcome: statusCode < 400 ? 'ok' : errorNameOf(rawPayload.toString(), statusCode),
    };
  }

  async stop(): Promise<void> {
    await this.#app.close();
  }
}

function ofTheMessage(headers: Headers): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP_HEADERS.includes(name) ? [] : [[name, String(value)] as const],
  );
  return Object.fromEntries(kept);
}
