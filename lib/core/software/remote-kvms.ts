/**
 * Hardware that takes the place of a keyboard, a mouse and a screen, so that somebody uses the computer from elsewhere
 * without any software on it. Ids and texts are those of the vendors' own firmware; whoever owns one can change them.
 */
import { softwareFinder } from './finder.ts';
import type { Product } from './product.ts';

export interface RemoteKvm extends Product {
  /**
   * `kvm`: made for it. `gadget`: the id of Linux on a small computer that poses as a USB device; most such hardware
   * answers by it, and so do boards for development.
   */
  readonly class: 'kvm' | 'gadget';
}

export const REMOTE_KVMS: readonly RemoteKvm[] = [
  {
    id: 'pikvm',
    name: 'PiKVM',
    vendor: 'PiKVM',
    class: 'kvm',
    names: ['pikvm', 'kvmd'],
    mayFollow: ['composite', 'device', 'hid', 'bridge', 'mini'],
    publishers: ['pikvm'],
    // 1209:EDA1 to EDA3 are its own; the monitor it poses as is LNX 0x7773.
    hardwareIds: ['1d6b:0104:cafebabe', '1209:eda1', '1209:eda2', '1209:eda3', 'lnx:7773'],
  },
  {
    id: 'tinypilot',
    name: 'TinyPilot',
    vendor: 'TinyPilot',
    class: 'kvm',
    names: ['tinypilot'],
    genericNames: ['multifunction usb device'],
    mayFollow: ['voyager', 'kvm'],
    publishers: ['tinypilot'],
    hardwareIds: ['1d6b:0104:6b65796d696d6570690'],
  },
  {
    id: 'jetkvm',
    name: 'JetKVM',
    vendor: 'JetKVM',
    class: 'kvm',
    names: ['jetkvm'],
    genericNames: ['usb emulation device'],
    mayFollow: ['usb', 'emulation', 'device'],
    publishers: ['jetkvm'],
  },
  {
    id: 'glkvm',
    name: 'GL.iNet Comet',
    vendor: 'GL.iNet',
    class: 'kvm',
    names: ['glkvm', 'gl.inet comet', 'glinet comet', 'glinet composite device'],
    mayFollow: ['kvm', 'poe', 'composite', 'device'],
    publishers: ['glinet', 'gl.inet'],
    // A model each.
    hardwareIds: ['38eb:'],
  },
  {
    id: 'nanokvm',
    name: 'NanoKVM',
    vendor: 'Sipeed',
    class: 'kvm',
    names: ['nanokvm', 'sipeed nanokvm'],
    mayFollow: ['usb', 'cube', 'pcie'],
    publishers: ['sipeed'],
    hardwareIds: ['3346:1009'],
  },
  {
    id: 'openterface',
    name: 'Openterface',
    vendor: 'TechxArtisan',
    class: 'kvm',
    names: ['openterface'],
    mayFollow: ['mini', 'kvm', 'qt', 'keymod'],
    publishers: ['techxartisan'],
    hardwareIds: ['1a86:fe00'],
  },
  {
    id: 'ch9329',
    name: 'CH9329 keyboard and mouse emulator',
    vendor: 'WCH',
    class: 'kvm',
    // Other chips of this vendor are on every second adapter for serial ports.
    names: ['wch uart to kb ms', 'uart to kb ms'],
    hardwareIds: ['1a86:e129', '1a86:e329'],
  },
  {
    id: 'linux-usb-gadget',
    name: 'Linux USB gadget',
    vendor: 'several',
    class: 'gadget',
    hardwareIds: ['1d6b:0104'],
  },
];

/** Finds the remote-control hardware that an inventory row shows; see `softwareFinder`. */
export const findRemoteKvm = softwareFinder(REMOTE_KVMS);
