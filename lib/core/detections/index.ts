/** The catalogue: every detection Ringer has. Adding one is one line here. */
import { bulkDownload } from './bulk-download.ts';
import type { Described, Detection } from './contract.ts';
import { impossibleTravel } from './impossible-travel.ts';
import { mouseJiggler } from './mouse-jiggler.ts';
import type { RemoteTool } from '../software/remote-tools.ts';
import { suspectedImpostor } from './suspected-impostor.ts';
import { unapprovedRemoteTool, unapprovedRemoteToolIn } from './unapproved-remote-tool.ts';

/** The version of MITRE ATT&CK whose technique ids the detections carry. */
export const ATTACK_VERSION = '17.1';

// Each is exact about its own events, state and parameters; the engine hands it nothing else.
export const DETECTIONS: readonly Detection[] = [
  impossibleTravel,
  unapprovedRemoteTool,
  mouseJiggler,
  bulkDownload,
] as readonly unknown[] as readonly Detection[];

/** Everything that raises alerts: the detections, and the judgement over all of them. */
export const CATALOGUE: readonly Described[] = [...DETECTIONS, suspectedImpostor];

/** Gives the detections with another list of remote-access tools, our own among them. */
export function detectionsWith(tools: readonly RemoteTool[]): readonly Detection[] {
  const detection = unapprovedRemoteToolIn(tools) as unknown as Detection;
  return DETECTIONS.map((each) => (each.id === detection.id ? detection : each));
}
