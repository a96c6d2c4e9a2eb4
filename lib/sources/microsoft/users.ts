/** Entra's users: the addresses of a person, and what the directory says of their work. Private addresses are not read. */
import { countryCode } from '../../config/countries.ts';
import { emailOf } from '../addresses.ts';
import { expected } from '../damage.ts';
import { booleanAt, has, idAt, objectAt, textAt, textsAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { timeAt } from '../times.ts';
import { guestHome, userNameOf } from './principals.ts';

const SOURCE = 'entra';
const FEED = 'users';
const MOST_ALIASES = 200;

/** Other things that carry a person's name: sign-ins, risks, devices, registrations, usage reports. */
const NOT_A_USER: readonly string[] = [
  'userDisplayName',
  'deviceName',
  'serialNumber',
  'reportRefreshDate',
  'activityDateTime',
  'appId',
  'appDisplayName',
  'ipAddress',
  'riskLevel',
  'riskState',
];

export const users: Feed = { source: SOURCE, id: FEED, recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  if (record['@odata.type'] === '#microsoft.graph.user') return true;
  if (!has(record, 'userPrincipalName')) return false;
  if (!has(record, 'id') && !has(record, 'displayName') && !has(record, 'mail')) return false;
  return !NOT_A_USER.some((key) => has(record, key));
}

function normalize(record: RawRecord, reading: Reading): Normalized {
  const userName = userNameOf(textAt(record, 'userPrincipalName'));
  const address = emailOf(textAt(record, 'mail')) ?? userName;
  if (address === undefined) {
    const name = record['userPrincipalName'];
    return name === undefined || name === null || typeof name === 'string'
      ? IRRELEVANT
      : expected('userPrincipalName', 'an address', record['userPrincipalName']);
  }
  const aliases = aliasesOf(record, address, userName);
  const accountUid = idAt(record, 'id');
  const name = textAt(record, 'displayName');
  const department = textAt(record, 'department');
  const manager = managerOf(objectAt(record, 'manager'));
  const employment = textAt(record, 'employeeType');
  const hiredTime = timeAt(record, 'employeeHireDate');
  const endsTime = timeAt(record, 'employeeLeaveDateTime');
  const active = booleanAt(record, 'accountEnabled');
  const country = countryCode(textAt(record, 'country')) ?? countryCode(textAt(record, 'usageLocation'));
  const region = textAt(record, 'state');
  const city = textAt(record, 'city');
  return events([
    {
      kind: 'user-inventory-info',
      time: reading.observedTime,
      source: SOURCE,
      feed: FEED,
      uid: recordId(record, 'id'),
      user: {
        address,
        ...(aliases.length > 0 && { aliases }),
        ...(accountUid !== undefined && { accountUid }),
        ...(name !== undefined && { name }),
        ...(department !== undefined && { department }),
        ...(manager !== undefined && { manager }),
        ...(employment !== undefined && { employment }),
        ...(hiredTime !== undefined && { hiredTime }),
        ...(endsTime !== undefined && { endsTime }),
        ...(active !== undefined && { active }),
        ...(country !== undefined && { country }),
        ...(region !== undefined && { region }),
        ...(city !== undefined && { city }),
      },
    },
  ]);
}

function aliasesOf(record: RawRecord, address: string, userName: string | undefined): readonly string[] {
  const aliases = new Set<string>();
  if (userName !== undefined) {
    aliases.add(userName);
    const home = guestHome(userName);
    if (home !== undefined) aliases.add(home);
  }
  for (const proxy of textsAt(record, 'proxyAddresses').slice(0, MOST_ALIASES)) {
    // x500:, sip: and other kinds stand in the same list.
    const mail = /^smtp:/i.test(proxy) ? emailOf(proxy.slice(5)) : undefined;
    if (mail !== undefined) aliases.add(mail);
  }
  aliases.delete(address);
  return [...aliases];
}

function managerOf(manager: RawRecord | undefined): string | undefined {
  return emailOf(textAt(manager, 'mail')) ?? userNameOf(textAt(manager, 'userPrincipalName'));
}
