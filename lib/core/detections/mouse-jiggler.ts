/** Software that makes somebody look present: it moves the mouse, or keeps the screen from locking. */
import type { Severity } from '../alerts/severity.ts';
import { findJiggler, JIGGLERS, type Jiggler } from '../software/jigglers.ts';
import { COMMON_PARAMETERS } from './installed/common-software.ts';
import type { Detection } from './contract.ts';
import { evaluateSoftware } from './installed/found-software.ts';
import type { SoftwareKinds, SoftwareState } from './installed/software-watch.ts';

const SEVERITY: Readonly<Record<Jiggler['class'], Severity>> = {
  jiggler: 'medium',
  // Presenters and developers use them everywhere; by themselves they say nothing.
  'keep-awake': 'informational',
};

const CLASS_TEXT: Readonly<Record<Jiggler['class'], string>> = {
  jiggler: 'makes up mouse or keyboard input, so that nobody has to be there to look active.',
  'keep-awake': 'keeps the screen from locking; it makes up no input, and many honest people use it.',
};

export const mouseJiggler: Detection<SoftwareKinds, SoftwareState, typeof COMMON_PARAMETERS> = {
  id: 'mouse-jiggler',
  title: 'Mouse jiggler',
  family: 'presence',
  severity: 'medium',
  // ATT&CK has no technique for looking present; the Insider Threat Matrix has IF009.005.
  attack: [],
  watches: ['software-inventory-info', 'peripheral-inventory-info', 'sighting', 'tick'],
  subjects: ['person', 'account', 'device', 'organization'],
  alertPer: 'standing',
  contributes: {
    weight: 10,
    explainedBy: 'presence',
    independent: false,
    clearedBy: 'An entry under policy.software, or a software approval for the person.',
  },
  parameters: COMMON_PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 400 },
  needs: ['inventory'],
  blindSpots: [
    'Jigglers that are a device: most answer as an ordinary mouse, and those that turn under one answer not at all.',
    'Scripts (AutoHotkey, PowerShell) and the jigglers inside remote-control hardware leave no entry.',
    'PowerToys keeps awake too, but shows as one package whatever is switched on.',
  ],
  falsePositives: [
    'Somebody who gives presentations, or watches long builds or machines.',
    'A kiosk or a meeting room’s computer.',
    'A person who avoids a screen lock that comes too soon, which is a matter of policy rather than of deceit.',
  ],
  triage: [
    'Ask the person and their manager what it is for, without presuming.',
    'Compare hours of presence with work done: commits, tickets, documents.',
    'With a remote-access tool, a shared address or a VPN of the same person, treat it as one case.',
  ],
  references: ['https://insiderthreatmatrix.org/', 'https://github.com/arkane-systems/mousejiggler'],
  expectedPerMonthPer1000People: 60,
  evaluate: evaluateSoftware<Jiggler, typeof COMMON_PARAMETERS>({
    detection: 'mouse-jiggler',
    objectKind: 'software',
    policyKey: 'policy.software',
    products: JIGGLERS,
    find: findJiggler,
    allowed: (policy) => policy.software,
    severityOf: (product) => SEVERITY[product.class],
    why: ({ product }) => [`${product.name} ${CLASS_TEXT[product.class]}`],
    next: ['Ask the person and their manager what it is for; compare hours of presence with work done.'],
  }),
};
