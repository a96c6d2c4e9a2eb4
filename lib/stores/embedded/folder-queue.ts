/**
 * A queue without an AWS account: messages are files in a folder, so that what was sent is still there after a crash. Like
 * SQS it gives each message at least once.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './folder-file.ts';

export interface FolderQueue {
  /** Resolves once the message is safe. */
  readonly send: (body: string) => Promise<void>;
  /**
   * Gives every message to `work`, oldest first, those too that it sends meanwhile, and removes each that is done.
   *
   * @throws what `work` throws; that message and the rest stay
   */
  readonly drain: (work: (body: string) => Promise<void>) => Promise<void>;
  /** How many wait. */
  readonly size: () => number;
}

const NAME = /^\d{16}$/;

/** Opens the queue in a folder, with what an earlier run left in it. */
export function openFolderQueue(directory: string): FolderQueue {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // What was not written whole was not sent.
  const waiting = readdirSync(directory)
    .filter((name) => NAME.test(name))
    .sort();
  let next = Number(waiting.at(-1) ?? 0) + 1;
  return {
    async send(body) {
      const name = String(next++).padStart(16, '0');
      await writeWhole(join(directory, name), body);
      waiting.push(name);
    },
    async drain(work) {
      for (let name = waiting[0]; name !== undefined; name = waiting[0]) {
        const path = join(directory, name);
        await work(await readFile(path, 'utf8'));
        await rm(path);
        waiting.splice(waiting.indexOf(name), 1);
      }
    },
    size: () => waiting.length,
  };
}
