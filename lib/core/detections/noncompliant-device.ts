/** A device that was in order and is not any more, for days: somebody turned off what protects it, or let it lapse. */
import type { Authentication, DeviceInventoryInfo, Sighting, Tick } from '../events/index.ts';
import { deviceSubject } from '../people/device.ts';
import { ORGANIZATION, type SubjectRef } from '../people/subject.ts';
import { HOUR_MS, type EpochMs } from '../time.ts';
import type { Context, Detection, Finding, Parameters, Verdict } from './contract.ts';
import { foldSighting, type Fleet } from './installed/common-software.ts';
import { isSilent, SILENCE_PARAMETERS } from './managed/check-ins.ts';
import { FLEET_PARAMETERS, flipObject, judgeFlips, noteFlip, type Flips } from './managed/fleet-flips.ts';
import { ASPECT_NAMES, type Aspect } from './managed/posture.ts';
import { findingOf } from './managed/turned-finding.ts';
import { nameOf, objectOf, saysAnything, takeIn, type Posture, type Turned } from './managed/turned.ts';
import { signInEvidence, wasLetIn } from './sign-ins/signed-in.ts';

const DETECTION = 'noncompliant-device';

const PARAMETERS = {
  ...FLEET_PARAMETERS,
  ...SILENCE_PARAMETERS,
  lastsHours: {
    value: 48,
    why: 'An update that waits for a restart, or a policy that is put right, is over within two days.',
  },
} as const satisfies Parameters;

/** More than anybody has; further ones are not judged. */
const DEVICES_KEPT = 20;

interface State {
  /** Of people and devices: by `source device`. */
  devices?: Record<string, Posture>;
  /** Of the organization. */
  fleet?: Fleet;
  flips?: Flips;
}

type Own = Context<typeof PARAMETERS>;

export const noncompliantDevice: Detection<
  'device-inventory-info' | 'authentication' | 'sighting' | 'tick',
  State,
  typeof PARAMETERS
> = {
  id: DETECTION,
  title: 'Device that lost its protection',
  family: 'negligence',
  severity: 'low',
  attack: ['T1562.001'],
  watches: ['device-inventory-info', 'authentication', 'sighting', 'tick'],
  subjects: ['person', 'account', 'device', 'organization'],
  alertPer: 'standing',
  contributes: {
    weight: 4,
    explainedBy: 'negligence',
    independent: false,
    clearedBy: 'The device in order again: the alert is then withdrawn by itself.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 400 },
  needs: [],
  blindSpots: [
    'A device that was never in order has not changed, and is not told.',
    'A device that stopped reporting is noticed where an inventory says when it last did, and sign-ins give the device’s name: Intune with Entra.',
    'What Intune has not decided (grace period, error, conflict) is neither good nor bad.',
    'Devices that turn bad together, more than the share of the fleet within days, are taken for a policy, also when they are not.',
  ],
  falsePositives: [
    'An update of the system that the person has put off.',
    'A new policy that reaches devices over more days than count as together.',
    'A device in a drawer, that has not checked in for as long as the policy allows.',
  ],
  triage: [
    'Look up which setting fails, and whether the person or an administrator changed it.',
    'Ask the person to restart the device and let it check in; the alert is withdrawn when it is in order.',
    'If encryption or the screen lock was turned off by hand, look for remote-access tools on the same device.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1562/001/',
    'https://learn.microsoft.com/mem/intune/protect/device-compliance-get-started',
  ],
  expectedPerMonthPer1000People: 3,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'device-inventory-info':
        return onListed(event, state, context);
      case 'authentication':
        return onSignIn(event, state, context);
      case 'sighting':
        return context.subject.kind === 'organization'
          ? onSighting(event, state)
          : { outcome: 'not-applicable' };
      case 'tick':
        return context.subject.kind === 'organization'
          ? onFleetTick(event, state, context)
          : onTick(event, state, context);
    }
  },
};

function onListed(event: DeviceInventoryInfo, state: State, context: Own): Verdict<State> {
  const { lastsHours } = context.parameters;
  const device = event.device === undefined ? undefined : deviceSubject(event.device, event.source);
  if (device === undefined) return { outcome: 'not-applicable' };
  const devices = (state.devices ??= {});
  const key = `${event.source} ${device.id}`;
  if (event.state.status === 'removed' || event.state.status === 'deactivated') {
    if (!Object.hasOwn(devices, key)) return { outcome: 'not-applicable' };
    delete devices[key];
    return { outcome: 'clear', state };
  }
  if (!Object.hasOwn(devices, key)) {
    if (!saysAnything(event) || Object.keys(devices).length >= DEVICES_KEPT)
      return { outcome: 'not-applicable' };
    devices[key] = { device, isGood: {}, turned: {} };
  }
  const posture = devices[key];
  if (posture === undefined) return { outcome: 'not-applicable' };
  const { turnedBad, putRight } = takeIn(event, posture);
  const sightings = turnedBad.map((aspect) => flipOf(posture, aspect));
  const findings = reportedOf(device, state, context);
  const explains = putRight
    ? [{ object: objectOf(posture), why: 'The inventory lists the device as in order again.' }]
    : [];
  const rest = { state, sightings, explains, ...wake(state, lastsHours) };
  return findings.length === 0 ? { outcome: 'clear', ...rest } : { outcome: 'finding', findings, ...rest };
}

/** Somebody signs in from a device that has not reported for long. */
function onSignIn(event: Authentication, state: State, context: Own): Verdict<State> {
  const name = event.device?.name?.toLowerCase();
  if (name === undefined || !wasLetIn(event) || state.devices === undefined)
    return { outcome: 'not-applicable' };
  const posture = Object.values(state.devices).find(
    ({ device, checkIns }) => checkIns !== undefined && device.name?.toLowerCase() === name,
  );
  if (posture?.checkIns === undefined) return { outcome: 'not-applicable' };
  const silent = isSilent(posture.checkIns, event.time, context.parameters);
  if (!silent || posture.turned.reporting !== undefined) return { outcome: 'clear', state };
  const turned: Turned = {
    since: posture.checkIns.last,
    shown: event.time,
    evidence: signInEvidence(event),
    next: `Look up when ${nameOf(posture)} last checked in, and whether its management agent runs.`,
    reported: true,
  };
  posture.turned.reporting = turned;
  return {
    outcome: 'finding',
    state,
    findings: [findingOf(posture, 'reporting', turned, context)],
    sightings: [flipOf(posture, 'reporting')],
  };
}

function flipOf(posture: Posture, aspect: Aspect) {
  const object = flipObject(aspect, posture.device.id);
  const what = { type: 'noted' as const, detection: DETECTION, object, name: nameOf(posture) };
  return { to: ORGANIZATION, what };
}

function onTick({ time }: Tick, state: State, context: Own): Verdict<State> {
  const { lastsHours } = context.parameters;
  const findings: Finding[] = [];
  for (const posture of Object.values(state.devices ?? {})) {
    for (const aspect of ASPECT_NAMES) {
      const turned = posture.turned[aspect];
      if (turned === undefined || turned.reported === true) continue;
      if (turned.since + lastsHours * HOUR_MS > time) continue;
      turned.reported = true;
      findings.push(findingOf(posture, aspect, turned, context));
    }
  }
  const rest = { state, ...wake(state, lastsHours) };
  return findings.length === 0 ? { outcome: 'clear', ...rest } : { outcome: 'finding', findings, ...rest };
}

function wake(state: State, lastsHours: number): { readonly wakeAt?: EpochMs } {
  const due = Object.values(state.devices ?? {}).flatMap(({ turned }) =>
    Object.values(turned).flatMap(({ since, reported }) =>
      reported === true ? [] : [since + lastsHours * HOUR_MS],
    ),
  );
  return due.length === 0 ? {} : { wakeAt: Math.min(...due) };
}

/** What was said of a device and still holds: said again after it was put right in part, or is listed once more. */
function reportedOf(device: SubjectRef, state: State, context: Own): readonly Finding[] {
  return Object.values(state.devices ?? {})
    .filter((posture) => posture.device.id === device.id)
    .flatMap((posture) =>
      ASPECT_NAMES.flatMap((aspect) => {
        const turned = posture.turned[aspect];
        return turned?.reported === true ? [findingOf(posture, aspect, turned, context)] : [];
      }),
    );
}

function onSighting(event: Sighting, state: State): Verdict<State> {
  const { what } = event;
  if (what.type === 'noted' && what.detection === DETECTION)
    return noteFlip((state.flips ??= {}), event)
      ? { outcome: 'clear', state, wakeAt: event.time }
      : { outcome: 'not-applicable' };
  if (what.type !== 'device') return { outcome: 'not-applicable' };
  foldSighting(event, state, DETECTION);
  return { outcome: 'clear', state };
}

function onFleetTick({ time }: Tick, state: State, { parameters }: Own): Verdict<State> {
  const conclusions = judgeFlips(state.flips ?? {}, state.fleet, time, parameters);
  return { outcome: 'clear', state, conclusions };
}
