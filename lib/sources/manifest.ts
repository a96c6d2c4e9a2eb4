/**
 * What a source says about itself, as plain data: which feeds there are, how often they are read, what they need and
 * what they cannot see. Stacks, collectors and the generated documentation read it; it imports nothing of a vendor.
 */
import type { SourceEvent, SourceId } from '../core/events/index.ts';

/** A vendor as a connection names it (`sources[].type` in `ringer.yaml`). */
export type VendorId = 'okta' | 'microsoft' | 'google' | 'aws';

/** Everything about a vendor that is known without talking to it. */
export interface Manifest {
  readonly vendor: VendorId;
  /** The name people use, `Google Workspace`. */
  readonly title: string;
  /** The sources its events carry: one for Okta, three for Microsoft. */
  readonly sources: readonly SourceId[];
  readonly feeds: readonly FeedManifest[];
  /** What no feed of this vendor can show. Never empty. */
  readonly cannotSee: readonly [string, ...string[]];
}

/** One log or listing: the unit that is scheduled, has a cursor and goes silent. */
export interface FeedManifest {
  /** Which source its events carry. */
  readonly source: SourceId;
  /** Unique within the vendor; what the schedule's payload and the cursor are named by, `system-log`. */
  readonly id: string;
  readonly title: string;
  /** The kinds of events its records become: what a detection that watches one of them can be fed by. */
  readonly gives: readonly SourceEvent['kind'][];
  /** `events` arrive over time; a `listing` is read whole each time. */
  readonly reads: 'events' | 'listing';
  /** The default schedule as EventBridge writes it inside `rate(…)`: `5 minutes`, `6 hours`, `1 day`. */
  readonly defaultEvery: RateText;
  /** How far behind the newest read each run starts again, for records that arrive late. 0 when a cursor or listing needs none. */
  readonly overlapMinutes: number;
  /** How many days the vendor keeps what this feed reads; absent for listings. */
  readonly keepsDays?: number;
  /** OAuth scopes, application permissions, roles or IAM actions this feed needs, in the vendor's words. */
  readonly permissions: readonly string[];
  /** The licence or edition without which the vendor answers nothing. */
  readonly licence?: string;
  /** Read only when the connection asks for it: it costs money, quota or a licence most do not have. */
  readonly optional?: boolean;
}

/** A number and its unit, as EventBridge's rate expressions have it. */
export type RateText = `${number} ${'minute' | 'minutes' | 'hour' | 'hours' | 'day' | 'days'}`;
