/** Who calls the twin's AWS: the names that stand in the record of its calls. */

/** Whoever deploys the twin and looks into it. */
export const OPERATOR = 'operator';

const POLLER = '.poller';

/** Names what reads a queue for a function; AWS does that with the function's role. */
export function pollerOf(functionName: string): string {
  return functionName + POLLER;
}

/**
 * Gives the function whose role a caller has.
 *
 * @example functionOfCaller('Detect5E3C9172.poller') // => 'Detect5E3C9172'
 */
export function functionOfCaller(caller: string): string {
  return caller.endsWith(POLLER) ? caller.slice(0, -POLLER.length) : caller;
}
