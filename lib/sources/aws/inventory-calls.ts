/** What is asked of Systems Manager: which instances there are, and which applications are on one. */
import {
  GetInventoryCommand,
  ListInventoryEntriesCommand,
  SSMClient,
  type GetInventoryCommandOutput,
  type ListInventoryEntriesCommandOutput,
} from '@aws-sdk/client-ssm';
import { isCalled } from './failure.ts';
import { APPLICATION, INSTANCE } from './inventory.ts';
import { REQUEST_HANDLER, sendInTime, TRIES, type Until } from './send.ts';
import type { Target } from './targets.ts';

/** Calls in one account and Region. Both give a page, and `undefined` when there was no time left. */
export interface InventoryCalls {
  readonly instances: (token: string | undefined) => Promise<GetInventoryCommandOutput | undefined>;
  readonly applications: (
    instanceId: string,
    token: string | undefined,
  ) => Promise<ListInventoryEntriesCommandOutput | undefined>;
  readonly end: () => void;
}

/** The most either call gives at once. */
const PAGE_ENTRIES = 50;

export function inventoryCalls({ region, credentials }: Target, until: Until): InventoryCalls {
  const client = new SSMClient({
    region,
    maxAttempts: TRIES,
    requestHandler: REQUEST_HANDLER,
    ...(credentials === undefined ? {} : { credentials }),
  });
  return {
    instances: (token) => instances(client, token, until),
    applications: (instanceId, token) => applications(client, instanceId, token, until),
    end: () => client.destroy(),
  };
}

/** Gives the token of the page after; the one after the last is an empty text. */
export function tokenOf({ NextToken }: { readonly NextToken?: string | undefined }): string | undefined {
  return NextToken === '' ? undefined : NextToken;
}

async function instances(
  client: SSMClient,
  token: string | undefined,
  until: Until,
): Promise<GetInventoryCommandOutput | undefined> {
  const command = new GetInventoryCommand({
    ResultAttributes: [{ TypeName: INSTANCE }],
    MaxResults: PAGE_ENTRIES,
    NextToken: token,
  });
  try {
    return await sendInTime((abortSignal) => client.send(command, { abortSignal }), until, 'GetInventory');
  } catch (thrown) {
    // An earlier run's token may be forgotten: the listing begins again.
    if (token === undefined || !isCalled('InvalidNextToken', thrown)) throw thrown;
    return instances(client, undefined, until);
  }
}

async function applications(
  client: SSMClient,
  instanceId: string,
  token: string | undefined,
  until: Until,
): Promise<ListInventoryEntriesCommandOutput | undefined> {
  const command = new ListInventoryEntriesCommand({
    InstanceId: instanceId,
    TypeName: APPLICATION,
    MaxResults: PAGE_ENTRIES,
    NextToken: token,
  });
  try {
    return await sendInTime(
      (abortSignal) => client.send(command, { abortSignal }),
      until,
      'ListInventoryEntries',
    );
  } catch (thrown) {
    // Gone since it was listed.
    if (isCalled('InvalidInstanceId', thrown)) return { $metadata: {} };
    throw thrown;
  }
}
