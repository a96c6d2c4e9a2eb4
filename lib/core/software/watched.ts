/** Programs that some detection looks for: which computers have one is worth asking a vendor. */
import type { Shown } from './finder.ts';
import { findJiggler } from './jigglers.ts';
import { findRemoteKvm } from './remote-kvms.ts';
import { findRemoteTool } from './remote-tools.ts';

const FINDERS = [findRemoteTool, findJiggler, findRemoteKvm];

export function isWatchedSoftware(shown: Shown): boolean {
  return FINDERS.some((find) => find(shown) !== undefined);
}
