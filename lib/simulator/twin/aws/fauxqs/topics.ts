/** SNS, and what fauxqs does not know of it: texts by protocol, subjects that SNS refuses, subscriptions that wait. */
import { failureAnswer, type Answer } from '../answer.ts';
import { arnOf } from '../place.ts';
import { formBody, type AwsRequest } from '../request.ts';
import type { Asked } from '../service.ts';
import type { Emulator } from './emulator.ts';
import type { StandIns } from './stand-ins.ts';
import { subscribeForm, textFor, type Published, type Subscription } from './topic-log.ts';

export class Topics {
  readonly published: Published[] = [];
  readonly #emulator: Emulator;
  readonly #standIns: StandIns;
  /** ARNs of subscriptions that nobody has confirmed. */
  readonly #pending = new Set<string>();

  constructor(emulator: Emulator, standIns: StandIns) {
    this.#emulator = emulator;
    this.#standIns = standIns;
  }

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const form = formBody(request);
    const operation = form.get('Action') ?? '';
    return {
      action: `sns:${operation.replace(/Batch$/, '')}`,
      resources: [form.get('TopicArn') ?? form.get('SubscriptionArn') ?? form.get('ResourceArn') ?? '*'],
      run: async () => {
        if (operation === 'Publish') return this.#publish(request, form);
        const answer = await this.#emulator.answer(request);
        return operation.startsWith('ListSubscriptions') ? this.#withPending(answer) : answer;
      },
    };
  };

  async create(Name: string): Promise<{ readonly arn: string }> {
    await this.#emulator.sns(new URLSearchParams({ Action: 'CreateTopic', Name }));
    return { arn: arnOf('sns', Name) };
  }

  async subscribe(subscription: Subscription): Promise<{ readonly arn: string }> {
    const xml = await this.#emulator.sns(subscribeForm(subscription));
    const arn = /<SubscriptionArn>([^<]+)</.exec(xml)?.[1] ?? '';
    if (subscription.pending === true) this.#pending.add(arn);
    else if (subscription.protocol !== 'sqs') await this.#standIns.add(subscription);
    return { arn };
  }

  async #publish(request: AwsRequest, form: URLSearchParams): Promise<Answer> {
    const message: Omit<Published, 'messageId'> = {
      topicArn: form.get('TopicArn') ?? '',
      subject: form.get('Subject') ?? undefined,
      message: form.get('Message') ?? '',
      byProtocol: form.get('MessageStructure') === 'json',
      caller: request.caller,
      time: Date.now(),
    };
    const wrong = fault(message);
    if (wrong !== undefined) {
      const failure = { status: 400, code: 'InvalidParameter', message: `Invalid parameter: ${wrong}` };
      return failureAnswer(request, failure);
    }
    const forQueues = new URLSearchParams(form);
    forQueues.set('Message', textFor('sqs', message));
    const answer = await this.#emulator.answer(request, forQueues.toString());
    if (answer.outcome !== 'ok') return answer;
    const messageId = /<MessageId>([^<]+)</.exec(answer.body.toString())?.[1] ?? '';
    const published = { ...message, messageId };
    this.published.push(published);
    await this.#standIns.deliver(published, forQueues);
    return answer;
  }

  #withPending(answer: Answer): Answer {
    const body = answer.body
      .toString()
      .replace(/<SubscriptionArn>([^<]+)</g, (whole, arn: string) =>
        this.#pending.has(arn) ? '<SubscriptionArn>PendingConfirmation<' : whole,
      );
    const headers = { ...answer.headers, 'content-length': String(Buffer.byteLength(body)) };
    return { ...answer, headers, body };
  }
}

const LARGEST_BYTES = 262_144;
/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

/** Says why SNS would refuse a message. */
function fault({ subject, message, byProtocol }: Omit<Published, 'messageId'>): string | undefined {
  if (subject !== undefined && !SUBJECT.test(subject)) return 'Subject';
  if (Buffer.byteLength(message) > LARGEST_BYTES) return 'Message too long';
  if (!byProtocol) return undefined;
  try {
    const texts = JSON.parse(message) as { readonly default?: unknown };
    if (typeof texts.default === 'string') return undefined;
    return 'Message Structure - No default entry in JSON message body';
  } catch {
    return 'Message Structure - JSON message body failed to parse';
  }
}
