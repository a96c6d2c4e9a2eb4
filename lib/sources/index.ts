/** The vendors Ringer reads, in the order their shapes are tried. Adding a source is one line here. */
import { aws } from './aws/index.ts';
import { google } from './google/index.ts';
import { microsoft } from './microsoft/index.ts';
import { okta } from './okta/index.ts';
import type { Feed, RawRecord, Vendor } from './source.ts';

export const VENDORS: readonly Vendor[] = [aws, okta, microsoft, google];

export const FEEDS: readonly Feed[] = VENDORS.flatMap((vendor) => vendor.feeds);

/** Finds the feed a record belongs to, by its shape. */
export function feedOf(record: RawRecord): Feed | undefined {
  return FEEDS.find((feed) => feed.recognizes(record));
}
