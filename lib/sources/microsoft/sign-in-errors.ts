/**
 * Entra's sign-in error codes that say the first factor was right, and only a policy, a device or a second factor stood
 * in the way. Wrong passwords (50126), locked (50053), disabled (50057) and unknown accounts (50034) are not among them.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const FIRST_FACTOR_PASSED: ReadonlySet<string> = new Set([
  '50005', // the platform is not allowed by policy
  '50055',
  '50144', // the password was right, and has expired
  '50072',
  '50074',
  '50076',
  '50078',
  '50079', // a second factor is required, or has to be set up first
  '50097',
  '50127',
  '50129', // the device has to prove itself
  '50105', // signed in, but not assigned to the application
  '50131',
  '50158', // policy, or a third party's second factor
  '53000',
  '53001',
  '53002',
  '53003',
  '53004',
  '53009',
  '53011', // conditional access
  '65001',
  '65004', // signed in, consent missing or refused
  '500121', // the second factor failed or was refused
  '530002',
  '530003',
  '530031',
  '530032',
  '530034',
  '530035', // tenant security policies
]);

/** The same reasons by the names that Microsoft 365's audit log writes into `LogonError`. */
const FIRST_FACTOR_PASSED_NAMES: ReadonlySet<string> = new Set([
  'DevicePolicyError',
  'InvalidPasswordExpiredPassword',
  'InvalidPasswordExpiredOnPremPassword',
  'UserStrongAuthClientAuthNRequired',
  'UserStrongAuthClientAuthNRequiredInterrupt',
  'UserStrongAuthEnrollmentRequired',
  'UserStrongAuthEnrollmentRequiredInterrupt',
  'UserStrongAuthExpired',
  'DeviceAuthenticationRequired',
  'BrokerAppNotInstalled',
  'DeviceIsNotWorkplaceJoined',
  'EntitlementGrantsNotFound',
  'ConditionalAccessFailed',
  'ExternalSecurityChallenge',
  'DeviceNotCompliant',
  'DeviceNotDomainJoined',
  'ApplicationUsedIsNotAnApprovedApp',
  'BlockedByConditionalAccess',
  'ProofUpBlockedDueToRisk',
  'DelegationDoesNotExist',
  'UserDeclinedConsent',
  'AuthenticationFailedSasError',
]);

/**
 * Tells whether a failure means that the password or other first factor was right.
 *
 * @param reason - an error code as text, or the name of the error in `LogonError`
 * @example firstFactorPassed('50076') // => true
 * @example firstFactorPassed('50126') // => false
 */
export function firstFactorPassed(reason: string | undefined): boolean {
  return reason !== undefined && (FIRST_FACTOR_PASSED.has(reason) || FIRST_FACTOR_PASSED_NAMES.has(reason));
}

/** Entra's words for a prompt that its owner refused or let pass, lower case, as they begin. */
const REFUSALS: readonly string[] = [
  'mfa denied; user declined',
  'mfa denied; user did not respond',
  'mfa denied; phone app reported fraud',
  'mfa denied; fraud code entered',
];

/** Tells whether a step's result says that the person refused the second factor or did not answer it. */
export function isRefusal(detail: string | undefined): boolean {
  if (detail === undefined) return false;
  const text = detail.toLowerCase();
  return REFUSALS.some((words) => text.startsWith(words));
}
