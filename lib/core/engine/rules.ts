/** The catalogue as one organization runs it: what is switched on, with which parameters, and what cannot be evaluated. */
import { severityRank, type Severity } from '../alerts/severity.ts';
import type { Composite, Detection, Described, ParameterValues, Parameters } from '../detections/contract.ts';
import { suspectedImpostor } from '../detections/suspected-impostor.ts';
import type { Event, EventKind } from '../events/index.ts';

export interface Rule<D extends Described = Detection> {
  readonly detection: D;
  readonly parameters: ParameterValues<Parameters>;
  /** Steps by which the organization's own severity differs from the catalogue's. */
  readonly severitySteps: number;
}

export interface Rules {
  readonly all: readonly Rule[];
  readonly watching: ReadonlyMap<EventKind, readonly Rule[]>;
  /** The judgement over all of them; `undefined` when it is switched off. */
  readonly composite: Rule<Composite> | undefined;
  /** Some rule keeps the history of addresses, so that people's sign-ins are worth telling them. */
  readonly watchesAddresses: boolean;
  readonly notEvaluated: readonly { readonly detection: string; readonly because: string }[];
}

/** `detections.<id>` of ringer.yaml. */
export interface DetectionSettings {
  readonly enabled?: boolean | undefined;
  readonly severity?: Severity | undefined;
  readonly parameters?: Readonly<Record<string, number | boolean | readonly string[]>> | undefined;
}

/**
 * Makes the rules of a run.
 *
 * A detection whose needs are not met is left out and named in `notEvaluated`: it is never silently clean.
 *
 * @param has - what there is: a roster, places for addresses, an inventory
 */
export function rulesFor(
  detections: readonly Detection[],
  settings: Readonly<Record<string, DetectionSettings>>,
  has: { readonly roster: boolean; readonly places: boolean; readonly inventory: boolean },
): Rules {
  const notEvaluated: { detection: string; because: string }[] = [];
  const ruled = <D extends Described>(detection: D): Rule<D> | undefined => {
    const own = Object.hasOwn(settings, detection.id) ? settings[detection.id] : undefined;
    const missing = detection.needs.filter((need) => !has[need]);
    if (own?.enabled !== false && missing.length === 0) return ruleOf(detection, own);
    const because = own?.enabled === false ? 'switched off in ringer.yaml' : `no ${missing.join(', no ')}`;
    notEvaluated.push({ detection: detection.id, because });
    return undefined;
  };
  const all = detections.map(ruled).filter((rule) => rule !== undefined);
  // It is exact about its own parameters; the engine hands it nothing else.
  const composite = ruled(suspectedImpostor as unknown as Composite);
  const watching = new Map<EventKind, Rule[]>();
  for (const rule of all) {
    for (const kind of rule.detection.watches) watching.set(kind, [...(watching.get(kind) ?? []), rule]);
  }
  const watchesAddresses = all.some((rule) => rule.detection.subjects.includes('address'));
  return { all, watching, composite, watchesAddresses, notEvaluated };
}

/**
 * Tells whether any rule could use an event, before its subjects are known. No rule watches conclusions: they are weighed
 * when an alert is published; nor need one watch devices for the organization to hear that they exist, or sign-ins for
 * their addresses to.
 */
export function isWatched(rules: Rules, event: Event): boolean {
  const { kind } = event;
  const isTold = rules.watchesAddresses && kind === 'authentication';
  return kind === 'conclusion' || rules.watching.has(kind) || isTold || isToldOnly(rules, event);
}

/** Tells whether an event has nothing to say of its subject, and something to those who count devices. */
export function isToldOnly({ watching }: Rules, { kind }: Event): boolean {
  return kind === 'device-inventory-info' && !watching.has(kind) && watching.has('sighting');
}

function ruleOf<D extends Described>(detection: D, settings: DetectionSettings | undefined): Rule<D> {
  const parameters: Record<string, never> = {};
  for (const [name, parameter] of Object.entries(detection.parameters)) {
    // The schema of ringer.yaml has checked that each value is of its parameter's type.
    parameters[name] = (settings?.parameters?.[name] ?? parameter.value) as never;
  }
  const severity = settings?.severity ?? detection.severity;
  return { detection, parameters, severitySteps: severityRank(severity) - severityRank(detection.severity) };
}
