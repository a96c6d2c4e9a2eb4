/** How the fake Microsoft cuts a listing into pages, and links them: right, or elsewhere. */
import type { RawRecord } from '../../sources/source.ts';
import type { Vice } from './vices.ts';

/**
 * Cuts out the page that a request asks for. Links are worth as much as the listing stands still: whatever arrives
 * meanwhile shifts the pages.
 *
 * @param parameter - of the request, says where its page begins
 */
export function pageOf<T>(
  listed: readonly T[],
  url: URL,
  parameter: string,
  size: number,
  vice: Vice | undefined,
): { readonly page: readonly T[]; readonly next?: string } {
  const start = Number(url.searchParams.get(parameter) ?? 0);
  const page = listed.slice(start, start + size);
  const next = new URL(url);
  next.searchParams.set(parameter, String(start + size));
  if (vice?.vice === 'foreign-next') return { page, next: `${vice.origin}${next.pathname}${next.search}` };
  return listed.length > start + size ? { page, next: next.href } : { page };
}

/** Turns the links of entries elsewhere, where that is the vice. */
export function withForeignContent(
  entries: readonly RawRecord[],
  vice: Vice | undefined,
): readonly RawRecord[] {
  if (vice?.vice !== 'foreign-content') return entries;
  return entries.map((entry) => ({
    ...entry,
    contentUri: `${vice.origin}${new URL(String(entry['contentUri'])).pathname}`,
  }));
}
