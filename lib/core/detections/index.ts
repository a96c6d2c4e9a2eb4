/** The catalogue: every detection Ringer has. Adding one is one line here. */
import { bulkDownload } from './bulk-download.ts';
import type { Detection } from './contract.ts';
import { impossibleTravel } from './impossible-travel.ts';

/** The version of MITRE ATT&CK whose technique ids the detections carry. */
export const ATTACK_VERSION = '17.1';

export const DETECTIONS: readonly Detection[] = [
  impossibleTravel,
  bulkDownload,
] as unknown as readonly Detection[];
