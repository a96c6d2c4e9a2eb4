/** What goes wrong on purpose. */
import { randomFrom, type Random } from '../../random.ts';
import type { Failure } from './answer.ts';
import type { Call } from './calls.ts';

export interface Fault {
  /**
   * `throttle`: the service's own throttling error. `server-error`: 500. `reset-before`, `reset-after`: the connection
   * breaks before the call takes effect or after. `partial`: half of a batch is given back as unprocessed or failed;
   * calls that are no batch go on as always.
   */
  readonly kind: 'throttle' | 'server-error' | 'reset-before' | 'reset-after' | 'partial';
  /** Whose calls; everybody's without it. */
  readonly caller?: string;
  /** Which ones, by IAM's name or its beginning: `dynamodb:PutItem`, `sqs:`. */
  readonly action?: string;
  /** A part of one of the ARNs. */
  readonly resource?: string;
  /** How many calls that match go well first. */
  readonly after?: number;
  /** How many then fail; every one without it. */
  readonly times?: number;
  /** How many of them fail, between 0 and 1; all of them without it. Which ones depends on `seed` alone. */
  readonly share?: number;
  readonly seed?: number;
}

export class Faults {
  #injected: { readonly fault: Fault; readonly random: Random; passes: number; left: number }[] = [];

  inject(fault: Fault): void {
    const { after = 0, times = Infinity, seed = 1 } = fault;
    this.#injected.push({ fault, random: randomFrom(seed), passes: after, left: times });
  }

  clear(): void {
    this.#injected = [];
  }

  /** Says what is to befall a call; the fault that was injected first goes first. */
  meet(call: Pick<Call, 'caller' | 'action' | 'resources'>): Fault['kind'] | undefined {
    for (const injected of this.#injected) {
      if (injected.left <= 0 || !concerns(injected.fault, call)) continue;
      if (injected.passes > 0) injected.passes--;
      else if (injected.random.next() < (injected.fault.share ?? 1)) {
        injected.left--;
        return injected.fault.kind;
      }
    }
    return undefined;
  }
}

function concerns(fault: Fault, { caller, action, resources }: Parameters<Faults['meet']>[0]): boolean {
  return (
    (fault.caller ?? caller) === caller &&
    action.startsWith(fault.action ?? '') &&
    resources.some((arn) => arn.includes(fault.resource ?? ''))
  );
}

const THROTTLES: Readonly<Record<string, Omit<Failure, 'message'>>> = {
  dynamodb: { status: 400, code: 'ProvisionedThroughputExceededException' },
  sqs: { status: 400, code: 'RequestThrottled' },
  sns: { status: 429, code: 'Throttled' },
  s3: { status: 503, code: 'SlowDown' },
};

/** Gives the error by which a service says that it is asked too much. */
export function throttleOf(service: string): Failure {
  const { status, code } = THROTTLES[service] ?? { status: 400, code: 'ThrottlingException' };
  return { status, code, message: 'Rate exceeded' };
}

export const SERVER_ERROR: Failure = { status: 500, code: 'InternalFailure', message: 'An error on purpose' };
