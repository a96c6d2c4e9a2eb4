/**
 * What the detections of unwanted software, and of what is plugged in, have in common: from an inventory row to a finding,
 * a sighting or nothing.
 */
import type { Confidence } from '../../alerts/alert.ts';
import { atMost } from '../../alerts/severity.ts';
import type { EventOf } from '../../events/index.ts';
import { deviceSubject } from '../../people/device.ts';
import { ORGANIZATION } from '../../people/subject.ts';
import type { Policy } from '../../policy.ts';
import { approvalNames, isAllowed } from '../../software/allowed.ts';
import type { Product } from '../../software/product.ts';
import type { Context, Finding, Parameters, Verdict } from '../contract.ts';
import {
  commonConclusion,
  foldSighting,
  judgeFleet,
  type COMMON_PARAMETERS,
  type CommonTexts,
} from './common-software.ts';
import { deviceName, foundText, recognizedText, whereToLook } from './found-software-texts.ts';
import { onListed } from './listed-software.ts';
import { noListings, noteProduct } from './listings.ts';
import { rowsOf, type RowEvent } from './rows.ts';
import {
  aboutProduct,
  commonParameters,
  type Seen,
  type SoftwareKinds,
  type SoftwareState,
  type SoftwareWatch,
} from './software-watch.ts';

/** Makes the `evaluate` of a detection of unwanted software. */
export function evaluateSoftware<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
  watch: SoftwareWatch<P, Q>,
): (event: EventOf<SoftwareKinds>, state: SoftwareState, context: Context<Q>) => Verdict<SoftwareState> {
  const byId = new Map(watch.products.map((product) => [product.id, product]));
  return (event, state, context) => {
    switch (event.kind) {
      case 'sighting':
        return context.subject.kind === 'organization'
          ? foldSighting(event, state, watch.detection)
          : { outcome: 'not-applicable' };
      case 'tick':
        return judgeFleet(state, commonParameters(context), textsOf(watch, byId, context.policy));
      default:
        return onInventory(watch, event, state, context);
    }
  };
}

function onInventory<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
  watch: SoftwareWatch<P, Q>,
  event: RowEvent,
  state: SoftwareState,
  context: Context<Q>,
): Verdict<SoftwareState> {
  if (watch.isHarmless?.(event) === true) return { outcome: 'not-applicable' };
  for (const row of rowsOf(event)) {
    const found = watch.find(row.shown);
    const device = event.device === undefined ? undefined : deviceSubject(event.device, event.source);
    if (found !== undefined) return onFound(watch, { found, row, device, context, state });
  }
  return { outcome: 'not-applicable' };
}

function onFound<P extends Product, Q extends Parameters & typeof COMMON_PARAMETERS>(
  watch: SoftwareWatch<P, Q>,
  seen: Seen<P, Q>,
): Verdict<SoftwareState> {
  const { found, row, device, context, state } = seen;
  const { event, shown } = row;
  const { person } = context;
  const holder = { person, device: event.device, deviceId: device?.id };
  if (isAllowed(watch.allowed(context.policy), found, shown, holder, watch.find))
    return { outcome: 'clear', state };
  const { product } = found;
  if (watch.keepsListings === true && context.subject.kind === 'person' && device !== undefined)
    noteProduct((state.listings ??= noListings()), product.id, device.id, event.time);
  if (context.subject.kind === 'organization')
    return event.kind === 'software-inventory-info'
      ? onListed(watch, found, event, state, context)
      : { outcome: 'not-applicable' };
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

  const on = deviceName(row, device);
  const finding: Finding = {
    ...aboutProduct(watch, found, row, on),
    severity: watch.severityOf(product, seen),
    confidence: confidenceOf(watch, seen),
    summary: foundText(row, on),
    why: [
      ...watch.why(found, seen),
      recognizedText(found, shown),
      `${watch.policyKey} does not list it for this ${person === undefined ? 'device' : 'person, department or device'}.`,
    ],
    next: [whereToLook(row, on), ...watch.next],
    related:
      device === undefined || context.subject.kind === 'device' ? [] : [{ kind: device.kind, id: device.id }],
    conditions: [
      { conclusion: commonConclusion(watch.detection, product.id), then: 'withdrawn', awaited: true },
    ],
    approvable: {
      kind: watch.objectKind,
      names: approvalNames(found, shown),
      ...(device === undefined
        ? {}
        : { devices: [device.id, ...(event.device?.name === undefined ? [] : [event.device.name])] }),
    },
  };
  return { outcome: 'finding', state, findings: [finding], sightings };
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
      return product === undefined ? 'low' : atMost(watch.severityOf(product), 'low');
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

/** What somebody calls a computer, or a file, is less than an id that its maker gave. */
function confidenceOf<P extends Product, Q extends Parameters>(
  watch: SoftwareWatch<P, Q>,
  { found: { product, by }, row }: Seen<P, Q>,
): Confidence {
  if (watch.isImported?.(product) === true || row.relation === 'named') return 'low';
  return by === 'publisher' || by === 'executable' ? 'medium' : 'high';
}
