/** In what condition a device is, one thing at a time, and how that is said. */
import type { Severity } from '../../alerts/severity.ts';
import type { DeviceInventoryInfo } from '../../events/index.ts';

/** What an inventory says of a device and may turn bad. */
export type Aspect = 'compliant' | 'encrypted' | 'screen-lock' | 'jailbreak' | 'reporting';

export const ASPECTS: Readonly<
  Record<
    Aspect,
    {
      /** @returns whether it is as it should be; `undefined` where the inventory does not say, or has not decided */
      readonly isGood: (event: DeviceInventoryInfo) => boolean | undefined;
      readonly severity: Severity;
      /** What a device is when it is bad, after its name. */
      readonly bad: string;
    }
  >
> = {
  compliant: {
    isGood: ({ device }) => device?.compliant,
    severity: 'low',
    bad: 'does not comply with the organization’s policies any more',
  },
  encrypted: {
    isGood: ({ state }) => state.encrypted,
    severity: 'medium',
    bad: 'has a disk that is not encrypted any more',
  },
  'screen-lock': {
    isGood: ({ state }) => state.screenLock,
    severity: 'low',
    bad: 'does not lock its screen any more',
  },
  jailbreak: {
    isGood: ({ state }) => (state.jailbroken === undefined ? undefined : !state.jailbroken),
    severity: 'medium',
    bad: 'is jailbroken or rooted now',
  },
  // Shows by what is missing: see check-ins.ts.
  reporting: {
    isGood: () => undefined,
    severity: 'low',
    bad: 'has not reported to its management, though somebody signs in from it',
  },
};

export const ASPECT_NAMES = Object.keys(ASPECTS) as readonly Aspect[];

/** Says where the vendor shows the condition of a device. */
export function whereToLook({ source }: DeviceInventoryInfo, name: string): string {
  switch (source) {
    case 'intune':
      return `Intune admin center › Devices › ${name} › Device compliance shows which setting fails, and since when.`;
    case 'okta':
      return `Okta Admin Console › Directory › Devices › ${name} shows what Okta Verify last reported.`;
    case 'google':
      return `Google Admin console › Devices › Mobile and endpoints › ${name} shows its security state.`;
    default:
      return `Look ${name} up in the inventory it is listed in: which setting fails, and since when.`;
  }
}
