/** What one sign-in shows of whether somebody is where they are said to work. */
import type { Authentication, Endpoint } from '../../events/index.ts';
import { claimLevel, compareClaim, isAtLeast } from '../../people/claimed-place.ts';
import type { ClaimedPlace } from '../../people/person.ts';
import { isAnonymizing, isCorporate, isOwnEgress, type Network } from '../../places/network.ts';
import { harmlessOperator } from '../sign-ins/harmless-operator.ts';
import { atKeyboardFrom } from '../sign-ins/signed-in.ts';
import { SEEN } from './diary.ts';

export interface Reading {
  /** Bits of `SEEN`; 0 for one that shows nothing either way. */
  readonly seen: number;
  readonly from: Endpoint;
}

/**
 * Reads a sign-in against a claim.
 *
 * The place behind an anonymizer, a data centre, a gateway or a satellite is that of an exit. A phone network and a
 * privacy relay keep the country, no more. The organization's own office vouches for those who are said to work there,
 * and speaks against nobody.
 *
 * @returns `undefined` when it is no sign-in of a person at the keyboard
 */
export function readSignIn(
  event: Authentication,
  claim: ClaimedPlace,
  nearKm: number,
): Reading | { readonly missing: string } | undefined {
  const from = atKeyboardFrom(event) ?? officeOf(event);
  if (from === undefined) return undefined;
  const { network, place } = from;
  const hidden = hiding(network);
  if (hidden !== undefined) return { seen: hidden, from };
  if (place === undefined) return { missing: 'the address has no place' };

  const level = claimLevel(claim);
  const isCoarse = network?.kind === 'mobile' || network?.kind === 'relay';
  const comparison = compareClaim(isCoarse ? countryOf(claim) : claim, place, nearKm);
  if (level === undefined || comparison === undefined)
    return { missing: 'the address is not placed well enough to be compared with the claimed place' };
  const isFine = isAtLeast(level, comparison);
  if (isOwnEgress(network)) return { seen: comparison.agrees && isFine ? SEEN.near : 0, from };
  const isAbroad = compareClaim(countryOf(claim), place, nearKm)?.agrees === false;
  const country = isAbroad ? SEEN.abroad : SEEN.inCountry;
  if (!comparison.agrees) return { seen: SEEN.away | country, from };
  return { seen: isFine ? SEEN.near | SEEN.inCountry : country, from };
}

/** What a network hides: 0 when it is nothing to ask about, `undefined` when it hides nothing. */
function hiding(network: Network | undefined): number | undefined {
  if (network === undefined || network.kind === 'relay' || isOwnEgress(network)) return undefined;
  const { kind } = network;
  if (kind === 'satellite' || isCorporate(kind)) return 0;
  if (isAnonymizing(network)) return harmlessOperator(network) === undefined ? SEEN.anonymized : 0;
  return kind === 'hosting' ? SEEN.hosted : undefined;
}

function officeOf({
  status,
  interactive,
  activity,
  actor,
  srcEndpoint,
}: Authentication): Endpoint | undefined {
  const isPerson = status === 'success' && interactive && activity !== 'logoff' && actor?.type !== 'service';
  const { network } = srcEndpoint ?? {};
  return isPerson && isOwnEgress(network) && network?.kind === 'office' ? srcEndpoint : undefined;
}

function countryOf({ country }: ClaimedPlace): ClaimedPlace {
  return country === undefined ? {} : { country };
}
