/** Opens the pages AWS answers with, so that each record inside stands by itself. */
import { asObject, has } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { isEntity } from './inventory.ts';

/** Gives the records of a page of LookupEvents, GetInventory or ListInventoryEntries; `undefined` for anything else. */
export function unwrap(page: RawRecord): readonly unknown[] | undefined {
  return lookupEvents(page) ?? inventoryEntities(page) ?? inventoryEntries(page);
}

function lookupEvents(page: RawRecord): readonly unknown[] | undefined {
  return listIf(page, 'Events', (event) => has(event, 'CloudTrailEvent'));
}

function inventoryEntities(page: RawRecord): readonly unknown[] | undefined {
  return listIf(page, 'Entities', isEntity);
}

/** What an entry belongs to is written once, on its page. */
function inventoryEntries(page: RawRecord): readonly unknown[] | undefined {
  if (!has(page, 'Entries') || !has(page, 'TypeName') || !has(page, 'InstanceId')) return undefined;
  const { Entries: entries, TypeName, InstanceId, SchemaVersion, CaptureTime } = page;
  if (!Array.isArray(entries)) return undefined;
  return entries.map((Entry: unknown) => ({ TypeName, InstanceId, SchemaVersion, CaptureTime, Entry }));
}

/** An empty list is a page only when nothing is beside it but the token of the next. */
function listIf(
  page: RawRecord,
  key: string,
  isOurs: (entry: RawRecord) => boolean,
): readonly unknown[] | undefined {
  const list = has(page, key) ? page[key] : undefined;
  if (!Array.isArray(list)) return undefined;
  if (list.length === 0)
    return Object.keys(page).every((other) => other === key || other === 'NextToken') ? list : undefined;
  return list.some((entry) => {
    const object = asObject(entry);
    return object !== undefined && isOurs(object);
  })
    ? (list as readonly unknown[])
    : undefined;
}
