/** A row that says on how many devices a product is, but not on which: about the organization, who can look it up. */
import { atMost } from '../../alerts/severity.ts';
import type { SoftwareInventoryInfo } from '../../events/index.ts';
import { approvalNames } from '../../software/allowed.ts';
import type { Found } from '../../software/finder.ts';
import type { Product } from '../../software/product.ts';
import type { Context, Finding, Parameters, Verdict } from '../contract.ts';
import { deviceCountOf, isCommon, type COMMON_PARAMETERS } from './common-software.ts';
import { recognizedText, shownName, whichDevices } from './found-software-texts.ts';
import { aboutProduct, commonParameters, type SoftwareState, type SoftwareWatch } from './software-watch.ts';

export function onListed<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
  watch: SoftwareWatch<P, Q>,
  found: Found<P>,
  event: SoftwareInventoryInfo,
  state: SoftwareState,
  context: Context<Q>,
): Verdict<SoftwareState> {
  const { deviceCount } = event;
  if (deviceCount !== undefined && deviceCount <= 0) return { outcome: 'clear', state };
  const parameters = commonParameters(context);
  const all = deviceCountOf(state.fleet);
  const common = deviceCount !== undefined && all > 0 && isCommon(deviceCount, all, parameters);
  const severity = watch.severityOf(found.product);
  const on =
    deviceCount === undefined
      ? 'devices the list does not name'
      : `${deviceCount} device${deviceCount === 1 ? '' : 's'}`;
  const finding: Finding = {
    ...aboutProduct(watch, found, { event, relation: 'installed', shown: event.package }, on),
    severity: common ? atMost(severity, 'low') : severity,
    confidence: 'medium',
    summary: `${shownName(event.package)} is installed on ${on}, which the inventory’s list does not name.`,
    why: [
      ...watch.why(found),
      recognizedText(found, event.package),
      ...(common
        ? [`That is more than ${parameters.commonDevicesPercent} % of the ${all} devices known: common here.`]
        : []),
      `${watch.policyKey} does not list it for everybody.`,
    ],
    next: [whichDevices(event), ...watch.next],
    approvable: { kind: watch.objectKind, names: approvalNames(found, event.package) },
  };
  return { outcome: 'finding', state, findings: [finding] };
}
