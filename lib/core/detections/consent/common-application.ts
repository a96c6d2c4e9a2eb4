/** The organization's view of applications that people let in: what several colleagues use is no one person's idea. */
import type { Sighting } from '../../events/index.ts';
import { stableId } from '../../hash.ts';
import { subjectKey, type SubjectKind, type SubjectRef } from '../../people/subject.ts';
import { dayOf, type Day } from '../../time.ts';
import type { Concluded, Verdict } from '../contract.ts';

/** What the organization remembers, by application. */
export type Applications = Record<string, Application>;

interface Application {
  readonly name: string;
  /** Subject keys of those who let it in, until they are enough. */
  holders: string[];
  common?: true;
  /** Subject keys of those to answer at the next tick. */
  asking: string[];
  lastDay: Day;
}

const APPLICATIONS_KEPT = 300;
/** Those beyond are not answered, and their own alerts stay. */
const ASKING_KEPT = 2_000;

/** Names what the organization concludes of an application, as people are told. */
export function commonApplication(id: string): string {
  return `common-application:${stableId(id)}`;
}

/** Takes in that somebody let an application in. What follows from it waits for the tick, and with it for the day's others. */
export function foldNoted<S extends { applications?: Applications }>(
  event: Sighting,
  state: S,
  detection: string,
): Verdict<S> {
  const { what, of, time } = event;
  if (what.type !== 'noted' || what.detection !== detection) return { outcome: 'not-applicable' };
  const applications = (state.applications ??= {});
  const key = commonApplication(what.object);
  const known = (applications[key] ??= { name: what.name, holders: [], asking: [], lastDay: dayOf(time) });
  const holder = subjectKey(of);
  known.lastDay = dayOf(time);
  if (!known.asking.includes(holder) && known.asking.length < ASKING_KEPT) known.asking.push(holder);
  dropOldest(applications);
  return { outcome: 'clear', state, wakeAt: time };
}

/** Answers those who let an application in since the last time; when it has become common, those before them as well. */
export function judgeApplications<S extends { applications?: Applications }>(
  state: S,
  colleagues: number,
): Verdict<S> {
  const conclusions: Concluded[] = [];
  for (const [conclusion, application] of Object.entries(state.applications ?? {})) {
    const { asking, name } = application;
    if (asking.length === 0) continue;
    application.asking = [];
    let told = asking;
    if (application.common !== true) {
      application.holders = [...new Set([...application.holders, ...asking])];
      if (application.holders.length >= colleagues) {
        told = application.holders;
        application.holders = [];
        application.common = true;
      }
    }
    const holds = application.common === true;
    const why = `At least ${colleagues} people here have let ${name} in: it is common in the organization.`;
    for (const key of told) conclusions.push({ to: subjectOf(key), conclusion, holds, why });
  }
  return { outcome: 'clear', state, conclusions };
}

function dropOldest(applications: Applications): void {
  const entries = Object.entries(applications);
  if (entries.length <= APPLICATIONS_KEPT) return;
  const [oldest] = entries.sort(([a, one], [b, other]) =>
    one.lastDay !== other.lastDay ? (one.lastDay < other.lastDay ? -1 : 1) : a < b ? -1 : 1,
  );
  if (oldest !== undefined) delete applications[oldest[0]];
}

function subjectOf(key: string): SubjectRef {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as SubjectKind, id: key.slice(colon + 1) };
}
