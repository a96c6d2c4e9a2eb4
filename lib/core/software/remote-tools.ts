/** The catalogue of remote-access tools, checked by hand: how inventories show them, and what they are. */
import { softwareFinder } from './finder.ts';
import { DESKTOP_TOOLS } from './remote-tools/desktop.ts';
import { MANAGEMENT_TOOLS } from './remote-tools/management.ts';
import { NETWORK_TOOLS } from './remote-tools/network.ts';
import { PORTABLE_TOOLS } from './remote-tools/portable.ts';
import type { RemoteTool } from './remote-tools/remote-tool.ts';
import { REPORTED_DESKTOPS } from './remote-tools/reported.ts';
import { SUPPORT_TOOLS } from './remote-tools/support.ts';
import { VNC_TOOLS } from './remote-tools/vnc.ts';

export type { RemoteTool, RemoteToolClass } from './remote-tools/remote-tool.ts';

/**
 * Every product known to let somebody in. Programs that only look out (VNC Viewer, Windows App, Remmina) are not in it:
 * they do not put anyone at the keyboard of the computer they are on.
 */
export const REMOTE_TOOLS: readonly RemoteTool[] = [
  ...REPORTED_DESKTOPS,
  ...DESKTOP_TOOLS,
  ...PORTABLE_TOOLS,
  ...SUPPORT_TOOLS,
  ...MANAGEMENT_TOOLS,
  ...VNC_TOOLS,
  ...NETWORK_TOOLS,
];

/** Finds the remote-access tool that an inventory row shows; see `softwareFinder`. */
export const findRemoteTool = softwareFinder(REMOTE_TOOLS);

/** Tells whether a device shows its screen at most, as iPhones and iPads do: nobody can use one from elsewhere. */
export function onlyLooksOut(os: string | undefined): boolean {
  return /^(?:ios|ipados|iphone|ipad)/i.test(os ?? '');
}
