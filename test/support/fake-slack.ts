/** An incoming webhook over real HTTP: keeps what it is sent, and refuses when told to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class FakeSlack {
  readonly received: { readonly text: string; readonly blocks: readonly unknown[] }[] = [];
  /** Answers to give before all is well again; `hang` gives none. */
  readonly next: (number | 'hang')[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const status = this.next.shift() ?? 200;
        if (status === 'hang') return;
        if (status === 200)
          this.received.push(JSON.parse(Buffer.concat(parts).toString()) as FakeSlack['received'][0]);
        response.writeHead(status, {
          ...(status === 429 ? { 'retry-after': '1' } : {}),
          ...(status === 302 ? { location: 'http://127.0.0.1:1/elsewhere' } : {}),
        });
        response.end(status === 200 ? 'ok' : 'no_service');
      });
    });
  }

  /** Gives the webhook's URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/services/T0EXAMPLE/B0EXAMPLE/invented`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
