/** For whom a device is enrolled and since when, and what is made of several at once. */
import type { AlertObject, Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { Severity } from '../../alerts/severity.ts';
import { compareText, type NotedEvent, type SourceId } from '../../events/index.ts';
import type { SubjectRef } from '../../people/subject.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Context, Finding } from '../contract.ts';
import { providerName } from './provider.ts';
import { ownerName } from './second-account.ts';

export const SHARED_PARAMETERS = {
  withinDays: { value: 90, why: 'A telephone handed on after a quarter has another owner.' },
  poolPeople: {
    value: 5,
    why: 'More people than this share a kiosk, a test pool or a reception desk’s telephone, not an operator.',
  },
};

export type SharedContext = Context<typeof SHARED_PARAMETERS>;

/**
 * How a device came to a person: by themselves; by themselves, who administer others and try things out; by somebody else
 * for them. `ended` says that it is theirs no more.
 */
export const ROLES = ['own', 'administrator', 'helped', 'ended'] as const;
export type Role = (typeof ROLES)[number];

/** A person's hold of a device. Plain JSON. */
export interface Holding {
  readonly person: string;
  enrolled?: Enrolled;
  endedTime?: EpochMs;
  /** The person has been told. */
  told?: true;
}

interface Enrolled {
  readonly role: Exclude<Role, 'ended'>;
  readonly since: EpochMs;
  readonly lastTime: EpochMs;
  readonly evidence: NotedEvent;
}

/** Takes in what a person told of the device. */
export function takeIn(holding: Holding, role: Role, evidence: NotedEvent): void {
  const { time } = evidence;
  const { enrolled, endedTime } = holding;
  if (role === 'ended') {
    holding.endedTime = Math.max(time, endedTime ?? time);
    return;
  }
  const isAnew =
    enrolled === undefined || (endedTime !== undefined && endedTime >= enrolled.lastTime && time > endedTime);
  holding.enrolled = isAnew
    ? { role, since: time, lastTime: time, evidence }
    : {
        role: role === 'own' ? role : enrolled.role,
        since: Math.min(time, enrolled.since),
        lastTime: Math.max(time, enrolled.lastTime),
        evidence: time < enrolled.since ? evidence : enrolled.evidence,
      };
}

/** Tells whether a person holds the device at an instant. */
export function isHeld(
  { enrolled, endedTime }: Holding,
  time: EpochMs,
  { withinDays }: SharedContext['parameters'],
): boolean {
  if (enrolled === undefined || enrolled.since > time) return false;
  if (time - enrolled.lastTime > withinDays * DAY_MS) return false;
  return endedTime === undefined || endedTime < enrolled.lastTime || endedTime > time;
}

/** Orders holders by when the device became theirs. */
export function bySince(a: Holding, b: Holding): number {
  return (a.enrolled?.since ?? 0) - (b.enrolled?.since ?? 0) || compareText(a.person, b.person);
}

/** High takes two people, each of whom enrolled it by themselves. */
export function severityOf(holdings: readonly Holding[], { parameters }: SharedContext): Severity {
  const own = holdings.filter(({ enrolled }) => enrolled?.role === 'own');
  const owners = new Set(own.map(({ person }) => ownerName(person)));
  return owners.size >= 2 && holdings.length <= parameters.poolPeople ? 'high' : 'low';
}

export function deviceObject({ id }: SubjectRef, name: string): AlertObject {
  return { kind: 'device', id, name };
}

/** @param holdings - of all who hold it now, two or more, the earliest first */
export function sharedFinding(
  holdings: readonly Holding[],
  name: string,
  severity: Severity,
  context: SharedContext,
): Finding {
  return {
    severity,
    confidence: severity === 'high' ? 'high' : 'medium',
    object: deviceObject(context.subject, name),
    summary: summaryOf(holdings, name, context),
    why: [
      'A second factor stands for one person: whoever holds this one answers the prompts of all of them.',
      ...(severity === 'high' ? [] : whyLow(holdings, context)),
    ],
    evidence: holdings.map(enrolmentOf).filter((evidence) => evidence !== undefined),
    restates: true,
    related: holdings.map(({ person }) => ({ kind: 'person', id: person })),
    // Colleagues of one household are recorded as such, once for their address and for what they share.
    approvable: { kind: 'egress', people: holdings.map(({ person }) => person) },
  };
}

const PEOPLE_SHOWN = 5;

export function summaryOf(holdings: readonly Holding[], name: string, { subject }: SharedContext): string {
  const people = holdings.map(({ person }) => person);
  const more = people.length - PEOPLE_SHOWN;
  const shown = people.slice(0, PEOPLE_SHOWN).join(', ');
  const provider = providerName(subject.id.slice(0, subject.id.indexOf(':')) as SourceId);
  return `${name} is enrolled at ${provider} for ${people.length} people: ${shown}${more > 0 ? ` and ${more} more` : ''}.`;
}

export function enrolmentOf({ person, enrolled }: Holding): Evidence | undefined {
  if (enrolled === undefined) return undefined;
  const by = enrolled.role === 'helped' ? ' by somebody else' : '';
  return evidenceOf(enrolled.evidence, `enrolled for ${person}${by}`);
}

function whyLow(holdings: readonly Holding[], { parameters }: SharedContext): readonly string[] {
  if (holdings.length > parameters.poolPeople)
    return [
      `More than ${parameters.poolPeople} people have it: it looks like a kiosk, a desk’s telephone or a test pool.`,
    ];
  const roles = new Set(holdings.map(({ enrolled }) => enrolled?.role));
  return [
    ...(roles.has('helped') ? ['Somebody else enrolled it for at least one of them, as IT does.'] : []),
    ...(roles.has('administrator') ? ['At least one of them administers others, and tries things out.'] : []),
    ...(roles.size === 1 && roles.has('own')
      ? ['The accounts look like one person’s, one of them for administration.']
      : []),
  ];
}
