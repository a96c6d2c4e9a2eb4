import type { EpochMs } from '../../../../core/time.ts';
import type { Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import { consoleLogin } from '../../records/aws.ts';
import { entraSignIn } from '../../records/entra.ts';
import { login } from '../../records/google.ts';
import { sessionStart } from '../../records/okta.ts';
import type { Account, Laptop } from '../../staff.ts';
import { note } from './note.ts';

/** Whose log has the sign-in. */
export type SignInLog = 'okta' | 'entra' | 'google' | 'aws';

/**
 * Somebody signs in with everything that is asked for.
 *
 * @param device - the company's laptop; without it, a computer that nobody manages
 */
export function signIn(
  stage: Stage,
  log: SignInLog,
  who: Account,
  at: EpochMs,
  from: From,
  device?: Laptop,
): void {
  const options = device === undefined ? {} : { device };
  switch (log) {
    case 'okta':
      return note(stage, log, sessionStart, who, at, from, options);
    case 'entra':
      return note(stage, log, entraSignIn, who, at, from, options);
    case 'aws':
      return note(stage, log, consoleLogin, who, at, from, options);
    case 'google':
      return note(stage, log, login, who, at, from);
  }
}
