/** A request as every service of AWS gets it: who asks, which service, and the rest as it came. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface AwsRequest {
  /** The access key id up to `~`. */
  readonly caller: string;
  /** What follows `~`: one of several runs of the caller. */
  readonly run: string | undefined;
  /** As it is signed: `dynamodb`, `s3`, `secretsmanager`. */
  readonly service: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const CREDENTIAL = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

/** Reads a request to its end; gives `undefined` for one that is not signed. */
export async function readRequest(message: IncomingMessage): Promise<AwsRequest | undefined> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  const [, key, service] = CREDENTIAL.exec(message.headers.authorization ?? '') ?? [];
  if (key === undefined || service === undefined) return undefined;
  const [caller = '', run] = key.split('~');
  const { method = 'GET', url: path = '/', headers } = message;
  return { caller, run, service, method, path, headers, body: Buffer.concat(parts) };
}

/** Gives the operation that a JSON request names: `PutItem`. */
export function jsonOperation(request: AwsRequest): string {
  return String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
}

/** Reads the body of a JSON request. */
export function jsonBody<T>(request: AwsRequest): T {
  return JSON.parse(request.body.toString()) as T;
}

/** Reads the body of a query request; `Action` names the operation. */
export function formBody(request: AwsRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString());
}

/** Tells a JSON request from the others: errors have to be in the same language. */
export function isJson({ headers }: AwsRequest): boolean {
  return headers['content-type']?.startsWith('application/x-amz-json') === true;
}
