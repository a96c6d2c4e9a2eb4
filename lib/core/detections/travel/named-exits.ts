/**
 * What somebody's own records say of an address: one provider names the VPN, another gives nothing but the address. Whoever
 * signs in to both through it has shown both what it is.
 */
import { isCorporate, isAnonymizing, type Network } from '../../places/network.ts';

/** By address, or its /64: the network that some record named, the newest last. */
export type NamedExits = readonly { readonly household: string; readonly network: Network }[];

/** A day's worth of exits, and some more. */
const EXITS_KEPT = 30;

/** Gives the network of an address as the person's records know it: the one that says most. */
export function namedNetwork(
  household: string,
  network: Network | undefined,
  exits: NamedExits,
): Network | undefined {
  if (network !== undefined && saysMuch(network)) return network;
  return exits.find((each) => each.household === household)?.network ?? network;
}

/** Remembers an address whose network a record names. */
export function withExit(exits: NamedExits, household: string, network: Network | undefined): NamedExits {
  if (network === undefined || !saysMuch(network)) return exits;
  const others = exits.filter((each) => each.household !== household);
  return [...others, { household, network }].slice(-EXITS_KEPT);
}

/** It explains a place; that it is somebody's home line, or a data centre, explains less than that it is a VPN in one. */
function saysMuch(network: Network): boolean {
  return isAnonymizing(network) || isCorporate(network.kind) || network.kind === 'mobile';
}
