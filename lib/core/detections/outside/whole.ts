import type { FileHostingActivity } from '../../events/index.ts';

/** Tells whether a record is of a whole shared drive or site rather than of a file in one. */
export function isWhole({ file: { uid, container } }: FileHostingActivity): boolean {
  return container !== undefined && withoutSlash(uid) === withoutSlash(container);
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
