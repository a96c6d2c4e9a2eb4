/** What honest people did that could be taken for something else. */

export type Cause =
  | 'consumer-vpn'
  | 'private-relay'
  | 'keep-awake'
  | 'left-over-remote-tool'
  | 'help-desk-tool'
  | 'new-provider'
  | 'wandering-address'
  | 'dual-stack'
  | 'foreign-trip'
  | 'couple'
  | 'unlisted-office'
  | 'sprayed-password'
  | 'public-link'
  | 'new-phone'
  | 'new-laptop'
  | 'compliance-flip'
  | 'overdue-update'
  | 'data-team'
  | 'night-shift'
  | 'night-shift-unstated'
  | 'contractor-abroad'
  | 'partner-share'
  | 'customer-share'
  | 'oauth-grant'
  | 'factor-typo'
  | 'factor-refused'
  | 'wrong-password'
  | 'unfamiliar-sign-in'
  | 'admin-export'
  | 'access-key'
  | 'mobile-network'
  | 'colleague-visit'
  | 'off-site'
  | 'moved'
  | 'new-hire'
  | 'leaver'
  | 'weekend-work'
  | 'late-evening';

export class Causes {
  readonly #of = new Map<string, Set<Cause>>();

  /** @param subjects - ids as alerts have them: of people, and of addresses, devices or the organization they share */
  note(cause: Cause, ...subjects: readonly string[]): void {
    for (const subject of subjects) {
      const known = this.#of.get(subject);
      if (known === undefined) this.#of.set(subject, new Set([cause]));
      else known.add(cause);
    }
  }

  toMap(): ReadonlyMap<string, readonly Cause[]> {
    return new Map([...this.#of].map(([subject, causes]) => [subject, [...causes]]));
  }
}
