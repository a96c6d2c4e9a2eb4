/** What a hostile or broken export may cost before it is cut off. They are part of what the command line promises. */

export interface Limits {
  readonly recordBytes: number;
  readonly nesting: number;
  /** Decompressed bytes for each compressed one; deflate itself cannot exceed 1,032. */
  readonly gzipRatio: number;
  /** Decompressed bytes below which the ratio is not looked at, so that a small file of blanks passes. */
  readonly gzipRatioFromBytes: number;
  readonly gzipBytes: number;
}

export const LIMITS: Limits = {
  recordBytes: 16 * 1024 * 1024,
  nesting: 200,
  gzipRatio: 1_000,
  gzipRatioFromBytes: 10_000_000,
  gzipBytes: 50_000_000_000,
};
