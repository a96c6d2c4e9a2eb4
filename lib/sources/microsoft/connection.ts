/** What a live connection to a Microsoft tenant stands on. */
import type { SoftwarePackage } from '../../core/events/index.ts';
import type { Clock, Transport } from '../transport.ts';

export interface MicrosoftConnection {
  /** Base URLs; those of the public cloud when absent. */
  readonly graphUrl?: string | undefined;
  readonly loginUrl?: string | undefined;
  readonly manageUrl?: string | undefined;
  /** Gives the secret as it was filled; called once, and again when Microsoft has refused what was made of it. */
  readonly secret: () => Promise<string>;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Tells which programs are worth asking for the devices that have them. */
  readonly isWatched: (software: SoftwarePackage) => boolean;
}

const PUBLIC_URLS = {
  graph: 'https://graph.microsoft.com',
  login: 'https://login.microsoftonline.com',
  manage: 'https://manage.office.com',
} as const;

/** Gives the base URL of one of Microsoft's services, and the resource a token for it is asked for. */
export function serviceOf(
  name: keyof typeof PUBLIC_URLS,
  url: string = PUBLIC_URLS[name],
): { readonly base: URL; readonly resource: string } {
  const base = new URL(url);
  // Clouds of other nations have names of their own; a server on this machine stands for the public one.
  return { base, resource: base.protocol === 'https:' ? base.origin : PUBLIC_URLS[name] };
}
