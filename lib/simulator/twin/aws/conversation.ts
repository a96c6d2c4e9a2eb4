/** Questions to the server's thread, and its answers. */
import type { Worker } from 'node:worker_threads';
import { messageOf, RingerError } from '../../../core/errors.ts';
import type { Killed } from './index.ts';
import type { Question, Said } from './thread.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (failed: Error) => void;
}

export class Conversation {
  /** The server's endpoint, once it listens. */
  readonly opened: Promise<string>;
  onKill: (killed: Killed) => void = () => undefined;
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: Error | undefined;

  constructor(thread: Worker) {
    this.#thread = thread;
    this.opened = new Promise((resolve, reject) => {
      this.#waiting.set(0, { resolve: resolve as Waiting['resolve'], reject });
    });
    thread.on('error', (cause: unknown) => this.#fail(`the twin's AWS: ${messageOf(cause)}`, cause));
    thread.on('exit', () => this.#fail("the twin's AWS has ended"));
    thread.on('message', (said: Said) => this.#hear(said));
  }

  /** @throws STORE_FAILED when the thread cannot do it, or has ended */
  ask(name: Question['name'], given: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject });
      this.#thread.postMessage({ id, name, given } satisfies Question);
    });
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #hear(said: Said): void {
    if ('killed' in said) return this.onKill(said.killed);
    const waiting = this.#waiting.get(said.id);
    this.#waiting.delete(said.id);
    if ('failed' in said) waiting?.reject(new RingerError('STORE_FAILED', `the twin's AWS: ${said.failed}`));
    else waiting?.resolve(said.value);
  }

  #fail(message: string, cause?: unknown): void {
    this.#ended ??= new RingerError('STORE_FAILED', message, { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
