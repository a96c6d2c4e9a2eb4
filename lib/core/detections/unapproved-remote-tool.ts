/** Remote-access software on a computer where nobody has allowed it: somebody else may be at the keyboard. */
import { atMost, raised, type Severity } from '../alerts/severity.ts';
import type { SoftwareInventoryInfo } from '../events/index.ts';
import { softwareFinder } from '../software/finder.ts';
import { REMOTE_TOOLS, type RemoteTool, type RemoteToolClass } from '../software/remote-tools.ts';
import { DAY_MS, dayOf } from '../time.ts';
import { COMMON_PARAMETERS } from './installed/common-software.ts';
import type { Context, Detection, Parameters } from './contract.ts';
import { evaluateSoftware, type SoftwareKinds, type SoftwareState } from './installed/found-software.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  newHireDays: {
    value: 90,
    why: 'Placed workers set up their access in the first weeks; after three months the tool says no more than for anyone.',
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

/** iPhones and iPads show their screen at most; nobody can use one from elsewhere. */
const ONLY_LOOKS_OUT = /^(?:ios|ipados|iphone|ipad)/i;

type Own = Context<typeof PARAMETERS>;

/**
 * Makes the detection for a catalogue of tools: our own, or our own with a downloaded list merged in.
 *
 * Programs that only look out (VNC Viewer, Windows App, Remmina) give nothing: they put nobody at this keyboard, and
 * every support team and developer has one.
 */
export function unapprovedRemoteToolIn(
  tools: readonly RemoteTool[],
): Detection<SoftwareKinds, SoftwareState, typeof PARAMETERS> {
  return {
    id: 'unapproved-remote-tool',
    title: 'Unapproved remote-access tool',
    family: 'remote-access',
    severity: 'high',
    attack: ['T1219.001', 'T1219.002'],
    watches: ['software-inventory-info', 'sighting', 'tick'],
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
    expectedPerMonthPer1000People: 4,
    evaluate: evaluateSoftware<RemoteTool, typeof PARAMETERS>({
      detection: 'unapproved-remote-tool',
      objectKind: 'tool',
      policyKey: 'policy.remoteTools',
      products: tools,
      find: softwareFinder(tools),
      allowed: (policy) => policy.remoteTools,
      isHarmless: (event) => ONLY_LOOKS_OUT.test(event.device?.os ?? ''),
      severityOf,
      isNewHire: hiredLately,
      isImported: (tool) => tool.imported === true,
      why: ({ product }, event, context) => [
        `${product.name} ${CLASS_TEXT[product.class]}`,
        ...(product.dprkReported ? ['Public reports name it among the tools of placed remote workers.'] : []),
        ...(product.imported ? ['It is known from a downloaded list only.'] : []),
        ...(hiredLately(event, context) ? [hiredText(context)] : []),
      ],
      next: [
        'Ask the person and their manager whether IT installed it; compare the install date with the hire date.',
      ],
    }),
  };
}

export const unapprovedRemoteTool = unapprovedRemoteToolIn(REMOTE_TOOLS);

/** Networks and tunnels stay at high at most, developers being what they are; the rest may become critical. */
function severityOf(tool: RemoteTool, newHire: boolean): Severity {
  const base = SEVERITY[tool.class];
  if (tool.imported) return atMost(base, 'medium');
  if (!tool.dprkReported) return base;
  if (tool.class === 'overlay' || tool.class === 'tunnel')
    return atMost(raised(base, newHire ? 2 : 1), 'high');
  return raised(base, newHire ? 1 : 0);
}

function hiredLately(event: SoftwareInventoryInfo, { person, parameters }: Own): boolean {
  if (person?.hiredTime === undefined) return false;
  const since = event.time - person.hiredTime;
  return since >= 0 && since <= parameters.newHireDays * DAY_MS;
}

function hiredText({ person }: Pick<Own, 'person'>): string {
  return person?.hiredTime === undefined
    ? ''
    : `Hired on ${dayOf(person.hiredTime)}: the tool came with a new person.`;
}
