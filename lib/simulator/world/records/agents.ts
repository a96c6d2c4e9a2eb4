/** What browsers and programs call themselves. */
import type { Laptop, Phone } from '../staff.ts';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';

export interface Agent {
  readonly text: string;
  /** As Okta names them. */
  readonly os: string;
  readonly browser: string;
  readonly device: 'Computer' | 'Mobile';
  /** As Entra names it. */
  readonly entraOs: string;
}

const WINDOWS: Agent = {
  text: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME}`,
  os: 'Windows 11',
  browser: 'CHROME',
  device: 'Computer',
  entraOs: 'Windows10',
};
const MACOS: Agent = {
  text: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME}`,
  os: 'Mac OS 15.6 (Sequoia)',
  browser: 'CHROME',
  device: 'Computer',
  entraOs: 'MacOs',
};
const ANDROID: Agent = {
  text: `Mozilla/5.0 (Linux; Android 10; K) ${CHROME.replace(' Safari', ' Mobile Safari')}`,
  os: 'Android 15',
  browser: 'CHROME',
  device: 'Mobile',
  entraOs: 'Android',
};
const IOS: Agent = {
  text: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${SAFARI}`,
  os: 'iOS 18.6 (iPhone)',
  browser: 'SAFARI',
  device: 'Mobile',
  entraOs: 'Ios 18.6',
};

/** Gives the agent of a browser on a device; without one, that of a Windows computer nobody manages. */
export function agentOn(device: Laptop | Phone | undefined): Agent {
  switch (device?.os) {
    case 'macOS':
      return MACOS;
    case 'ANDROID':
      return ANDROID;
    case 'IOS':
      return IOS;
    default:
      return WINDOWS;
  }
}

/** Tells a company computer from a phone. */
export function isLaptop(device: Laptop | Phone | undefined): device is Laptop {
  return device !== undefined && 'serialNumber' in device;
}
