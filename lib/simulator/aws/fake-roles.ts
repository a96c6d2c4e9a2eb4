/** STS: roles of other accounts that may be taken on, and whose credentials are whose. */
import { HOUR_MS, isoTime, type EpochMs } from '../../core/time.ts';
import type { Answer } from './answer.ts';

export interface FakeRole {
  /** Twelve digits. */
  readonly account: string;
  readonly roleName: string;
  /** What has to be said to take it on. */
  readonly externalId?: string;
}

interface Session {
  readonly account: string;
  readonly sessionToken: string;
  readonly expires: EpochMs;
}

const ROLE_ARN = /^arn:aws(?:-cn|-us-gov)?:iam::(\d{12}):role\/(.+)$/;
/** The longest for a role that is taken on from another role. */
const SESSION_MS = HOUR_MS;

export class FakeRoles {
  readonly #roles: readonly FakeRole[];
  readonly #now: () => EpochMs;
  readonly #sessions = new Map<string, Session>();

  constructor(roles: readonly FakeRole[], now: () => EpochMs) {
    this.#roles = roles;
    this.#now = now;
  }

  /** Answers AssumeRole. */
  assume(parameters: URLSearchParams): Answer {
    const arn = parameters.get('RoleArn') ?? '';
    const [, account, name] = ROLE_ARN.exec(arn) ?? [];
    const role = this.#roles.find((each) => each.account === account && each.roleName === name);
    if (role === undefined || (role.externalId ?? null) !== parameters.get('ExternalId')) {
      const message = `User is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
      return { fault: 'AccessDenied', message, status: 403 };
    }
    const number = String(this.#sessions.size + 1).padStart(16, '0');
    const session = {
      account: role.account,
      sessionToken: `token-${number}`,
      expires: this.#now() + SESSION_MS,
    };
    this.#sessions.set(`ASIA${number}`, session);
    return {
      body: {
        Credentials: {
          AccessKeyId: `ASIA${number}`,
          SecretAccessKey: 'invented',
          SessionToken: session.sessionToken,
          Expiration: isoTime(session.expires),
        },
        AssumedRoleUser: {
          AssumedRoleId: `AROA${number}:${parameters.get('RoleSessionName')}`,
          Arn: `arn:aws:sts::${role.account}:assumed-role/${role.roleName}/${parameters.get('RoleSessionName')}`,
        },
      },
    };
  }

  /**
   * Finds whose credentials a request was signed with.
   *
   * @returns `undefined` for those that nobody got here; a fault when they are over, or are not whole
   */
  accountOf(accessKeyId: string, sessionToken: string | undefined): string | undefined | Answer {
    const session = this.#sessions.get(accessKeyId);
    if (session === undefined) return undefined;
    if (session.sessionToken !== sessionToken)
      return { fault: 'UnrecognizedClientException', message: 'The security token is invalid' };
    if (session.expires <= this.#now())
      return { fault: 'ExpiredTokenException', message: 'The security token is expired' };
    return session.account;
  }
}
