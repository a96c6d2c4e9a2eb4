/**
 * Weighs what was found of people once more, from the alerts alone: with other weights, or with a part left out. It is the
 * composite's own arithmetic; what it comes to for the weights as they are is compared with what was published.
 */
import type { Contributes, Explanation, Weighed } from '../../lib/core/detections/contract.ts';
import { DETECTIONS } from '../../lib/core/detections/index.ts';
import { IMPOSTOR_PARAMETERS, type ImpostorContext } from '../../lib/core/detections/impostor/parameters.ts';
import { scoreAt } from '../../lib/core/detections/impostor/score.ts';
import { suspectedImpostor } from '../../lib/core/detections/suspected-impostor.ts';
import { NO_POLICY } from '../../lib/core/policy.ts';
import { startOfDay, type EpochMs } from '../../lib/core/time.ts';
import type { Raisable } from './budget.ts';
import type { Observed, SeenAlert } from './trial.ts';

/** Somebody of whom something was found that the composite weighs. */
export interface Suspect {
  readonly id: string;
  /** Index of the trial. */
  readonly trial: number;
  readonly found: readonly Weighed[];
  readonly context: ImpostorContext;
  /** What the published composite says. */
  readonly isPublished: boolean;
  /** Keys of attacks that are theirs, and when they began. */
  readonly attacks: readonly { readonly key: string; readonly begin: EpochMs }[];
}

export interface Standing {
  /** The most that ever came together from two sides or more; 0 when it never did. */
  readonly score: number;
  readonly time: EpochMs;
}

const CONTRIBUTES = new Map(
  DETECTIONS.flatMap(({ id, contributes, severity }) =>
    contributes === undefined ? [] : [[id, { contributes, severity }] as const],
  ),
);

const PARAMETERS = Object.fromEntries(
  Object.entries(IMPOSTOR_PARAMETERS).map(([name, { value }]) => [name, value]),
) as ImpostorContext['parameters'];

/** From where on a score is raised. */
export const RAISED_FROM = PARAMETERS.raisedFrom;

/** The explanations that some detection's alerts count under. */
export const EXPLANATIONS: readonly Explanation[] = [
  ...new Set([...CONTRIBUTES.values()].map(({ contributes }) => contributes.explainedBy)),
];

/** Names an attack among all trials, by its place among the labels of its own. */
export function attackKey(trial: number, label: number): string {
  return `${trial} ${label}`;
}

export function suspectsIn(observed: readonly Observed[]): readonly Suspect[] {
  return observed.flatMap((each, trial) => {
    const found = new Map<string, Weighed[]>();
    const add = (id: string, weighed: Weighed): void => {
      const of = found.get(id) ?? [];
      of.push(weighed);
      found.set(id, of);
    };
    for (const alert of each.alerts) for (const [id, weighed] of weighedOf(alert)) add(id, weighed);
    const published = new Set(
      each.alerts.flatMap(({ detection, subject }) =>
        detection === suspectedImpostor.id ? [subject.id] : [],
      ),
    );
    const hired = new Map(each.people.map((person) => [person.id, person.hiredTime]));
    return [...new Set([...found.keys(), ...published])].map((id) => ({
      ...{ id, trial, isPublished: published.has(id) },
      found: found.get(id) ?? [],
      context: contextOf(id, hired.get(id)),
      attacks: each.labels.flatMap(({ subjects, begin }, label) =>
        subjects.includes(id) ? [{ key: attackKey(trial, label), begin }] : [],
      ),
    }));
  });
}

/**
 * Gives the highest that somebody's score ever was.
 *
 * @param weigh - what a detection's alerts are to count for instead; `undefined` leaves them out
 */
export function standingOf(
  { found, context }: Suspect,
  weigh: (contributes: Contributes, detection: string) => Contributes | undefined = (same) => same,
): Standing {
  const weighed = found.flatMap((each) => {
    const contributes = weigh(each.contributes, each.detection);
    return contributes === undefined ? [] : [{ ...each, contributes }];
  });
  let most: Standing = { score: 0, time: 0 };
  for (const time of new Set(weighed.flatMap((each) => [each.time, each.lastTime]))) {
    const { score, explanations } = scoreAt(time, weighed, context);
    if (explanations.length >= 2 && score > most.score) most = { score, time };
  }
  return most;
}

/** Gives what a suspicion of somebody would raise: the attacks it tells of are those that had begun. */
export function suspicionOf({ attacks }: Suspect, { score, time }: Standing): Raisable {
  const told = attacks.filter(({ begin }) => time >= startOfDay(begin));
  return { value: score, attacks: told.map(({ key }) => key) };
}

/** An alert counts for its person; one about an address or a device for everybody it is related to. */
function weighedOf({ detection, subject, related, time, remembered }: SeenAlert): [string, Weighed][] {
  const known = CONTRIBUTES.get(detection);
  if (known === undefined || remembered === undefined) return [];
  const { contributes, severity: usualSeverity } = known;
  switch (subject.kind) {
    case 'person':
      return [[subject.id, { ...remembered, contributes, usualSeverity }]];
    case 'address':
    case 'device': {
      const told = { ...remembered, time, lastTime: time, about: remembered.alertId };
      return related
        .filter(({ kind }) => kind === 'person')
        .map(({ id }) => [id, { ...told, contributes, usualSeverity }]);
    }
    case 'account':
    case 'organization':
      return [];
  }
}

function contextOf(id: string, hiredTime: EpochMs | undefined): ImpostorContext {
  return {
    subject: { kind: 'person', id },
    parameters: PARAMETERS,
    policy: NO_POLICY,
    organization: { peopleCount: 0, domains: [], partnerDomains: [] },
    person: { id, addresses: [id], onRoster: true, ...(hiredTime === undefined ? {} : { hiredTime }) },
  };
}

/** Says in how many cases weighing once more agrees with what was published. */
export function agreement(suspects: readonly Suspect[]): { readonly same: number; readonly of: number } {
  const concerned = suspects
    .map((suspect) => ({ suspect, isRaised: standingOf(suspect).score >= RAISED_FROM }))
    .filter(({ suspect, isRaised }) => suspect.isPublished || isRaised);
  const same = concerned.filter(({ suspect, isRaised }) => suspect.isPublished === isRaised);
  return { same: same.length, of: concerned.length };
}
