/** Hands events on a bus to the targets of the rules they fit. */
import { randomUUID } from 'node:crypto';
import { isoTime } from '../../../core/time.ts';
import type { BusEvent, TwinAws } from '../aws/index.ts';
import { TWIN_ACCOUNT_ID, TWIN_REGION } from '../aws/place.ts';
import { fits } from '../event-pattern.ts';
import { inputOf } from '../target-input.ts';
import type { RulePlan } from '../templates/plan.ts';
import type { AsyncCalls } from './async-calls.ts';

export class BusRules {
  readonly #rules: readonly RulePlan[];
  readonly #aws: TwinAws;
  readonly #calls: AsyncCalls;
  #read = 0;

  constructor(rules: readonly RulePlan[], aws: TwinAws, calls: AsyncCalls) {
    this.#rules = rules;
    this.#aws = aws;
    this.#calls = calls;
  }

  /**
   * Looks for new events.
   *
   * @returns whether anything was begun
   */
  async poll(): Promise<boolean> {
    const events = await this.#aws.busEvents(this.#read);
    this.#read += events.length;
    let begun = false;
    for (const each of events) {
      const bus = each.bus.slice(each.bus.lastIndexOf('/') + 1);
      const event = eventOf(each);
      for (const rule of this.#rules) {
        if (rule.bus !== bus || !fits(event, rule.pattern)) continue;
        for (const { functionArn, input } of rule.targets) {
          this.#calls.start(functionArn, inputOf(event, input), 'rule');
          begun = true;
        }
      }
    }
    return begun;
  }
}

function eventOf({ source, detailType, detail, time }: BusEvent): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: TWIN_ACCOUNT_ID,
    time: isoTime(time),
    region: TWIN_REGION,
    resources: [],
    detail: JSON.parse(detail) as unknown,
  };
}
