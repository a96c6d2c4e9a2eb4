/** What is so of somebody all the time. */
import type { Random } from '../../random.ts';
import { amount, happens, normal, oneOf, weighted } from '../chance.ts';
import type { VpnOperator } from '../geography.ts';
import type { Software } from '../records/intune.ts';
import { RATES } from '../rates.ts';
import type { Staff } from '../staff.ts';

export interface Habits {
  /** When a day begins, by the clock on the wall, and how long it is. */
  readonly startHour: number;
  readonly hours: number;
  readonly vpn?: VpnOperator;
  readonly usesRelay: boolean;
  readonly usesV6: boolean;
  readonly addressWanders: boolean;
  readonly keepAwake?: Software;
  readonly hasTeamViewer: boolean;
  readonly nightShift?: 'stated' | 'unstated';
  /** Of a phone network. */
  readonly subscriber: number;
  /** Files that pass through their hands on half of the days. */
  readonly filesMedian: number;
  /** Share of those that lie in Google Drive; the others lie in Microsoft 365. */
  readonly driveShare: number;
  /** Objects read from S3 on half of the days, by the data team. */
  readonly objectsDaily: number;
}

const VPNS: readonly VpnOperator[] = ['NORD_VPN', 'NORD_VPN', 'PROTON_VPN', 'MULLVAD_VPN', 'EXPRESS_VPN'];

const KEEP_AWAKE: Readonly<Record<Staff['laptop']['os'], readonly (readonly [Software, number])[]>> = {
  macOS: [
    [{ name: 'Amphetamine', version: '5.3.2', publisher: 'William Gustafson' }, 50],
    [{ name: 'KeepingYouAwake', version: '1.6.7', publisher: 'Marcel Dierkes' }, 25],
    [{ name: 'Caffeine', version: '1.1.4', publisher: 'Lighthead Software' }, 25],
  ],
  Windows: [
    [{ name: 'Caffeine', version: '1.98', publisher: 'Zhorn Software' }, 40],
    [{ name: "Don't Sleep", version: '9.66', publisher: 'Nenad Hrg (SoftwareOK.com)' }, 40],
    [{ name: 'Move Mouse', version: '4.19.2', publisher: 'Ellanet' }, 20],
  ],
};

/** Nothing out of the ordinary: the habits of somebody who is only here for a story. */
export const PLAIN: Habits = {
  startHour: 8.7,
  hours: 8.5,
  usesRelay: false,
  usesV6: false,
  addressWanders: false,
  hasTeamViewer: false,
  subscriber: 0,
  filesMedian: 6,
  driveShare: 0.5,
  objectsDaily: 0,
};

/**
 * Draws somebody's habits.
 *
 * @param dataTeam - how many people the data team has
 */
export function drawHabits({ department, laptop, phone }: Staff, random: Random, dataTeam: number): Habits {
  const vpn = happens(random, RATES.consumerVpn) ? oneOf(random, VPNS) : undefined;
  const keepAwake = happens(random, RATES.keepAwake) ? weighted(random, KEEP_AWAKE[laptop.os]) : undefined;
  const isNight = department === 'Support' && happens(random, RATES.nightShift);
  const isStated = happens(random, RATES.nightShiftStated);
  const isTechnical = ['Engineering', 'Product', 'Data'].includes(department);
  return {
    startHour: isNight ? 22 : 8.7 + 0.8 * normal(random),
    hours: 8.5 + 0.6 * normal(random),
    ...(vpn !== undefined && { vpn }),
    // Of all phones; only iPhones have it.
    usesRelay: happens(random, RATES.privateRelay / SHARE_OF_IPHONES) && phone.os === 'IOS',
    usesV6: happens(random, RATES.dualStack),
    addressWanders: happens(random, RATES.wanderingAddress),
    ...(keepAwake !== undefined && { keepAwake }),
    hasTeamViewer: happens(random, RATES.leftOverTeamViewer),
    ...(isNight && { nightShift: isStated ? ('stated' as const) : ('unstated' as const) }),
    subscriber: random.between(0, 1_000),
    filesMedian: Math.max(1, amount(random, 6, 0.6)),
    driveShare: isTechnical ? 0.8 : 0.3,
    objectsDaily: department === 'Data' ? RATES.dataTeamObjectsDaily / dataTeam : 0,
  };
}

/** See `PHONES` in make-staff.ts. */
const SHARE_OF_IPHONES = 0.55;
