/** Asks for a feed to be read on at once, when a run ended with more waiting: the schedule may be hours away. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BUS_EVENT } from '../config/names.ts';
import { RingerError } from '../core/errors.ts';
import type { Outcome } from './collect.ts';

let shared: EventBridgeClient | undefined;

/** Tells whether there is more, and reading on would bring it: a run that got nowhere waits for the schedule. */
export function isWorthAnother(outcome: Outcome): boolean {
  return outcome.outcome === 'collected' && outcome.more && outcome.moved;
}

/**
 * Puts one event on the default bus, where a rule starts the connection's collector with it.
 *
 * @throws STORE_FAILED when the bus did not take it; what was read is safe, and the schedule reads on
 */
export async function askForMore(connection: string, feed: string): Promise<void> {
  shared ??= new EventBridgeClient({});
  const { FailedEntryCount = 0, Entries = [] } = await shared.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: BUS_EVENT.source,
          DetailType: BUS_EVENT.feedHasMore,
          Detail: JSON.stringify({ connection, feed }),
        },
      ],
    }),
  );
  if (FailedEntryCount > 0)
    throw new RingerError('STORE_FAILED', `the event bus refused: ${Entries[0]?.ErrorCode ?? 'no reason'}`, {
      retryable: true,
    });
}
