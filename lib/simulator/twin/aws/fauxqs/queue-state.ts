/** What is in a queue, without taking it out. */

export interface QueueState {
  readonly visible: number;
  /** Received and not deleted yet. */
  readonly inFlight: number;
  readonly delayed: number;
  /** When the first of those in flight or delayed can be received, in milliseconds since 1970. */
  readonly nextVisibleTime: number | undefined;
}

/** Messages as fauxqs keeps them. It moves them only when somebody receives some, so that they may lag behind. */
export interface QueueMessages {
  readonly ready: readonly unknown[];
  readonly delayed: readonly { readonly delayUntil?: number }[];
  readonly inflight: readonly { readonly receiptHandle: string; readonly visibilityDeadline: number }[];
}

/** Counts messages as somebody who receives some now would find them. */
export function queueState({ ready, delayed: later, inflight }: QueueMessages, now: number): QueueState {
  const inFlight = inflight.map(({ visibilityDeadline }) => visibilityDeadline);
  const delayed = later.map(({ delayUntil = 0 }) => delayUntil);
  const hidden = (times: readonly number[]): readonly number[] => times.filter((time) => time > now);
  const waiting = [...hidden(inFlight), ...hidden(delayed)];
  return {
    visible: ready.length + inFlight.length + delayed.length - waiting.length,
    inFlight: hidden(inFlight).length,
    delayed: hidden(delayed).length,
    nextVisibleTime: waiting.length === 0 ? undefined : Math.min(...waiting),
  };
}
