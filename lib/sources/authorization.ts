/** What a vendor gives for a while and for some purpose, kept until shortly before it ends. */
import { MINUTE_MS, type EpochMs } from '../core/time.ts';
import type { Clock, Credential } from './transport.ts';

/** The `Authorization` header, and until when it is good; `Infinity` when it does not end by itself. */
export interface Authorization {
  readonly header: string;
  readonly expires: EpochMs;
}

/**
 * Gives the credential for a scope, in the vendor's words. Each scope has its own, so that a permission which is missing
 * stops the feeds that need it and no others.
 */
export type ScopedCredential = (scope: string) => Credential;

/** A request that begins now ends before the token does. */
const RENEWAL_MARGIN_MS = MINUTE_MS;

/**
 * Makes credentials of what `obtain` gives: asked for when first needed, again shortly before its end, and again when the
 * vendor has refused it.
 */
export function scopedCredential(
  obtain: (scope: string) => Promise<Authorization>,
  clock: Clock,
): ScopedCredential {
  const credentials = new Map<string, Credential>();
  return (scope) => {
    const credential = credentials.get(scope) ?? kept(() => obtain(scope), clock);
    credentials.set(scope, credential);
    return credential;
  };
}

function kept(obtain: () => Promise<Authorization>, clock: Clock): Credential {
  let held: Authorization | undefined;
  return async (refused) => {
    if (refused) held = undefined;
    if (held === undefined || clock.now() >= held.expires - RENEWAL_MARGIN_MS) held = await obtain();
    return held.header;
  };
}
