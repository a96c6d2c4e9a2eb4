import type { Vendor } from '../source.ts';

export const google: Vendor = { feeds: [] };
