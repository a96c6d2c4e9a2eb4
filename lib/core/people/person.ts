import type { EpochMs } from '../time.ts';

/** A person as the roster and the directories describe them. */
export interface Person {
  /** Primary address, lower case: the id of the person. */
  readonly id: string;
  /** Every address that is theirs, the primary one among them, lower case. */
  readonly addresses: readonly string[];
  readonly name?: string;
  readonly department?: string;
  readonly employment?: string;
  readonly manager?: string;
  readonly hiredTime?: EpochMs;
  readonly endsTime?: EpochMs;
  readonly workPlace?: ClaimedPlace;
  readonly timeZone?: string;
  readonly privileged?: boolean;
  /** The people file has them; what it says of them is the organization's claim. */
  readonly onRoster: boolean;
}

/** Where somebody is said to work. */
export interface ClaimedPlace {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** As the organization writes it, a code or a name; so is the city. */
  readonly region?: string;
  readonly city?: string;
  /** Of the city; absent when there is none, or no gazetteer knows it. */
  readonly lat?: number;
  readonly lon?: number;
}
