/**
 * Lists the Systems Manager inventory of every account and Region: each instance with what it says of itself and the
 * applications on it.
 *
 * GetInventory gives the instances and nothing about applications; those are asked for instance by instance. A record is
 * an instance with both, in GetInventory's shape. A run that ends early goes on at the page where it stopped.
 */
import type {
  InventoryResultEntity,
  InventoryResultItem,
  ListInventoryEntriesCommandOutput,
} from '@aws-sdk/client-ssm';
import { asObject } from '../fields.ts';
import type { Page } from '../reader.ts';
import { everyTarget, type Part } from './every-target.ts';
import { inventoryCalls, tokenOf, type InventoryCalls } from './inventory-calls.ts';
import { APPLICATION, INSTANCE } from './inventory.ts';
import type { Until } from './send.ts';
import type { Target } from './targets.ts';

/** How far a target has been listed. */
interface ListingState {
  /** The token of the next page; absent: all has been listed. */
  readonly next?: string;
}

/** With all their applications, some 10 MB. */
const PAGE_INSTANCES = 50;
/** An inventory may hold no more of one type. */
const MOST_APPLICATIONS = 10_000;

/**
 * Lists all targets. Those listed by an earlier run of the same listing are left out.
 *
 * @param cursor - `{ "123456789012/eu-central-1": { next? } }` in the middle of a listing, `{}` between two
 */
export async function* listInventory(
  cursor: unknown,
  targets: readonly Target[],
  until: Until,
): AsyncGenerator<Page> {
  const states = readStates(cursor, targets);
  yield* everyTarget<ListingState>({
    targets: targets.filter(({ name }) => states.get(name)?.next !== undefined || !states.has(name)),
    states,
    read: (target, state) => listTarget(target, state?.next, until),
    pageRecords: PAGE_INSTANCES,
    beginsAnew: true,
  });
}

async function* listTarget(
  target: Target,
  from: string | undefined,
  until: Until,
): AsyncGenerator<Part<ListingState>, 'read' | 'out-of-time'> {
  const calls = inventoryCalls(target, until);
  try {
    let token = from;
    do {
      const page = await calls.instances(token);
      if (page === undefined) return 'out-of-time';
      const records: InventoryResultEntity[] = [];
      for (const instance of page.Entities ?? []) {
        const whole = await withApplications(instance, calls);
        if (whole === undefined) return 'out-of-time';
        records.push(whole);
      }
      token = tokenOf(page);
      yield { records, state: token === undefined ? {} : { next: token } };
    } while (token !== undefined);
    return 'read';
  } finally {
    calls.end();
  }
}

/** Adds the applications of an instance; `undefined` when there was no time left. */
async function withApplications(
  instance: InventoryResultEntity,
  calls: InventoryCalls,
): Promise<InventoryResultEntity | undefined> {
  const { Id, Data } = instance;
  if (Id === undefined || isTerminated(Data?.[INSTANCE])) return instance;
  const Content: Record<string, string>[] = [];
  let token: string | undefined;
  let page: ListInventoryEntriesCommandOutput | undefined;
  do {
    page = await calls.applications(Id, token);
    if (page === undefined) return undefined;
    Content.push(...(page.Entries ?? []));
    token = tokenOf(page);
  } while (token !== undefined && Content.length < MOST_APPLICATIONS);
  if (Content.length === 0) return instance;
  const { SchemaVersion, CaptureTime } = page;
  const item = { TypeName: APPLICATION, SchemaVersion, CaptureTime, Content };
  return { ...instance, Data: { ...Data, [APPLICATION]: item } };
}

function isTerminated(item: InventoryResultItem | undefined): boolean {
  return item?.Content?.[0]?.['InstanceStatus'] === 'Terminated';
}

/** Accounts and Regions that the connection no longer has are left out. */
function readStates(cursor: unknown, targets: readonly Target[]): ReadonlyMap<string, ListingState> {
  const written = asObject(cursor);
  return new Map(
    targets.flatMap(({ name }) => {
      const state = asObject(written?.[name]);
      if (state === undefined) return [];
      const next = state['next'];
      return [[name, typeof next === 'string' ? { next } : {}]];
    }),
  );
}
