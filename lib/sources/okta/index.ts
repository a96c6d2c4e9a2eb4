/** Okta: its System Log, its users and its devices. */
import type { Vendor } from '../source.ts';
import { devices } from './devices.ts';
import { systemLog } from './system-log.ts';
import { users } from './users.ts';

export const okta: Vendor = { feeds: [systemLog, users, devices] };
