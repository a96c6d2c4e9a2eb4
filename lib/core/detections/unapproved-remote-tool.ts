/** Remote-access software on a computer where nobody has allowed it: somebody else may be at the keyboard. */
import { atMost, raised, type Severity } from '../alerts/severity.ts';
import type { DeviceInventoryInfo } from '../events/index.ts';
import { deviceSubject } from '../people/device.ts';
import type { SubjectKind } from '../people/subject.ts';
import { softwareFinder } from '../software/finder.ts';
import {
  onlyLooksOut,
  REMOTE_TOOLS,
  type RemoteTool,
  type RemoteToolClass,
} from '../software/remote-tools.ts';
import { dayOf, type EpochMs } from '../time.ts';
import type { Detection, Parameters, Verdict } from './contract.ts';
import { COMMON_PARAMETERS } from './installed/common-software.ts';
import { evaluateSoftware } from './installed/found-software.ts';
import type { Seen, SoftwareKinds, SoftwareState } from './installed/software-watch.ts';
import { listedWithoutSince, noListings, noteDevice } from './installed/listings.ts';
import { tenureDays } from '../people/tenure.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  newHireDays: {
    value: 90,
    why: 'Placed workers set up their access in the first weeks; after three months the tool is medium at most.',
  },
  settledDays: {
    value: 365,
    why: 'Placed workers rarely last longer; of who does, a tool that was there all along is a left-over first, and low.',
  },
  learnDays: {
    value: 14,
    why: 'The first listing of a device comes piece by piece; what shows later than this was put there.',
  },
} as const satisfies Parameters;

const SEVERITY: Readonly<Record<RemoteToolClass, Severity>> = {
  desktop: 'high',
  support: 'high',
  portable: 'high',
  vnc: 'high',
  rmm: 'high',
  overlay: 'medium',
  tunnel: 'medium',
  builtin: 'informational',
};

const CLASS_TEXT: Readonly<Record<RemoteToolClass, string>> = {
  desktop: 'is a remote desktop: whoever has its password uses the computer from anywhere.',
  support:
    'is for remote support: a helper sees and uses the computer, in some set-ups without anyone in front of it.',
  portable: 'is a remote desktop that runs without being installed.',
  vnc: 'serves the desktop to other computers that can reach this one.',
  rmm: 'is for remote management: whoever runs its console controls the computer without anyone in front of it.',
  overlay: 'joins the computer to a private network, over which others can reach it.',
  tunnel: 'publishes a port of the computer to the Internet.',
  builtin:
    'comes with the system; it lets a helper in only while somebody in front of the computer agrees, or its network allows it.',
};

type Own = Seen<RemoteTool, typeof PARAMETERS>;

/**
 * Makes the detection for a catalogue of tools: our own, or our own with a downloaded list merged in.
 *
 * Programs that only look out (VNC Viewer, Windows App, Remmina) give nothing: they put nobody at this keyboard, and
 * every support team and developer has one.
 */
export function unapprovedRemoteToolIn(
  tools: readonly RemoteTool[],
): Detection<SoftwareKinds, SoftwareState, typeof PARAMETERS> {
  const evaluate = evaluateSoftware<RemoteTool, typeof PARAMETERS>({
    detection: 'unapproved-remote-tool',
    objectKind: 'tool',
    policyKey: 'policy.remoteTools',
    products: tools,
    find: softwareFinder(tools),
    allowed: (policy) => policy.remoteTools,
    isHarmless: ({ device }) => onlyLooksOut(device?.os),
    severityOf,
    isImported: (tool) => tool.imported === true,
    keepsListings: true,
    why: ({ product }, seen) => [
      `${product.name} ${CLASS_TEXT[product.class]}`,
      ...(product.dprkReported ? ['Public reports name it among the tools of placed remote workers.'] : []),
      ...(product.imported ? ['It is known from a downloaded list only.'] : []),
      ...(seen === undefined ? [] : tenureText(seen)),
    ],
    next: [
      'Ask the person and their manager whether IT installed it; compare the install date with the hire date.',
    ],
  });
  return {
    id: 'unapproved-remote-tool',
    title: 'Unapproved remote-access tool',
    family: 'remote-access',
    severity: 'high',
    attack: ['T1219.001', 'T1219.002'],
    watches: ['software-inventory-info', 'device-inventory-info', 'sighting', 'tick'],
    subjects: ['person', 'account', 'device', 'organization'],
    alertPer: 'standing',
    contributes: {
      weight: 20,
      explainedBy: 'remote-access',
      independent: true,
      clearedBy: 'An entry under policy.remoteTools, or a tool approval for the person or device.',
    },
    parameters: PARAMETERS,
    state: { version: 1, empty: () => ({}), keepDays: 400 },
    needs: ['inventory'],
    blindSpots: [
      'Inventories list what is installed: a portable AnyDesk.exe that is only run does not show.',
      'Hardware that looks like a keyboard and a screen (PiKVM, TinyPilot) is no software.',
      'What Windows and macOS have built in (Remote Desktop, Screen Sharing) is a setting, not an entry.',
      'Intune lists unmanaged apps of company-owned devices only, and some days late.',
      'Tunnels of Visual Studio Code run from its own files and show as Visual Studio Code.',
    ],
    falsePositives: [
      'The IT department’s own support or management tool, not yet listed under policy.remoteTools.',
      'A left-over of one support session, never removed.',
      'A developer’s private network or tunnel.',
      'A person of the help desk who supports customers with it.',
    ],
    triage: [
      'Ask the person and their manager whether IT installed it; compare the install date with the hire date.',
      'Look for sign-ins of the same person from other countries, VPNs or addresses shared with colleagues.',
      'If nobody asked for it, isolate the device, keep its logs of incoming sessions, and then remove the tool.',
    ],
    references: [
      'https://attack.mitre.org/techniques/T1219/002/',
      'https://attack.mitre.org/techniques/T1219/001/',
      'https://www.ic3.gov/PSA/2025/PSA250123',
      'https://lolrmm.io/',
    ],
    expectedPerMonthPer1000People: 22,
    evaluate: (event, state, context) =>
      event.kind === 'device-inventory-info'
        ? onDevice(event, state, context.subject.kind)
        : evaluate(event, state, context),
  };
}

export const unapprovedRemoteTool = unapprovedRemoteToolIn(REMOTE_TOOLS);

/** A person's device is listed, with tools or without. */
function onDevice(
  event: DeviceInventoryInfo,
  state: SoftwareState,
  subject: SubjectKind,
): Verdict<SoftwareState> {
  const device = event.device === undefined ? undefined : deviceSubject(event.device, event.source);
  if (device === undefined || subject !== 'person') return { outcome: 'not-applicable' };
  const isNew = noteDevice((state.listings ??= noListings()), device.id, event.time);
  return isNew ? { outcome: 'clear', state } : { outcome: 'not-applicable' };
}

/**
 * Networks and tunnels stay at high at most, developers being what they are; the rest may become critical. The longer
 * somebody has been there, the likelier a tool is forgotten, unless it was put there lately.
 */
function severityOf(tool: RemoteTool, seen?: Own): Severity {
  const base = SEVERITY[tool.class];
  const tenure = seen && tenureOf(seen);
  const isNetwork = tool.class === 'overlay' || tool.class === 'tunnel';
  if (tenure === 'settled')
    return atMost(
      base,
      isNetwork || seen === undefined || putThereAfter(seen) === undefined ? 'low' : 'medium',
    );
  if (tool.imported || tenure === 'known') return atMost(base, 'medium');
  if (!tool.dprkReported) return base;
  if (isNetwork) return atMost(raised(base, tenure === 'new' ? 2 : 1), 'high');
  return raised(base, tenure === 'new' ? 1 : 0);
}

/** Of whom it is not known, or who has not begun, nothing speaks for or against. */
function tenureOf({ row, context: { person, parameters } }: Own): 'new' | 'known' | 'settled' | undefined {
  const days = tenureDays(person, row.event.time);
  if (days === undefined || days < 0) return undefined;
  if (days <= parameters.newHireDays) return 'new';
  return days <= parameters.settledDays ? 'known' : 'settled';
}

/** Since when the device had been listed without the tool. */
function putThereAfter({ found, device, state, context }: Own): EpochMs | undefined {
  return device === undefined || state.listings === undefined
    ? undefined
    : listedWithoutSince(state.listings, found.product.id, device.id, context.parameters.learnDays);
}

function tenureText(seen: Own): readonly string[] {
  const hired = dayOf(seen.context.person?.hiredTime ?? 0);
  switch (tenureOf(seen)) {
    case 'new':
      return [`Hired on ${hired}: the tool came with a new person.`];
    case 'known':
      return [`Hired on ${hired}, and past the first months, in which placed workers set up their access.`];
    case 'settled': {
      const since = putThereAfter(seen);
      return [
        since === undefined
          ? `Hired on ${hired}, and the tool was there when this device was first listed: a left-over more often than a way in.`
          : `Hired on ${hired}; the device has been listed since ${dayOf(since)}, at first without the tool: somebody put it there.`,
      ];
    }
    default:
      return [];
  }
}
