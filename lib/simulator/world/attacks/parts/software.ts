/** Programs that inventories show on the laptops of attacks. */
import { DAY_MS, HOUR_MS } from '../../../../core/time.ts';
import type { Stage } from '../../attack.ts';
import { detectedApp, managedDevice, type Software } from '../../records/intune.ts';
import type { Staff } from '../../staff.ts';

export const ANYDESK: Software = {
  name: 'AnyDesk',
  version: '9.0.4',
  publisher: 'AnyDesk Software GmbH',
};
export const RUSTDESK: Software = { name: 'RustDesk', version: '1.4.2', publisher: 'Purslane Ltd.' };
export const SPLASHTOP: Software = {
  name: 'Splashtop Streamer',
  version: '3.7.4.2',
  publisher: 'Splashtop Inc.',
};
export const CHROME_REMOTE_DESKTOP: Software = {
  name: 'Chrome Remote Desktop Host',
  version: '141.0.7390.5',
  publisher: 'Google LLC',
};
export const SCREENCONNECT: Software = {
  name: 'ScreenConnect Client (a17c3f90be24d658)',
  version: '25.4.16.9293',
  publisher: 'ConnectWise, LLC',
};

/** Gives the program that moves the mouse on such a computer. */
export function jigglerFor({ laptop }: Staff): Software {
  return laptop.os === 'macOS'
    ? { name: 'Jiggler', version: '1.10', publisher: 'Stick Software' }
    : { name: 'Mouse Jiggler', version: '2.0.25', publisher: 'Arkane Systems' };
}

const LISTED_EVERY_DAYS = 7;
const LISTED_HOUR = 7;

/** Intune finds a program on somebody's laptop on a day, and again in every weekly listing. */
export function found(stage: Stage, who: Staff, software: Software, day: number): void {
  for (let at = stage.start + day * DAY_MS + LISTED_HOUR * HOUR_MS; at < stage.end;) {
    stage.emit('intune', at, detectedApp(software, { devices: [managedDevice(who, at)] }));
    at += LISTED_EVERY_DAYS * DAY_MS;
  }
}
