import type { Vendor } from '../source.ts';

export const okta: Vendor = { feeds: [] };
