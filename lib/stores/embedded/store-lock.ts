/**
 * Keeps a second command out of a folder while the first has it open.
 *
 * The lock is SQLite's on an empty file: the system takes it away when the process ends, however it ends, which a file
 * with a process number in it cannot promise. LevelDB's own lock would stop the second command too, but dynalite
 * answers that by throwing where nobody can catch it.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, RingerError } from '../../core/errors.ts';

const SQLITE_BUSY = 5;

/**
 * Takes the folder.
 *
 * @returns gives it back
 * @throws STORE_FAILED when another command has it, or it cannot be written to
 */
export function lockFolder(directory: string): () => void {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(directory, 'lock'));
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    const busy = (cause as { errcode?: unknown }).errcode === SQLITE_BUSY;
    const message = busy ? 'another command has it open; try again when that has ended' : messageOf(cause);
    throw new RingerError('STORE_FAILED', `${directory}: ${message}`, { cause, retryable: busy });
  }
  const held = lock;
  return () => held.close();
}
