/** The remote-access tools on the computers of one subject, as last listed: one way in for each vendor. */
import type { Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { SoftwareInventoryInfo } from '../../events/index.ts';
import { deviceSubject } from '../../people/device.ts';
import type { Person } from '../../people/person.ts';
import type { Policy } from '../../policy.ts';
import { isAllowed } from '../../software/allowed.ts';
import type { Found } from '../../software/finder.ts';
import {
  findRemoteTool,
  onlyLooksOut,
  REMOTE_TOOLS,
  type RemoteTool,
  type RemoteToolClass,
} from '../../software/remote-tools.ts';
import { DAY_MS } from '../../time.ts';
import { shownName } from './found-software-texts.ts';

/** By `product device`. Plain JSON. */
export type ListedTools = Record<string, ListedTool>;

interface ListedTool {
  readonly product: string;
  readonly time: number;
  /** By policy or approval. */
  readonly allowed: boolean;
  /** The device as people know it. */
  readonly on: string;
  readonly device?: string;
  readonly evidence: Evidence;
}

/** One vendor's way in: its tool, and where it was last listed. */
export interface WayIn {
  readonly tool: RemoteTool;
  readonly listed: ListedTool;
}

/** Networks, tunnels and what comes with the system are beside a tool more often than not. */
const COUNTED: ReadonlySet<RemoteToolClass> = new Set(['desktop', 'support', 'portable', 'vnc', 'rmm']);
const TOOLS: ReadonlyMap<string, RemoteTool> = new Map(REMOTE_TOOLS.map((tool) => [tool.id, tool]));
/** More than anybody has. */
const KEPT = 12;

/**
 * Takes in a row.
 *
 * @param windowDays - what has not been listed for longer is gone
 * @returns the tools with it; `undefined` for a row that shows none which counts
 */
export function listedTools(
  before: ListedTools,
  event: SoftwareInventoryInfo,
  who: { readonly person?: Person; readonly policy: Policy },
  windowDays: number,
): ListedTools | undefined {
  const found = findRemoteTool(event.package);
  if (found === undefined || !COUNTED.has(found.product.class) || onlyLooksOut(event.device?.os))
    return undefined;
  const device = event.device === undefined ? undefined : deviceSubject(event.device, event.source);
  const on = event.device?.name ?? device?.id ?? 'a device the inventory does not name';
  const listed: ListedTool = {
    product: found.product.id,
    time: event.time,
    allowed: isAllowedTo(who, found, event, device?.id),
    on,
    ...(device === undefined ? {} : { device: device.id }),
    evidence: evidenceOf(event, `${shownName(event.package)} on ${on}`),
  };
  const all = { ...before, [`${found.product.id} ${device?.id ?? ''}`]: listed };
  const recent = Object.entries(all).filter(([, { time }]) => time >= event.time - windowDays * DAY_MS);
  return Object.fromEntries(recent.sort(([, a], [, b]) => b.time - a.time).slice(0, KEPT));
}

/** Gives one way in for each vendor, the first by product, so that a conclusion about it is always about the same one. */
export function waysIn(tools: ListedTools, allowed: boolean): readonly WayIn[] {
  const byVendor = new Map<string, WayIn>();
  for (const listed of Object.values(tools).sort((a, b) => (a.product < b.product ? -1 : 1))) {
    const tool = TOOLS.get(listed.product);
    if (tool !== undefined && listed.allowed === allowed && !byVendor.has(tool.vendor))
      byVendor.set(tool.vendor, { tool, listed });
  }
  return [...byVendor.values()];
}

function isAllowedTo(
  { person, policy }: { readonly person?: Person; readonly policy: Policy },
  found: Found<RemoteTool>,
  { package: software, device, time }: SoftwareInventoryInfo,
  deviceId: string | undefined,
): boolean {
  const approved = policy.approvals
    .filter((each) => each.kind === 'tool' && time <= each.until && time >= (each.from ?? -Infinity))
    .map(({ name = found.product.id, for: scope }) => ({ name, for: scope }));
  return isAllowed(
    [...policy.remoteTools, ...approved],
    found,
    software,
    { person, device, deviceId },
    findRemoteTool,
  );
}
