/** The remote-access tools of a run: our own, and those a refreshed LOLRMM export adds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, RingerError } from '../core/errors.ts';
import { REMOTE_TOOLS, type RemoteTool } from '../core/software/remote-tools.ts';
import { mergeLolrmm } from './lolrmm.ts';

/**
 * Reads the tools.
 *
 * @param listsDirectory - where `ringer lists refresh` keeps its lists; without an export there, our own tools alone
 * @throws LIST_UNREADABLE when there is an export that cannot be read
 */
export function readRemoteTools(listsDirectory: string): readonly RemoteTool[] {
  const path = join(listsDirectory, 'lolrmm.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return REMOTE_TOOLS;
    throw new RingerError('LIST_UNREADABLE', `${path}: ${messageOf(cause)}`, { cause });
  }
  return mergeLolrmm(REMOTE_TOOLS, text).tools;
}
