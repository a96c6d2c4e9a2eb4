/** A day in Microsoft 365: sign-ins at keyboards and by programs, and files. */
import type { EpochMs } from '../../../core/time.ts';
import { amount, happens, weighted } from '../chance.ts';
import type { From } from '../geography.ts';
import { entraSignIn, riskDetection } from '../records/entra.ts';
import { hex } from '../records/ids.ts';
import { fileOperation, fileSynced, inboxRuleCreated, type FileOperation } from '../records/m365.ts';
import { RATES } from '../rates.ts';
import { cloudFile } from './files.ts';
import type { Shift } from './shift.ts';

const DONE: readonly (readonly [FileOperation | 'synced', number])[] = [
  ['FileAccessed', 45],
  ['FileModified', 25],
  ['FileDownloaded', 12],
  ['synced', 9],
  ['FileUploaded', 6],
  ['FileDeleted', 3],
];

/** Most days are alike; some are three times as busy. */
const FILES_SPREAD = 0.7;
/** Rules that sort newsletters away, a day of work. */
const INBOX_RULES = 0.002;

export function microsoftDay(shift: Shift): void {
  signIns(shift);
  const { worker, who, random, connections, laptop } = shift;
  const files = amount(random, worker.habits.filesMedian * (1 - worker.habits.driveShare), FILES_SPREAD);
  for (let left = files; left > 0; left--) {
    const at = shift.sometime();
    const from = connections.laptop(at, true);
    const file = cloudFile(who, random);
    const operation = weighted(random, DONE);
    shift.note('m365', at, (chance) =>
      operation === 'synced'
        ? fileSynced(who, at, from, chance, { file })
        : fileOperation(who, at, from, chance, { operation, file, device: laptop }),
    );
  }
  if (!happens(random, INBOX_RULES)) return;
  const at = shift.sometime();
  const from = connections.laptop(at, true);
  shift.note('m365', at, (chance) => inboxRuleCreated(who, at, from, chance));
}

function signIns(shift: Shift): void {
  const { who, random, connections, laptop, phone } = shift;
  for (let left = random.between(1, 2); left > 0; left--) {
    const at = shift.sometime();
    const from = connections.laptop(at, true);
    if (happens(random, RATES.factorTypos)) {
      const wrong = shift.near(at, -40, -20);
      shift.because('factor-typo');
      shift.note('entra', wrong, (chance) =>
        entraSignIn(who, wrong, from, chance, { device: laptop, code: 500121 }),
      );
    }
    shift.note('entra', at, (chance) => entraSignIn(who, at, from, chance, { device: laptop }));
    const isUnusual = shift.day.place === 'hotel' || from === connections.vpn?.exit;
    if (isUnusual && happens(random, RATES.unfamiliarSignIns)) pointOut(shift, at, from);
  }
  for (let left = random.between(2, 4); left > 0; left--) {
    const at = shift.sometime();
    const from = connections.laptop(at, true);
    shift.note('entra', at, (chance) =>
      entraSignIn(who, at, from, chance, { device: laptop, byProgram: true }),
    );
  }
  for (let left = random.between(0, 2); left > 0; left--) {
    const at = shift.sometime();
    const from = connections.phone(false);
    const byProgram = happens(random, 0.8);
    shift.note('entra', at, (chance) =>
      entraSignIn(who, at, from, chance, {
        device: phone,
        byProgram,
        application: 'Office 365 Exchange Online',
      }),
    );
  }
}

/** Identity Protection finds a sign-in unfamiliar, and has it proved. */
function pointOut(shift: Shift, at: EpochMs, from: From): void {
  const { who, random } = shift;
  const id = hex(random, 64);
  const level = happens(random, 0.3) ? 'medium' : 'low';
  const proved = shift.near(at, 20, 120);
  shift.because('unfamiliar-sign-in');
  shift.note('entra', at, (chance) => riskDetection(who, at, from, chance, { id, level }));
  shift.note('entra', proved, (chance) =>
    riskDetection(who, at, from, chance, { id, level, state: 'remediated', detected: proved }),
  );
}
