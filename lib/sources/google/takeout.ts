/** The application `takeout`: people who take a copy of everything they have. */
import type { ApiActivity, SourceEvent } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, nameOf, type Activity } from './activity.ts';
import { textParameter, wordsParameter } from './parameters.ts';

const EXPORTS: ReadonlySet<string> = new Set([
  'STARTED_USER_TAKEOUT',
  'SCHEDULED_USER_TAKEOUT',
  'COMPLETED_USER_TAKEOUT',
  'DOWNLOADED_USER_TAKEOUT',
]);

const NOTHING_CAME_OF_IT: ReadonlySet<string> = new Set(['CANCELED', 'FAILED']);

/** Google has some sixty products. */
const MOST_PRODUCTS = 100;
const LONGEST_PRODUCT = 80;
const LONGEST_LIST = MOST_PRODUCTS * LONGEST_PRODUCT;

export const takeout = activityFeed('takeout', ['takeout'], (name) =>
  EXPORTS.has(name) ? readExport : undefined,
);

function readExport(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  if (activity.actor === undefined) return [];
  const exported = eventBase(activity, part) as Writable<ApiActivity>;
  exported.kind = 'api-activity';
  exported.operation = nameOf(event);
  exported.purpose = 'bulk-export';
  exported.status = NOTHING_CAME_OF_IT.has(textParameter(event, 'TAKEOUT_STATUS') ?? '')
    ? 'failure'
    : 'success';
  const user = emailOf(textParameter(event, 'USER_EMAIL'));
  if (user !== undefined) exported.resource = { type: 'user', uid: user };
  const destination = textParameter(event, 'TAKEOUT_DESTINATION')?.toLowerCase();
  if (destination !== undefined) exported.targets = [destination];
  const products = productsIn(event);
  if (products.length > 0) exported.contents = products;
  return [exported];
}

/** One text with commas, or a list. */
function productsIn(event: RawRecord): readonly string[] {
  const products = wordsParameter(event, 'PRODUCTS_REQUESTED')
    .flatMap((text) => text.slice(0, LONGEST_LIST).split(','))
    .map((product) => product.trim().slice(0, LONGEST_PRODUCT))
    .filter((product) => product !== '');
  return [...new Set(products)].slice(0, MOST_PRODUCTS);
}
