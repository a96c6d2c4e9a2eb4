/** Hardware in place of keyboard, mouse and screen: somebody uses the computer from elsewhere, and no software shows it. */
import type { Severity } from '../alerts/severity.ts';
import { findRemoteKvm, REMOTE_KVMS, type RemoteKvm } from '../software/remote-kvms.ts';
import type { Detection, Parameters } from './contract.ts';
import { COMMON_PARAMETERS } from './installed/common-software.ts';
import { evaluateSoftware } from './installed/found-software.ts';
import type { Seen, SoftwareKinds, SoftwareState } from './installed/software-watch.ts';
import type { Row } from './installed/rows.ts';
import { tenureDays } from '../people/tenure.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  newHireDays: {
    value: 90,
    why: 'Placed workers set up their access in the first weeks: what only hints at such hardware is high then.',
  },
} as const satisfies Parameters;

const RELATION_TEXT: Readonly<Record<Row['relation'], string>> = {
  'plugged-in':
    'To the computer it is a keyboard, a mouse and a screen; whoever reaches it over the network uses the computer without any software on it.',
  installed:
    'It shows and steers other computers through such hardware: not this one, but whoever has it has the hardware.',
  named: 'A computer called by this name is more likely used together with such hardware than named for fun.',
};

export const remoteKvm: Detection<SoftwareKinds, SoftwareState, typeof PARAMETERS> = {
  id: 'remote-kvm',
  title: 'Remote-control hardware',
  family: 'remote-access',
  severity: 'high',
  attack: ['T1219.003', 'T1200'],
  watches: [
    'peripheral-inventory-info',
    'software-inventory-info',
    'device-inventory-info',
    'account-change',
    'sighting',
    'tick',
  ],
  subjects: ['person', 'account', 'device', 'organization'],
  alertPer: 'standing',
  contributes: {
    weight: 40,
    explainedBy: 'remote-access',
    independent: true,
    clearedBy: 'An entry under policy.remoteTools, or a tool approval for the person or device.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 400 },
  needs: [],
  blindSpots: [
    'That nothing is found proves nothing: who owns such hardware can give it the ids of an ordinary keyboard and monitor, and its manuals say how.',
    'What is plugged in shows only where somebody collects it as a custom inventory of Systems Manager, and `ringer scan` is given its export: the collector does not ask for it.',
    'Intune, Okta, Entra and Google list no USB devices and no monitors; of them, only names and companion programs tell.',
    'Hardware beside the computer, between the home network and the worker, is in no inventory.',
  ],
  falsePositives: [
    'Somebody of IT or a laboratory who reaches servers and test machines through it.',
    'A hobbyist with such hardware at home, whose program is on the work laptop.',
    'A board for development that poses as a USB device: it answers by the same id of the Linux Foundation.',
  ],
  triage: [
    'Ask where the computer stands and who else can reach it; have it shown on an unannounced video call.',
    'Look for sign-ins of the same person from other countries, VPNs or addresses shared with colleagues.',
    'Keep the inventory’s rows before anybody is told: what is plugged in is pulled out in a second.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1219/003/',
    'https://attack.mitre.org/techniques/T1200/',
    'https://www.ic3.gov/PSA/2025/PSA250123',
    'https://pid.codes/1209/EDA1/',
  ],
  expectedPerMonthPer1000People: 0.2,
  evaluate: evaluateSoftware<RemoteKvm, typeof PARAMETERS>({
    detection: 'remote-kvm',
    objectKind: 'tool',
    policyKey: 'policy.remoteTools',
    products: REMOTE_KVMS,
    find: findRemoteKvm,
    allowed: (policy) => policy.remoteTools,
    severityOf,
    why: ({ product }, seen) => [
      ...(product.class === 'gadget'
        ? ['It is Linux on a small computer that poses as a USB device, as nearly all such hardware does.']
        : []),
      ...(seen === undefined ? [] : [RELATION_TEXT[seen.row.relation]]),
    ],
    next: ['Ask the person what it is for and where the computer stands.'],
  }),
};

/** Only what is plugged in, and made for it, is as good as seen; of new people, hints count for as much. */
function severityOf(product: RemoteKvm, seen?: Seen<RemoteKvm, typeof PARAMETERS>): Severity {
  if (seen === undefined) return 'medium';
  if (product.class === 'gadget') return 'medium';
  if (seen.row.relation === 'plugged-in') return 'high';
  const days = tenureDays(seen.context.person, seen.row.event.time);
  return days !== undefined && days >= 0 && days <= seen.context.parameters.newHireDays ? 'high' : 'medium';
}
