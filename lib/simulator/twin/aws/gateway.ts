/** The one door to every service: tells who calls, lets go wrong what is to go wrong, and keeps a record. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../../core/errors.ts';
import { failureAnswer, type Answer } from './answer.ts';
import type { Call } from './calls.ts';
import { Faults, SERVER_ERROR, throttleOf } from './faults.ts';
import type { Killed } from './index.ts';
import { Kills } from './kills.ts';
import { readRequest, type AwsRequest } from './request.ts';
import type { Asked, Service } from './service.ts';

/** What becomes of a call that gets no answer. */
type Silence = 'reset' | 'killed';

export class Gateway {
  readonly calls: Call[] = [];
  readonly faults = new Faults();
  readonly kills = new Kills();
  readonly services: Map<string, Service>;
  readonly #onKill: (killed: Killed) => void;
  readonly #server: Server;

  constructor(services: Map<string, Service>, onKill: (killed: Killed) => void) {
    this.services = services;
    this.#onKill = onKill;
    this.#server = createServer((message, response) => {
      // Whoever ended in the middle of a request waits for no answer.
      this.#answer(message, response).catch(() => response.destroy());
    });
    // A caller's connection that is closed for being idle would be one reset more than were asked for.
    this.#server.keepAliveTimeout = 0;
  }

  /** Starts listening on a free port of the loopback interface. @returns the endpoint */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    if (request === undefined) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('the request is not signed');
      return;
    }
    const answer = await this.#attempt(request);
    if (answer === 'reset') response.destroy();
    else if (typeof answer !== 'string') {
      response.writeHead(answer.status, answer.headers).end(answer.body);
    }
  }

  async #attempt(request: AwsRequest): Promise<Answer | Silence> {
    const { caller, run } = request;
    let asked: Pick<Asked, 'action' | 'resources'> = { action: `${request.service}:*`, resources: ['*'] };
    let answer: Answer | Silence;
    try {
      const service = this.services.get(request.service);
      if (service === undefined) throw new Error(`the twin has no service ${request.service}`);
      const known = service(request);
      asked = known;
      answer = await this.#outcome(request, known);
    } catch (thrown) {
      answer = failureAnswer(request, { status: 500, code: 'TwinFailed', message: messageOf(thrown) });
    }
    const { action, resources } = asked;
    const outcome = typeof answer === 'string' ? answer : answer.outcome;
    this.calls.push({ caller, run, action, resources, time: Date.now(), outcome });
    return answer;
  }

  async #outcome(request: AwsRequest, asked: Asked): Promise<Answer | Silence> {
    const { caller, run, service } = request;
    const when = this.kills.meet(caller);
    if (when !== undefined) {
      if (when === 'after') await asked.run('whole');
      this.#onKill({ caller, run, action: asked.action, when });
      return 'killed';
    }
    const fault = this.faults.meet({ caller, ...asked });
    switch (fault) {
      case undefined:
        return asked.run('whole');
      case 'partial':
        return asked.run('half');
      case 'throttle':
        return failureAnswer(request, throttleOf(service));
      case 'server-error':
        return failureAnswer(request, SERVER_ERROR);
      case 'reset-after':
        await asked.run('whole');
        return 'reset';
      case 'reset-before':
        return 'reset';
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
