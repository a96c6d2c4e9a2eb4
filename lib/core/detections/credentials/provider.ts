/** At whose sign-in page an account is: second factors belong to a provider, and one of them does not guard another. */
import type { SourceId } from '../../events/index.ts';

/** Gives the provider a log speaks for: Microsoft 365 and Intune repeat what happens in Entra. */
export function providerOf(source: SourceId): SourceId {
  return source === 'm365' || source === 'intune' ? 'entra' : source;
}

const NAMES: Readonly<Partial<Record<SourceId, string>>> = {
  okta: 'Okta',
  entra: 'Microsoft Entra',
  google: 'Google',
  aws: 'AWS',
};

/** Names a provider for people. */
export function providerName(provider: SourceId): string {
  return NAMES[provider] ?? provider;
}

/** Says where a provider's log of factors is. */
export function whereToLook(provider: SourceId): string {
  switch (provider) {
    case 'okta':
      return 'Okta Admin Console › Reports › System Log, `eventType sw "user.mfa"` for this person, shows who did it and from where.';
    case 'entra':
      return 'Entra admin center › Users › the person › Authentication methods shows what is registered now; Audit logs, by whom.';
    case 'google':
      return 'Google Admin console › Directory › Users › the person › Security shows the second factors; Reporting › Audit, who changed them.';
    default:
      return 'IAM › Users › the user › Security credentials shows what is assigned now; CloudTrail, who changed it.';
  }
}
