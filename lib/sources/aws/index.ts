import type { Vendor } from '../source.ts';

export const aws: Vendor = { feeds: [] };
