/** SQS: which queue a request is about, and halves of its batches. */
import { isClockStopped } from '../clock.ts';
import type { Answer } from '../answer.ts';
import { arnOf, TWIN_ACCOUNT_ID } from '../place.ts';
import { jsonBody, jsonOperation, type AwsRequest } from '../request.ts';
import type { Asked } from '../service.ts';
import type { Emulator } from './emulator.ts';
import { queueState, type QueueMessages, type QueueState } from './queue-state.ts';

interface SqsInput {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly Entries?: readonly { readonly Id: string }[];
  readonly WaitTimeSeconds?: number;
}

interface BatchResult {
  readonly Failed?: readonly object[];
}

export class Queues {
  readonly #emulator: Emulator;
  readonly #endpoint: () => string;

  constructor(emulator: Emulator, endpoint: () => string) {
    this.#emulator = emulator;
    this.#endpoint = endpoint;
  }

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const operation = jsonOperation(request);
    const input = jsonBody<SqsInput>(request);
    const name = input.QueueName ?? input.QueueUrl?.split('/').at(-1);
    return {
      // IAM knows no batches.
      action: `sqs:${operation.replace(/Batch$/, '')}`,
      resources: [name === undefined ? '*' : arnOf('sqs', name)],
      run: async (share) => {
        if (share === 'half' && input.Entries !== undefined) return this.#half(request, input.Entries);
        const answer = await this.#emulator.answer(request, withoutWaiting(request, operation, input));
        return operation === 'GetQueueUrl' ? this.#withUrl(answer, name ?? '') : answer;
      },
    };
  };

  async create(
    QueueName: string,
    Attributes: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly url: string; readonly arn: string }> {
    await this.#emulator.sqs('CreateQueue', { QueueName, Attributes });
    return { url: this.#url(QueueName), arn: arnOf('sqs', QueueName) };
  }

  /** Counts what is in a queue. @throws when there is no such queue */
  state(name: string): QueueState {
    return queueState(this.#inspect(name), Date.now());
  }

  /** Makes every message in flight visible. @returns how many */
  async makeVisible(name: string): Promise<number> {
    const { inflight } = this.#inspect(name);
    for (const { receiptHandle: ReceiptHandle } of inflight) {
      const change = { QueueUrl: this.#url(name), ReceiptHandle, VisibilityTimeout: 0 };
      await this.#emulator.sqs('ChangeMessageVisibility', change);
    }
    return inflight.length;
  }

  #url(name: string): string {
    return `${this.#endpoint()}/${TWIN_ACCOUNT_ID}/${name}`;
  }

  #inspect(name: string): QueueMessages {
    const queue = this.#emulator.queue(name);
    if (queue === undefined) throw new Error(`there is no queue ${name}`);
    return queue.inspectMessages();
  }

  // The emulator names a host that does not resolve everywhere.
  #withUrl(answer: Answer, name: string): Answer {
    if (answer.outcome !== 'ok') return answer;
    return withBody(answer, { QueueUrl: this.#url(name) });
  }

  async #half(request: AwsRequest, entries: readonly { readonly Id: string }[]): Promise<Answer> {
    const middle = Math.ceil(entries.length / 2);
    const body = { ...jsonBody<object>(request), Entries: entries.slice(0, middle) };
    const answer = await this.#emulator.answer(request, JSON.stringify(body));
    if (answer.outcome !== 'ok') return answer;
    const result = JSON.parse(answer.body.toString()) as BatchResult;
    const failed = entries
      .slice(middle)
      .map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError', Message: 'An error on purpose' }));
    return withBody(answer, { ...result, Failed: [...(result.Failed ?? []), ...failed] });
  }
}

/** While the twin's clock stands still no message can come: an empty answer is given at once. */
function withoutWaiting(request: AwsRequest, operation: string, input: SqsInput): Buffer | string {
  if (operation !== 'ReceiveMessage' || !isClockStopped()) return request.body;
  return JSON.stringify({ ...input, WaitTimeSeconds: 0 });
}

function withBody(answer: Answer, body: object): Answer {
  const text = JSON.stringify(body);
  return {
    ...answer,
    headers: { ...answer.headers, 'content-length': String(Buffer.byteLength(text)) },
    body: text,
  };
}
