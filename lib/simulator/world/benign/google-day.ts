/** A day in Google Workspace: files, and now and then a sign-in, because sessions there last for days. */
import { amount, happens, weighted } from '../chance.ts';
import { driveActivity, login } from '../records/google.ts';
import { driveFile } from './files.ts';
import type { Shift } from './shift.ts';

const DONE: readonly (readonly ['view' | 'edit' | 'download' | 'copy' | 'print', number])[] = [
  ['view', 55],
  ['edit', 28],
  ['download', 13],
  ['copy', 3],
  ['print', 1],
];

const FILES_SPREAD = 0.7;
const SIGN_INS = 0.15;

export function googleDay(shift: Shift): void {
  const { worker, who, random, connections } = shift;
  if (happens(random, SIGN_INS)) {
    const at = shift.sometime();
    const from = connections.laptop(at, true);
    shift.note('google', at, (chance) => login(who, at, from, chance));
  }
  const files = amount(random, worker.habits.filesMedian * worker.habits.driveShare, FILES_SPREAD);
  for (let left = files; left > 0; left--) {
    const at = shift.sometime();
    const from = connections.laptop(at, true);
    const name = weighted(random, DONE);
    const file = driveFile(who, random);
    shift.note('google', at, (chance) => driveActivity(who, at, from, chance, { name, file }));
  }
}
