/** The files of the company. */
import type { Random } from '../../random.ts';
import { amount } from '../chance.ts';
import type { DriveFile } from '../records/google.ts';
import type { CloudFile } from '../records/m365.ts';
import type { Staff } from '../staff.ts';

/** Files of a department that people come across. */
const FILES = 2_500;
/** Share of what somebody touches that is of their own. */
const OWN = 0.4;
const OWN_FILES = 400;

export function driveFile(who: Staff, random: Random): DriveFile {
  const isOwn = random.next() < OWN;
  const number = random.between(1, isOwn ? OWN_FILES : FILES);
  const place = isOwn ? who.googleId.slice(0, 8) : who.department;
  return {
    id: `1Example${place}${String(number).padStart(20, 'x')}`,
    title: `${who.department} notes ${number}`,
    owner: isOwn ? who.address : who.manager,
  };
}

export function cloudFile(who: Staff, random: Random): CloudFile {
  const isOwn = random.next() < OWN;
  const number = random.between(1, isOwn ? OWN_FILES : FILES);
  return {
    site: isOwn ? who.address : who.department.toLowerCase(),
    folder: isOwn ? 'Documents' : 'Shared Documents',
    name: `${who.department} plan ${number}.xlsx`,
    bytes: amount(random, 60_000, 1.2),
  };
}
