/** Incoming webhooks of Slack on this machine: they keep what they are sent. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EpochMs } from '../../core/time.ts';

export interface SlackPost {
  readonly time: EpochMs;
  /** The webhook: the name it was opened under. */
  readonly webhook: string;
  readonly body: { readonly text?: string; readonly blocks?: readonly unknown[] };
}

export class RecordingSlack {
  readonly posts: SlackPost[] = [];
  readonly #server: Server;

  constructor(now: () => EpochMs) {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const webhook = decodeURIComponent(request.url?.slice(request.url.lastIndexOf('/') + 1) ?? '');
        const body = JSON.parse(Buffer.concat(parts).toString()) as SlackPost['body'];
        this.posts.push({ time: now(), webhook, body });
        response.end('ok');
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Gives the URL of a webhook. */
  urlOf(webhook: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/services/T0EXAMPLE/B0EXAMPLE/${encodeURIComponent(webhook)}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
