/**
 * What a detection is: data, then one pure function. One file, named as its id; one line in index.ts.
 *
 * A detection is a plain fold over one subject's events in order. It reads no clock, keeps nothing outside its state,
 * and knows nothing of lateness, batches, approvals or storage: those are the engine's.
 */
import type { AlertObject, Confidence, Evidence } from '../alerts/alert.ts';
import type { Severity } from '../alerts/severity.ts';
import type { EventKind, EventOf, SightingOf } from '../events/index.ts';
import type { SubjectKind, SubjectRef } from '../people/subject.ts';
import type { Person } from '../people/person.ts';
import type { ApprovalKind, Policy } from '../policy.ts';
import type { EpochMs } from '../time.ts';

export type Family =
  'geolocation' | 'remote-access' | 'presence' | 'hoarding' | 'negligence' | 'identity' | 'impostor';

/** A threshold: a value, a unit in its name, and a sentence that says why this value. */
export type Parameter = { readonly value: number | boolean | readonly string[]; readonly why: string };
export type Parameters = Readonly<Record<string, Parameter>>;
export type ParameterValues<P extends Parameters> = {
  readonly [K in keyof P]: P[K]['value'] extends number
    ? number
    : P[K]['value'] extends boolean
      ? boolean
      : readonly string[];
};

type NonEmpty<T> = readonly [T, ...T[]];

export interface Detection<K extends EventKind = EventKind, S = unknown, P extends Parameters = Parameters> {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  /** What it usually gives; a finding states its own. */
  readonly severity: Severity;
  /** ATT&CK technique ids of `ATTACK_VERSION`. */
  readonly attack: readonly string[];
  readonly watches: NonEmpty<K>;
  /** Whose histories it keeps; an event is offered for each subject it concerns that is listed here. */
  readonly subjects: NonEmpty<SubjectKind>;
  /** `day`: findings of one UTC day are one alert. `standing`: a condition, one alert as long as it lasts. */
  readonly alertPer: 'day' | 'standing';
  readonly parameters: P;
  readonly state: {
    readonly version: number;
    /** Plain JSON. The copy given to `evaluate` is the detection's own and may be changed in place. */
    readonly empty: () => S;
    readonly keepDays: number;
  };
  /** What must be there for the detection to say anything; what is missing is reported as not evaluated. */
  readonly needs: readonly ('roster' | 'places' | 'inventory')[];
  readonly blindSpots: NonEmpty<string>;
  readonly falsePositives: NonEmpty<string>;
  readonly triage: NonEmpty<string>;
  readonly references: NonEmpty<string>;
  readonly expectedPerMonthPer1000People: number;
  readonly evaluate: (event: EventOf<K>, state: S, context: Context<P>) => Verdict<S>;
}

/** What a detection is handed beside the event and its state. */
export interface Context<P extends Parameters = Parameters> {
  readonly subject: SubjectRef;
  readonly parameters: ParameterValues<P>;
  readonly policy: Policy;
  /** What is known of the subject, when it is a person. */
  readonly person?: Person;
  readonly organization: { readonly peopleCount: number; readonly domains: readonly string[] };
}

export type Verdict<S> = (
  | { readonly outcome: 'not-applicable' }
  | { readonly outcome: 'cannot-tell'; readonly because: string }
  | { readonly outcome: 'clear'; readonly state: S }
  | { readonly outcome: 'finding'; readonly state: S; readonly findings: readonly Finding[] }
) & {
  /** Ask to be given a `tick` at this time, after all events up to it. */
  readonly wakeAt?: EpochMs;
  /** Earlier findings about these objects are explained: their alerts are withdrawn. */
  readonly explains?: readonly { readonly object: AlertObject; readonly why: string }[];
  /** To tell another subject, once a day. */
  readonly sightings?: readonly { readonly to: SubjectRef; readonly what: SightingOf }[];
  /** To tell the people concerned. */
  readonly conclusions?: readonly Concluded[];
};

export interface Concluded {
  readonly to: SubjectRef;
  readonly conclusion: string;
  readonly holds: boolean;
  readonly why: string;
}

/**
 * What makes a finding count for less: a conclusion that an address or the organization has come to, for as long as it
 * holds. Weighed when the alert is published, so that it does not matter which came first.
 */
export interface Condition {
  readonly conclusion: string;
  readonly then: 'withdrawn' | { readonly atMost: Severity };
  /** It is answered one way or the other within minutes: nobody is told before. */
  readonly awaited?: true;
}

/** What was found and why. The engine adds who, when, which rule, the id, approvals and merging. */
export interface Finding {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly object?: AlertObject;
  /** One sentence. */
  readonly summary: string;
  readonly why: readonly string[];
  /** Explanations particular to this finding, shown before the detection's own. */
  readonly benign?: readonly string[];
  readonly next?: readonly string[];
  /** Oldest first; the last is the completing one. */
  readonly evidence: readonly Evidence[];
  /** Supporting events beside the evidence, none of which an earlier finding of the same alert counted. */
  readonly uncited?: number;
  /** The same thing has grown: these words replace those of an earlier finding of the same severity. */
  readonly restates?: boolean;
  readonly related?: readonly SubjectRef[];
  readonly conditions?: readonly Condition[];
  /** Which recorded approval would cover it. */
  readonly approvable?: Approvable;
}

export interface Approvable {
  readonly kind: ApprovalKind;
  readonly names?: readonly string[];
  readonly countries?: readonly string[];
  readonly cities?: readonly string[];
  /** The device’s id and the name it goes by. */
  readonly devices?: readonly string[];
}
