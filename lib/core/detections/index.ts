/** The catalogue: every detection Ringer has. Adding one is one line here. */
import { activityAfterTermination } from './activity-after-termination.ts';
import { anonymizedSignIn } from './anonymized-sign-in.ts';
import { bulkDownload } from './bulk-download.ts';
import { bulkExport } from './bulk-export.ts';
import type { Described, Detection } from './contract.ts';
import { deniedCountry } from './denied-country.ts';
import { externalSharing } from './external-sharing.ts';
import { highRiskVpn } from './high-risk-vpn.ts';
import { impossibleTravel } from './impossible-travel.ts';
import { keyHygiene } from './key-hygiene.ts';
import { laptopFarm } from './laptop-farm.ts';
import { mailForwarding } from './mail-forwarding.ts';
import { mfaFatigue } from './mfa-fatigue.ts';
import { mfaTampering } from './mfa-tampering.ts';
import { mouseJiggler } from './mouse-jiggler.ts';
import { multipleRemoteTools } from './multiple-remote-tools.ts';
import { newCountry } from './new-country.ts';
import { newNetwork } from './new-network.ts';
import { noncompliantDevice } from './noncompliant-device.ts';
import { offHoursActivity } from './off-hours-activity.ts';
import { publicExposure } from './public-exposure.ts';
import { remoteKvm } from './remote-kvm.ts';
import { riskyOauthGrant } from './risky-oauth-grant.ts';
import type { RemoteTool } from '../software/remote-tools.ts';
import { sharedMfaDevice } from './shared-mfa-device.ts';
import { suspectedImpostor } from './suspected-impostor.ts';
import { unapprovedRemoteTool, unapprovedRemoteToolIn } from './unapproved-remote-tool.ts';
import { unexpectedLocation } from './unexpected-location.ts';
import { unmanagedDevice } from './unmanaged-device.ts';
import { vendorRisk } from './vendor-risk.ts';

/** The version of MITRE ATT&CK whose technique ids the detections carry. */
export const ATTACK_VERSION = '17.1';

// Each is exact about its own events, state and parameters; the engine hands it nothing else.
export const DETECTIONS: readonly Detection[] = [
  impossibleTravel,
  newCountry,
  newNetwork,
  anonymizedSignIn,
  highRiskVpn,
  deniedCountry,
  unexpectedLocation,
  laptopFarm,
  vendorRisk,
  unapprovedRemoteTool,
  multipleRemoteTools,
  remoteKvm,
  unmanagedDevice,
  mouseJiggler,
  bulkDownload,
  externalSharing,
  bulkExport,
  mailForwarding,
  mfaTampering,
  mfaFatigue,
  publicExposure,
  keyHygiene,
  noncompliantDevice,
  riskyOauthGrant,
  sharedMfaDevice,
  offHoursActivity,
  activityAfterTermination,
] as readonly unknown[] as readonly Detection[];

/** Everything that raises alerts: the detections, and the judgement over all of them. */
export const CATALOGUE: readonly Described[] = [...DETECTIONS, suspectedImpostor];

/** Gives the detections with another list of remote-access tools, our own among them. */
export function detectionsWith(tools: readonly RemoteTool[]): readonly Detection[] {
  const detection = unapprovedRemoteToolIn(tools) as unknown as Detection;
  return DETECTIONS.map((each) => (each.id === detection.id ? detection : each));
}
