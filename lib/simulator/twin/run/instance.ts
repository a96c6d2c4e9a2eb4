/** One warm instance of a function: a thread that handles one event at a time. */
import { Worker } from 'node:worker_threads';
import type { EpochMs } from '../../../core/time.ts';
import type { FromInstance, InstanceSetup, ToInstance } from '../worker/messages.ts';

/** What became of an invocation. */
export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  /** `type` is the name of what was thrown, `TimedOut`, `Killed`, or `Crashed` when the thread died. */
  | { readonly ok: false; readonly type: string; readonly message: string };

export interface InstanceOptions {
  readonly setup: InstanceSetup;
  readonly environment: Readonly<Record<string, string>>;
  /** Hears what the thread writes to its output. */
  readonly onText: (text: string) => void;
}

/** Hears that a handler waits for time to pass; `wake` lets it go on. */
export type OnSleep = (ms: number, wake: () => void) => void;

const BOOTSTRAP = new URL('../worker/bootstrap.ts', import.meta.url);

export class Instance {
  readonly #worker: Worker;
  readonly #options: InstanceOptions;
  #running: { readonly finish: (outcome: Outcome) => void; readonly onSleep: OnSleep } | undefined;
  #lost: Outcome | undefined;

  constructor(options: InstanceOptions) {
    this.#options = options;
    const { setup, environment: env } = options;
    this.#worker = new Worker(BOOTSTRAP, {
      workerData: setup,
      env: { ...env },
      // Not what this process was started with: a test runner's options are none of a function's.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: setup.memoryMb },
    });
    this.#worker.on('message', (message: FromInstance) => this.#hear(message));
    this.#worker.on('error', ({ name, message }) =>
      this.#end({ ok: false, type: 'Crashed', message: `${name}: ${message}` }),
    );
    this.#worker.on('exit', (code) =>
      this.#end({ ok: false, type: 'Crashed', message: `the thread ended with ${code}` }),
    );
  }

  /** Whether the thread has ended, and this can no longer be invoked. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Calls the handler. Never rejects. */
  invoke(requestId: string, event: unknown, deadline: EpochMs, onSleep: OnSleep): Promise<Outcome> {
    if (this.#lost !== undefined) return Promise.resolve(this.#lost);
    return new Promise((finish) => {
      this.#running = { finish, onSleep };
      this.#tell({ say: 'invoke', requestId, event: JSON.stringify(event), deadline });
    });
  }

  /** Ends the thread in the middle of whatever it does; what it was invoked for has failed. */
  async end(type: 'Killed' | 'TimedOut', message: string): Promise<void> {
    this.#end({ ok: false, type, message });
    await this.#worker.terminate();
  }

  #hear(message: FromInstance): void {
    switch (message.say) {
      case 'log':
        return this.#options.onText(message.text);
      case 'sleep':
        return this.#running?.onSleep(message.ms, () => this.#tell({ say: 'wake', sleep: message.sleep }));
      case 'done':
        return this.#settle({
          ok: true,
          result: message.result === undefined ? undefined : (JSON.parse(message.result) as unknown),
        });
      case 'failed': {
        const outcome = { ok: false, type: message.type, message: message.message } as const;
        if (!message.lost) return this.#settle(outcome);
        this.#end(outcome);
        void this.#worker.terminate();
      }
    }
  }

  #end(outcome: Outcome): void {
    this.#lost ??= outcome;
    this.#settle(outcome);
  }

  #settle(outcome: Outcome): void {
    const running = this.#running;
    this.#running = undefined;
    running?.finish(outcome);
  }

  #tell(message: ToInstance): void {
    this.#worker.postMessage(message);
  }
}
