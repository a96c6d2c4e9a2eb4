/** Google Workspace: one feed an application of the Reports API, and the directory's users. */
import type { Vendor } from '../source.ts';
import { userAccounts } from './account-change.ts';
import { otherActivities } from './activity.ts';
import { admin } from './admin.ts';
import { chrome } from './chrome.ts';
import { drive } from './drive.ts';
import { login, saml } from './login.ts';
import { mobile } from './mobile.ts';
import { takeout } from './takeout.ts';
import { token } from './token.ts';
import { users } from './users.ts';

const activities = [drive, login, token, admin, mobile, userAccounts, saml, chrome, takeout];

/** The applications that have a feed of their own. */
const READ = [...activities.map((feed) => feed.id), 'device'];

export const google: Vendor = { feeds: [...activities, users, otherActivities(READ)] };
