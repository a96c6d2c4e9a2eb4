/** An HTTP server on the loopback interface, on which the fake vendors stand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../core/errors.ts';

export type Answering = (
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

export class Loopback {
  readonly #server: Server;
  /** Path and query of every request, in order. */
  readonly requests: string[] = [];

  constructor(answer: Answering) {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.url);
      this.requests.push(`${url.pathname}${url.search}`);
      void Promise.resolve(answer(url, request, response)).catch((thrown: unknown) =>
        send(response, 500, { error: messageOf(thrown) }),
      );
    });
  }

  /** Starts listening on a free port, and gives the server's URL. */
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
}

/** Answers with JSON. */
export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Begins a good answer and ends the connection in the middle of it. */
export function cutShort(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000 });
  response.write(JSON.stringify(body).slice(0, -1));
  setTimeout(() => response.destroy(), 5);
}

/** Reads the fields of a form. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}
