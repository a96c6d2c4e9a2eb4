/** AWS: CloudTrail, and the software inventory of Systems Manager. */
import type { Vendor } from '../source.ts';
import { cloudtrail } from './cloudtrail.ts';
import { glance } from './glance.ts';
import { inventory } from './inventory.ts';
import { unwrap } from './pages.ts';

export const aws: Vendor = { feeds: [cloudtrail, inventory], unwrap, glance };
