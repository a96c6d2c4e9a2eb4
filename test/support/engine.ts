/** Runs the engine as its callers do: once over everything, or in batches with the state serialised between. */
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { contractOf } from '../../lib/core/alerts/publish.ts';
import { evaluateCompany, type Group, type Groups } from '../../lib/core/company.ts';
import type { Detection } from '../../lib/core/detections/contract.ts';
import { DETECTIONS } from '../../lib/core/detections/index.ts';
import {
  evaluate,
  newSubject,
  rulesFor,
  subjectOf,
  type FoldContext,
  type Rules,
  type SubjectState,
} from '../../lib/core/engine.ts';
import type { Event, SourceEvent } from '../../lib/core/events/index.ts';
import { buildDirectory, type Directory } from '../../lib/core/people/directory.ts';
import { subjectKey, type SubjectRef } from '../../lib/core/people/subject.ts';
import { NO_POLICY, type Policy } from '../../lib/core/policy.ts';
import type { EpochMs } from '../../lib/core/time.ts';

export const EVERYTHING = { roster: true, places: true, inventory: true };
export const ALL_RULES = rulesFor(DETECTIONS, {}, EVERYTHING);
/** The rules of some detections alone. */
export const rulesOf = (...detections: readonly { readonly id: string }[]): Rules =>
  rulesFor(detections as readonly Detection[], {}, EVERYTHING);
export const NOBODY: Directory = buildDirectory({ roster: [], users: [] });

export interface RunOptions {
  readonly rules?: Rules;
  readonly policy?: Policy;
  readonly directory?: Directory;
  readonly peopleCount?: number;
  readonly domains?: readonly string[];
  readonly partnerDomains?: readonly string[];
  readonly now?: EpochMs;
}

/** Evaluates everything in one run. */
export function runOnce(events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] {
  const context = contextOf(options);
  const now = options.now ?? Math.max(...events.map((event) => event.time));
  return evaluateCompany(groupsOf(events, options), {
    ...context,
    directory: options.directory ?? NOBODY,
    now,
  }).map(contractOf);
}

/** Evaluates in batches, each subject's state through JSON between them, as the pipeline does. */
export function runInBatches(
  batches: readonly (readonly SourceEvent[])[],
  options: RunOptions = {},
): readonly Alert[] {
  const memory = new Map<string, { subject: SubjectRef; state: string; log: Map<string, Event> }>();
  const alerts = new Map<string, Alert>();
  let now = -Infinity;

  const deliver = (events: readonly Event[]): readonly Event[] => {
    const touched = new Set<string>();
    for (const event of events) {
      const subject = subjectOf(event, options.directory ?? NOBODY, new Set());
      if (subject === undefined) continue;
      const key = subjectKey(subject);
      const own = memory.get(key) ?? {
        subject,
        state: JSON.stringify(newSubject()),
        log: new Map<string, Event>(),
      };
      memory.set(key, own);
      own.log.set(
        `${event.source} ${event.feed} ${event.uid} ${event.time} ${event.part ?? 0} ${event.device?.uid ?? ''} ${copyOf(event)}`,
        event,
      );
      touched.add(key);
    }
    const out: Event[] = [];
    for (const key of touched) {
      const own = memory.get(key);
      if (own === undefined) continue;
      const state = JSON.parse(own.state) as SubjectState;
      const open = [...own.log.values()].filter((event) => event.time >= state.sealedUntil);
      const result = evaluate(
        state,
        open,
        { now, seal: true },
        { ...contextOf(options), subject: own.subject, person: personOf(own.subject, options) },
      );
      own.state = JSON.stringify(result.state);
      for (const id of result.withdrawn) alerts.delete(id);
      for (const alert of result.alerts) alerts.set(alert.id, contractOf(alert));
      out.push(...result.sightings, ...result.conclusions);
    }
    return out;
  };

  for (const batch of batches) {
    now = Math.max(now, options.now ?? -Infinity, ...batch.map((event) => event.time));
    const sightings = deliver(batch);
    const conclusions = deliver(sightings);
    deliver(conclusions);
  }
  return [...alerts.values()].sort((a, b) =>
    a.time < b.time ? -1 : a.time > b.time ? 1 : a.id < b.id ? -1 : 1,
  );
}

/** Two copies of a sighting differ in the sign-in they were made from: a log keeps both. */
function copyOf(event: Event): string {
  return event.kind === 'sighting' && event.what.type === 'sign-in' ? (event.what.evidence?.uid ?? '') : '';
}

function personOf(subject: SubjectRef, { directory = NOBODY }: RunOptions): FoldContext['person'] {
  return subject.kind === 'person' ? directory.person(subject.id) : undefined;
}

function contextOf(options: RunOptions): Omit<FoldContext, 'subject' | 'person'> {
  return {
    rules: options.rules ?? ALL_RULES,
    policy: options.policy ?? NO_POLICY,
    organization: {
      peopleCount: options.peopleCount ?? 10,
      domains: options.domains ?? ['example.com'],
      partnerDomains: options.partnerDomains ?? [],
    },
    failed: (detection, _event, cause) => {
      throw new Error(`${detection} threw`, { cause });
    },
    cannotTell: () => undefined,
  };
}

function groupsOf(events: readonly SourceEvent[], options: RunOptions): Groups {
  const groups = new Map<string, Group & { events: Event[] }>();
  for (const event of events) {
    const subject = subjectOf(
      event,
      options.directory ?? NOBODY,
      options.policy?.serviceAccounts ?? new Set(),
    );
    if (subject === undefined) continue;
    const group = groups.get(subjectKey(subject)) ?? { subject, events: [] };
    group.events.push(event);
    groups.set(subjectKey(subject), group);
  }
  return {
    each: (keys) => [...groups.values()].filter((group) => keys?.has(subjectKey(group.subject)) ?? true),
  };
}
