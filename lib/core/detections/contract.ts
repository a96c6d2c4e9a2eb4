/**
 * What a detection is: data, then one pure function. One file, named as its id; one line in index.ts.
 *
 * A detection is a plain fold over one subject's events in order. It reads no clock, keeps nothing outside its state,
 * and knows nothing of lateness, batches, approvals or storage: those are the engine's.
 */
import type { AlertObject, Confidence, Evidence } from '../alerts/alert.ts';
import type { Remembered } from '../alerts/remembered.ts';
import type { Severity } from '../alerts/severity.ts';
import type { EventKind, EventOf, SightingOf } from '../events/index.ts';
import type { SubjectKind, SubjectRef } from '../people/subject.ts';
import type { Person } from '../people/person.ts';
import type { ApprovalKind, Policy } from '../policy.ts';
import type { Day, EpochMs } from '../time.ts';

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

/** What the catalogue says of everything in it. */
export interface Described<P extends Parameters = Parameters> {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  /** What it usually gives; a finding states its own. */
  readonly severity: Severity;
  /** ATT&CK technique ids of `ATTACK_VERSION`. */
  readonly attack: readonly string[];
  readonly parameters: P;
  /** What must be there for the detection to say anything; what is missing is reported as not evaluated. */
  readonly needs: readonly ('roster' | 'places' | 'inventory')[];
  readonly blindSpots: NonEmpty<string>;
  readonly falsePositives: NonEmpty<string>;
  readonly triage: NonEmpty<string>;
  readonly references: NonEmpty<string>;
  /** Of any severity, in the honest company that `npm run quality` measures. */
  readonly expectedPerMonthPer1000People: number;
}

export interface Detection<
  K extends EventKind = EventKind,
  S = unknown,
  P extends Parameters = Parameters,
> extends Described<P> {
  readonly watches: NonEmpty<K>;
  /** Whose histories it keeps; an event is offered for each subject it concerns that is listed here. */
  readonly subjects: NonEmpty<SubjectKind>;
  /** `day`: findings of one UTC day are one alert. `standing`: a condition, one alert as long as it lasts. */
  readonly alertPer: 'day' | 'standing';
  /** What its alerts about a person weigh in the composite; `undefined` when they say nothing of who somebody is. */
  readonly contributes: Contributes | undefined;
  readonly state: {
    readonly version: number;
    /** Plain JSON. The copy given to `evaluate` is the detection's own and may be changed in place. */
    readonly empty: () => S;
    readonly keepDays: number;
  };
  readonly evaluate: (event: EventOf<K>, state: S, context: Context<P>) => Verdict<S>;
}

/** How much an alert says of whether somebody is who they claim to be. */
export interface Contributes {
  /** Points of an alert of the detection's usual severity, of the 50 that raise the composite. */
  readonly weight: number;
  readonly explainedBy: Explanation;
  /** It compares with what the person cannot write: the roster, other people's devices, installed software. */
  readonly independent: boolean;
  /** What would clear it, as an instruction: 'A travel approval for the country.' */
  readonly clearedBy: string;
}

/** The innocent explanation that would cover a finding: all that one of them covers is one piece of evidence, however much. */
export type Explanation =
  /** They are elsewhere: travel, country, network, VPN, hours. */
  | 'away'
  /** They share a home or an office with colleagues. */
  | 'sharing'
  /** They share a telephone, or somebody enrolled theirs for another. */
  | 'same-factor'
  /** Somebody of the company helps them, or they work on a second computer. */
  | 'remote-access'
  | 'presence'
  /** Their work needs these files elsewhere. */
  | 'copying'
  /** They were careless. */
  | 'negligence';

/** A judgement over what all detections found about one person. */
export interface Composite<P extends Parameters = Parameters> extends Described<P> {
  /**
   * Weighs what was found of one person, in any order.
   *
   * @returns what it comes to; `undefined` when it is not enough
   */
  readonly weigh: (found: readonly Weighed[], context: Context<P>) => CompositeFinding | undefined;
}

/** An alert that counts, and what its detection says of its weight. */
export type Weighed = Remembered & { readonly contributes: Contributes; readonly usualSeverity: Severity };

export interface CompositeFinding extends Pick<
  Finding,
  'severity' | 'confidence' | 'summary' | 'why' | 'benign' | 'next'
> {
  /** When it was first enough to be raised. */
  readonly time: EpochMs;
  readonly score: number;
  /** What counted, the heaviest first, each with its points. */
  readonly contributions: readonly { readonly found: Weighed; readonly points: number }[];
}

/** What a detection is handed beside the event and its state. */
export interface Context<P extends Parameters = Parameters> {
  readonly subject: SubjectRef;
  readonly parameters: ParameterValues<P>;
  readonly policy: Policy;
  /** What is known of the subject, when it is a person. */
  readonly person?: Person;
  readonly organization: {
    readonly peopleCount: number;
    /** Who is inside, lower case; empty when the organization has not said. */
    readonly domains: readonly string[];
    readonly partnerDomains: readonly string[];
  };
}

export type Verdict<S> = (
  | { readonly outcome: 'not-applicable' }
  | { readonly outcome: 'cannot-tell'; readonly because: string }
  | { readonly outcome: 'clear'; readonly state: S }
  | { readonly outcome: 'finding'; readonly state: S; readonly findings: readonly Finding[] }
) & {
  /** Ask to be given a `tick` at this time, after all events up to it. */
  readonly wakeAt?: EpochMs;
  /**
   * Earlier findings about these objects are explained: their alerts are withdrawn, before this verdict's own findings
   * are taken in; with `day`, only the alert of that day.
   */
  readonly explains?: readonly { readonly object: AlertObject; readonly why: string; readonly day?: Day }[];
  /** To tell another subject, once a day. */
  readonly sightings?: readonly { readonly to: SubjectRef; readonly what: SightingOf }[];
  /** To tell the people concerned. */
  readonly conclusions?: readonly Concluded[];
};

export interface Concluded {
  readonly to: SubjectRef;
  /** Names one thing concluded; what implicates somebody has a name of its own for each severity. */
  readonly conclusion: string;
  readonly holds: boolean;
  readonly why: string;
  /** An alert about this subject that counts in the composite of whoever is told, while it holds. */
  readonly implicates?: {
    readonly severity: Severity;
    readonly object?: AlertObject;
    readonly summary: string;
    readonly evidence: Evidence;
    /** When it was first found, if the evidence is newer. */
    readonly since?: EpochMs;
  };
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
  /** Several when any of them would. */
  readonly kind: ApprovalKind | readonly ApprovalKind[];
  readonly names?: readonly string[];
  readonly countries?: readonly string[];
  readonly cities?: readonly string[];
  /** The device’s id and the name it goes by. */
  readonly devices?: readonly string[];
  /** Of a finding about something several people share: an approval must cover each of them. */
  readonly people?: readonly string[];
}
