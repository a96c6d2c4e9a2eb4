/** Operators of VPNs by who of the organization uses them: one that nobody else uses is told from one that several do. */
import { compareText, type Sighting, type Tick } from '../../events/index.ts';
import { subjectKey, type SubjectRef } from '../../people/subject.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Concluded, Verdict } from '../contract.ts';

/** Of the organization. Plain JSON; bounded by `OPERATORS_KEPT` and the number of users that make an operator shared. */
export interface OperatorUse {
  operators?: Record<string, Operator>;
}

interface Operator {
  readonly name: string;
  lastTime: EpochMs;
  /** The latest, no more than it takes to be shared. */
  users: readonly User[];
}

interface User {
  readonly subject: SubjectRef;
  readonly lastTime: EpochMs;
}

export interface UseParameters {
  readonly sharedWithOthers: number;
  readonly usedWithinDays: number;
}

const OPERATORS_KEPT = 200;

/** Names what the organization concludes of an operator. */
export function sharedOperator(operator: string): string {
  return `shared-operator:${operator}`;
}

/**
 * Folds that somebody used an operator. As soon as enough people do, each of them is told, and from then on whoever else
 * comes; what is told to the others waits for the tick, when all of the day have been counted.
 */
export function foldUse<S extends OperatorUse>(
  event: Sighting,
  state: S,
  detection: string,
  parameters: UseParameters,
): Verdict<S> {
  const { what, of, time } = event;
  if (what.type !== 'noted' || what.detection !== detection) return { outcome: 'not-applicable' };
  const operator = operatorOf((state.operators ??= {}), what.object, what.name, time);
  operator.lastTime = Math.max(operator.lastTime, time);
  const { users } = operator;
  const oldest = time - parameters.usedWithinDays * DAY_MS;
  const enough = parameters.sharedWithOthers + 1;
  const wasShared = users.filter((user) => user.lastTime >= oldest).length >= enough;
  const before = users.find((user) => subjectKey(user.subject) === subjectKey(of));
  const own = { subject: { kind: of.kind, id: of.id }, lastTime: Math.max(time, before?.lastTime ?? time) };
  operator.users = [own, ...users.filter((user) => user !== before && user.lastTime >= oldest)]
    .sort((a, b) => b.lastTime - a.lastTime || compareText(subjectKey(a.subject), subjectKey(b.subject)))
    .slice(0, enough);
  if (operator.users.length < enough) return { outcome: 'clear', state, wakeAt: time };

  const told = wasShared ? [of] : operator.users.map((user) => user.subject);
  const why = `${enough} people or more use ${operator.name} here.`;
  return { outcome: 'clear', state, conclusions: told.map((to) => conclude(to, what.object, true, why)) };
}

/** Tells those who used an operator on the day of the tick that too few others do. */
export function answerLone<S extends OperatorUse>(
  tick: Tick,
  state: S,
  parameters: UseParameters,
): Verdict<S> {
  const conclusions: Concluded[] = [];
  for (const [key, { name, users }] of Object.entries(state.operators ?? {})) {
    if (users.length > parameters.sharedWithOthers) continue;
    for (const { subject, lastTime } of users) {
      if (lastTime !== tick.time) continue;
      conclusions.push(conclude(subject, objectOf(key), false, `Hardly anybody else uses ${name} here.`));
    }
  }
  return { outcome: 'clear', state, conclusions };
}

function conclude(to: SubjectRef, operator: string, holds: boolean, why: string): Concluded {
  return { to: { kind: to.kind, id: to.id }, conclusion: sharedOperator(operator), holds, why };
}

function operatorOf(
  operators: Record<string, Operator>,
  object: string,
  name: string,
  time: EpochMs,
): Operator {
  const key = `=${object}`;
  const known = Object.hasOwn(operators, key) ? operators[key] : undefined;
  if (known !== undefined) return known;
  const added: Operator = { name, lastTime: time, users: [] };
  operators[key] = added;
  const byUse = Object.entries(operators).sort(([, a], [, b]) => a.lastTime - b.lastTime);
  for (const [other] of byUse.slice(0, -OPERATORS_KEPT)) if (other !== key) delete operators[other];
  return added;
}

/** Keys have a prefix, so that a name such as `__proto__` is no more than a name. */
function objectOf(key: string): string {
  return key.slice(1);
}
