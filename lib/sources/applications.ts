import type { Application } from '../core/events/index.ts';

/** Names an application by what a record has of it; `undefined` when that is nothing. */
export function applicationOf(uid: string | undefined, name: string | undefined): Application | undefined {
  if (uid === undefined) return name === undefined ? undefined : { name };
  return name === undefined ? { uid } : { uid, name };
}
