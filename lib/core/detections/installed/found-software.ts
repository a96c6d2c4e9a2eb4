/** What the detections of unwanted software have in common: from an inventory row to a finding, a sighting or nothing. */
import type { AlertObject, Confidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import { atMost, type Severity } from '../../alerts/severity.ts';
import type { EventOf, SoftwareInventoryInfo } from '../../events/index.ts';
import { deviceSubject } from '../../people/device.ts';
import { ORGANIZATION } from '../../people/subject.ts';
import type { Allowed, Policy } from '../../policy.ts';
import { approvalNames, isAllowed } from '../../software/allowed.ts';
import type { Finder, Found } from '../../software/finder.ts';
import type { Product } from '../../software/product.ts';
import {
  commonConclusion,
  deviceCountOf,
  foldSighting,
  isCommon,
  judgeFleet,
  type COMMON_PARAMETERS,
  type CommonParameters,
  type CommonTexts,
  type Fleet,
} from './common-software.ts';
import type { Context, Finding, Parameters, Verdict } from '../contract.ts';
import { deviceName, recognizedText, shownName, whereToLook, whichDevices } from './found-software-texts.ts';

/** Of the organization: its fleet. Others need to remember nothing. */
export interface SoftwareState {
  fleet?: Fleet;
}

export type SoftwareKinds = 'software-inventory-info' | 'sighting' | 'tick';

/** What one detection looks for, and its words for it. */
export interface SoftwareWatch<P extends Product, Q extends Parameters = typeof COMMON_PARAMETERS> {
  readonly detection: string;
  readonly objectKind: 'tool' | 'software';
  readonly policyKey: string;
  readonly products: readonly P[];
  readonly find: Finder<P>;
  readonly allowed: (policy: Policy) => readonly Allowed[];
  /** The product cannot do harm on this device. */
  readonly isHarmless?: (event: SoftwareInventoryInfo) => boolean;
  readonly severityOf: (product: P, newHire: boolean) => Severity;
  /** Why it matters, one sentence each. */
  readonly why: (found: Found<P>, event: SoftwareInventoryInfo, context: Context<Q>) => readonly string[];
  readonly isNewHire?: (event: SoftwareInventoryInfo, context: Context<Q>) => boolean;
  readonly isImported?: (product: P) => boolean;
  readonly next: readonly string[];
}

type Words = Pick<SoftwareWatch<Product>, 'detection' | 'objectKind'>;

/** Makes the `evaluate` of a detection of unwanted software. */
export function evaluateSoftware<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
  watch: SoftwareWatch<P, Q>,
): (event: EventOf<SoftwareKinds>, state: SoftwareState, context: Context<Q>) => Verdict<SoftwareState> {
  const byId = new Map(watch.products.map((product) => [product.id, product]));
  return (event, state, context) => {
    switch (event.kind) {
      case 'software-inventory-info':
        return onSoftware(watch, event, state, context);
      case 'sighting':
        return context.subject.kind === 'organization'
          ? foldSighting(event, state, watch.detection)
          : { outcome: 'not-applicable' };
      case 'tick':
        return judgeFleet(state, commonParameters(context), textsOf(watch, byId, context.policy));
    }
  };
}

function onSoftware<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
  watch: SoftwareWatch<P, Q>,
  event: SoftwareInventoryInfo,
  state: SoftwareState,
  context: Context<Q>,
): Verdict<SoftwareState> {
  const software = event.package;
  const found = watch.find(software);
  if (found === undefined || watch.isHarmless?.(event) === true) return { outcome: 'not-applicable' };
  const { person } = context;
  const device = event.device === undefined ? undefined : deviceSubject(event.device, event.source);
  const holder = { person, device: event.device, deviceId: device?.id };
  if (isAllowed(watch.allowed(context.policy), found, software, holder, watch.find))
    return { outcome: 'clear', state };
  const { product } = found;
  if (context.subject.kind === 'organization') return onListed(watch, found, event, state, context);
  const sightings =
    device === undefined
      ? []
      : [
          {
            to: ORGANIZATION,
            what: {
              type: 'software' as const,
              detection: watch.detection,
              object: product.id,
              name: product.name,
              device: device.id,
            },
          },
        ];

  const newHire = watch.isNewHire?.(event, context) ?? false;
  const on = deviceName(event, device);
  const finding: Finding = {
    ...aboutProduct(watch, found, event, on),
    severity: watch.severityOf(product, newHire),
    confidence: confidenceOf(watch, found),
    summary: `${shownName(event)} is installed on ${on}.`,
    why: [
      ...watch.why(found, event, context),
      recognizedText(found, event),
      `${watch.policyKey} does not list it for this ${person === undefined ? 'device' : 'person, department or device'}.`,
    ],
    next: [whereToLook(event, on), ...watch.next],
    related:
      device === undefined || context.subject.kind === 'device' ? [] : [{ kind: device.kind, id: device.id }],
    conditions: [
      { conclusion: commonConclusion(watch.detection, product.id), then: 'withdrawn', awaited: true },
    ],
    approvable: {
      kind: watch.objectKind,
      names: approvalNames(found, software),
      ...(device === undefined
        ? {}
        : { devices: [device.id, ...(event.device?.name === undefined ? [] : [event.device.name])] }),
    },
  };
  return { outcome: 'finding', state, findings: [finding], sightings };
}

/** A row that says on how many devices a product is, but not on which. */
function onListed<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
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
  const severity = watch.severityOf(found.product, false);
  const on =
    deviceCount === undefined
      ? 'devices the list does not name'
      : `${deviceCount} device${deviceCount === 1 ? '' : 's'}`;
  const finding: Finding = {
    ...aboutProduct(watch, found, event, on),
    severity: common ? atMost(severity, 'low') : severity,
    confidence: 'medium',
    summary: `${shownName(event)} is installed on ${on}, which the inventory’s list does not name.`,
    why: [
      ...watch.why(found, event, context),
      recognizedText(found, event),
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

/** TypeScript does not see that the values of `Q` include these, though `Q` does. */
function commonParameters(context: { readonly parameters: object }): CommonParameters {
  return context.parameters as CommonParameters;
}

function textsOf<P extends Product, Q extends Parameters>(
  watch: SoftwareWatch<P, Q>,
  byId: ReadonlyMap<string, P>,
  policy: Policy,
): CommonTexts {
  return {
    detection: watch.detection,
    objectKind: watch.objectKind,
    policyKey: watch.policyKey,
    severityOf: (id) => {
      const product = byId.get(id);
      return product === undefined ? 'low' : atMost(watch.severityOf(product, false), 'low');
    },
    isAllowedToAll: (id, name) => {
      const product = byId.get(id);
      return (
        product !== undefined &&
        isAllowed(watch.allowed(policy), { product, by: 'name' }, { name }, {}, watch.find)
      );
    },
  };
}

function aboutProduct(
  watch: Words,
  { product }: Found,
  event: SoftwareInventoryInfo,
  on: string,
): Pick<Finding, 'object' | 'evidence'> {
  const object: AlertObject = { kind: watch.objectKind, id: product.id, name: product.name };
  return { object, evidence: [evidenceOf(event, `${shownName(event)} on ${on}`)] };
}

function confidenceOf<P extends Product, Q extends Parameters>(
  watch: SoftwareWatch<P, Q>,
  { product, by }: Found<P>,
): Confidence {
  if (watch.isImported?.(product) === true) return 'low';
  return by === 'bundle-id' || by === 'name' ? 'high' : 'medium';
}
