import type { EventBase } from './event.ts';

/** A sign-in, or an attempt at one. OCSF Authentication (3002). */
export interface Authentication extends EventBase {
  readonly kind: 'authentication';
  /**
   * `preauth` is a step before the session exists, a policy's verdict or a first factor that was right; `service-ticket` is
   * single sign-on to an application.
   */
  readonly activity: 'logon' | 'logoff' | 'preauth' | 'service-ticket';
  readonly status: 'success' | 'failure';
  /** The vendor's reason or error code. */
  readonly statusDetail?: string;
  /** A person was at the keyboard; false for token refresh, exchange and other sign-ins by programs. */
  readonly interactive: boolean;
  /** Of whoever is not in: the password or other first factor was right, so that only a policy or second factor stands in the way. */
  readonly firstFactorPassed?: boolean;
  readonly isMfa?: boolean;
  readonly application?: Application;
  /** The vendor's session id (OCSF `session.uid`). */
  readonly session?: string;
  /** What the browser or program calls itself; from vendors that keep no more, its name and version. */
  readonly userAgent?: string;
}

/** The application signed in to, or acting (OCSF `service`, `actor.app_uid`). */
export interface Application {
  readonly uid?: string;
  readonly name?: string;
}
