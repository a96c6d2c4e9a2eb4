/** Starts the server in a thread of its own. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Conversation } from './conversation.ts';
import type { Controls, TwinAws } from './index.ts';

/** Every control there is; the type says when one is missing. */
const CONTROLS: Readonly<Record<keyof Controls, true>> = {
  createTable: true,
  createQueue: true,
  createTopic: true,
  subscribe: true,
  createBucket: true,
  putSecret: true,
  setStackOutputs: true,
  forward: true,
  setNow: true,
  expireItems: true,
  readStream: true,
  queueState: true,
  makeVisible: true,
  calls: true,
  capacity: true,
  busEvents: true,
  published: true,
  deliveries: true,
  inject: true,
  clearFaults: true,
  killAt: true,
};

/**
 * Starts it; nothing is in it yet.
 *
 * @throws STORE_FAILED when the thread ends before it listens; later, whatever is asked of a thread that has ended
 */
export async function startTwinAws(): Promise<TwinAws> {
  // Node reads the TypeScript of a thread itself, also where tests have it transformed.
  const talk = new Conversation(new Worker(join(import.meta.dirname, 'thread.ts')));
  const endpoint = await talk.opened;
  const controls = Object.keys(CONTROLS).map((name) => [
    name,
    (...given: unknown[]) => talk.ask(name as keyof Controls, given),
  ]);
  return {
    ...(Object.fromEntries(controls) as Controls),
    endpoint,
    onKill(callback) {
      talk.onKill = callback;
    },
    async stop() {
      await talk.ask('stop', []);
      await talk.end();
    },
  };
}
