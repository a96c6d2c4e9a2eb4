import type { EpochMs } from '../time.ts';
import type { ClaimedPlace } from './person.ts';

/** A row of the people file: what the organization itself says of somebody. */
export interface RosterRow {
  /** Lower case, as every alias. */
  readonly email: string;
  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly department?: string;
  readonly employment?: string;
  readonly manager?: string;
  readonly hiredTime?: EpochMs;
  readonly endsTime?: EpochMs;
  readonly workPlace?: ClaimedPlace;
  readonly timeZone?: string;
  readonly privileged?: boolean;
}
