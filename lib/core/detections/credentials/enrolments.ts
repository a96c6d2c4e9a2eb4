/** What people tell the devices they enrol as an authenticator, and those they give up. */
import type { AccountChange } from '../../events/index.ts';
import type { Person } from '../../people/person.ts';
import { dayNumberOf, type EpochMs } from '../../time.ts';
import type { Verdict } from '../contract.ts';
import { providerOf } from './provider.ts';
import type { Role } from './shared-device.ts';
import { somebodyElse } from './somebody-else.ts';

/** The id of the detection, by which the device knows what it is told. */
export const SHARED_DEVICE = 'shared-mfa-device';

/** A device that no record names. */
export const AUTHENTICATOR = 'One authenticator';

/** A part of a person's state. */
export interface Enrolments {
  devices?: Record<string, Enrolment>;
}

interface Enrolment {
  lastTime: EpochMs;
  /** What the device was last told, on which UTC day. */
  readonly told: Partial<Record<Role, number>>;
}

/** More than anybody has; who has more is followed on those of late. */
const DEVICES_KEPT = 12;

/** Tells the devices concerned by a change to somebody's account. */
export function tellDevices<S extends Enrolments>(
  event: AccountChange,
  state: S,
  person: Person | undefined,
): Verdict<S> {
  if (event.status !== 'success') return { outcome: 'not-applicable' };
  const provider = providerOf(event.source);
  const device = event.authenticatorUid === undefined ? [] : [`${provider}:${event.authenticatorUid}`];
  switch (event.activity) {
    case 'device-register':
    case 'mfa-factor-enable':
      return tell(device, roleOf(event, person), event, state);
    case 'mfa-factor-disable':
      return tell(device, 'ended', event, state);
    case 'mfa-factor-reset-all':
    case 'disable':
    case 'delete': {
      const all = Object.keys(state.devices ?? {}).filter((id) => id.startsWith(`${provider}:`));
      return tell(all, 'ended', event, state);
    }
    default:
      return { outcome: 'not-applicable' };
  }
}

function roleOf(event: AccountChange, person: Person | undefined): Role {
  if (somebodyElse(event, person) !== undefined) return 'helped';
  return person?.privileged === true ? 'administrator' : 'own';
}

/** Tells each device, once a day: the first event of the day stands for the others. */
function tell<S extends Enrolments>(
  ids: readonly string[],
  role: Role,
  event: AccountChange,
  state: S,
): Verdict<S> {
  const { source, feed, uid, time } = event;
  const day = dayNumberOf(time);
  const untold = ids.filter((id) => deviceAt(id, time, state).told[role] !== day);
  if (untold.length === 0) return { outcome: 'not-applicable' };
  for (const id of untold) deviceAt(id, time, state).told[role] = day;
  return {
    outcome: 'clear',
    state,
    sightings: untold.map((id) => ({
      to: { kind: 'device', id },
      what: {
        type: 'noted',
        // First, and its time first: of copies that different runs tell, the one that sorts first counts, the earliest.
        evidence: { time, source, feed, uid },
        detection: SHARED_DEVICE,
        object: role,
        name: nameOf(event),
      },
    })),
  };
}

function deviceAt(id: string, time: EpochMs, state: Enrolments): Enrolment {
  const devices = (state.devices ??= {});
  const device = (devices[id] ??= { lastTime: time, told: {} });
  device.lastTime = Math.max(time, device.lastTime);
  const latest = Object.entries(devices).sort(([, a], [, b]) => b.lastTime - a.lastTime);
  for (const [old] of latest.slice(DEVICES_KEPT)) if (old !== id) delete devices[old];
  return device;
}

/** The record's device may be the computer at which a telephone was enrolled. */
function nameOf({ device, authenticatorUid, factor }: AccountChange): string {
  const own = device?.uid !== undefined && device.uid === authenticatorUid ? device.name : undefined;
  return own ?? (factor === undefined ? AUTHENTICATOR : `One ${factor}`);
}
