import type { Vendor } from '../source.ts';

export const microsoft: Vendor = { feeds: [] };
