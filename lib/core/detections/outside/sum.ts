/** What a ledger comes to today: how grave it is, measured against a limit and the person's own days before. */
import type { AlertObject, Evidence } from '../../alerts/alert.ts';
import { raised, worse, type Severity } from '../../alerts/severity.ts';
import { PAST_DAYS, standing, THINGS_KEPT, type Ledger } from './ledger.ts';

/** How many are too many. */
export interface Limits {
  readonly perDay: number;
  /** Of one's own busiest day, once there are so many days to compare with. */
  readonly ownPastFactor: number;
  readonly ownPastMinDays: number;
}

/** What a ledger comes to today. */
export interface Sum {
  readonly object: AlertObject;
  readonly severity: Severity;
  /** Distinct things that stand open. */
  readonly count: number;
  readonly limit: number;
  /** One's own busiest day before; absent when there are too few to say. */
  readonly busiest?: number;
  /** Names of some of the things, and to whom: of those that stand open, else of those that did. */
  readonly things: readonly string[];
  readonly to: readonly string[];
  /** Openings taken back, and whether that is all of them. */
  readonly closed: number;
  readonly allClosed: boolean;
  readonly names: readonly string[];
}

const SHOWN = 5;

/** Adds a ledger up: the gravest that stands, medium from the limit on; a step less when everything was taken back. */
export function sum(ledger: Ledger, limits: Limits): Sum {
  const open = standing(ledger);
  const allClosed = open.length === 0 && ledger.unlisted.count === 0;
  const shown = allClosed ? ledger.openings : open;
  const busiest = busiestDay(ledger, limits.ownPastMinDays);
  const limit = Math.min(THINGS_KEPT, Math.max(limits.perDay, (busiest ?? 0) * limits.ownPastFactor));
  const gravest = shown.reduce((severity, each) => worse(severity, each.severity), ledger.unlisted.severity);
  const counted = ledger.things.length >= limit ? worse(gravest, 'medium') : gravest;
  return {
    object: ledger.object,
    severity: allClosed ? raised(gravest, -1) : counted,
    count: ledger.things.length,
    limit,
    ...(busiest === undefined ? {} : { busiest }),
    things: distinct(shown.map((each) => each.name)),
    to: distinct(shown.flatMap((each) => each.to)),
    closed: ledger.openings.length - open.length,
    allClosed,
    names: ledger.names,
  };
}

/** Gives the evidence of the day anew, oldest first, and how many further records there are. */
export function dayEvidence(ledger: Ledger): { evidence: readonly Evidence[]; uncited: number } {
  const evidence = ledger.openings
    .flatMap((each) => (each.closed === undefined ? [each.evidence] : [each.evidence, each.closed]))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return { evidence, uncited: ledger.unlisted.count };
}

function busiestDay(ledger: Ledger, minDays: number): number | undefined {
  const days = Object.entries(ledger.past).filter(([day]) => Number(day) >= ledger.day - PAST_DAYS);
  return days.length < minDays ? undefined : Math.max(...days.map(([, count]) => count));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].slice(0, SHOWN);
}
