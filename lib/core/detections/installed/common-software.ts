/**
 * The organization's view of software that is found on devices: what is on many of them is a choice of the company, not
 * of one person. It becomes one question to the organization, and the people's own alerts are explained.
 */
import type { AlertObject, Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { Severity } from '../../alerts/severity.ts';
import type { Sighting } from '../../events/index.ts';
import { hash32 } from '../../hash.ts';
import { subjectKey, type SubjectKind, type SubjectRef } from '../../people/subject.ts';
import type { Concluded, Finding, Parameters, Verdict } from '../contract.ts';

export const COMMON_PARAMETERS = {
  commonDevicesPercent: {
    value: 3,
    why: 'What more than this share of the devices has was rolled out, or is a habit: one question, not an alert for each.',
  },
  commonDevicesAtLeast: {
    value: 10,
    why: 'On fewer devices a share means little: a laptop farm may be nine.',
  },
} as const satisfies Parameters;

export type CommonParameters = { readonly [K in keyof typeof COMMON_PARAMETERS]: number };

/** What the organization remembers: its devices, and each product with the devices and people it was found on. */
export interface Fleet {
  /** Only devices whose hash is a multiple of 2 to this power are kept, so that any number of them takes little room. */
  sampling: number;
  /** Hashes, rising. */
  devices: number[];
  products: Record<string, CommonProduct>;
}

interface CommonProduct {
  readonly name: string;
  devices: number[];
  /** Subject keys of those it was found with. */
  readonly holders: Record<string, true>;
  /** Sightings of further devices since the last finding: a few as evidence, the rest as a number. */
  fresh: Evidence[];
  freshUncited: number;
}

/** Devices counted one by one; beyond them every other is, and so on. */
const DEVICES_KEPT = 8_192;
const PRODUCTS_KEPT = 300;
/** Those beyond are not told, and their own alerts stay. */
const HOLDERS_KEPT = 10_000;
const FRESH_KEPT = 10;
const RELATED_SHOWN = 50;

/** How a detection speaks of what it finds to the organization. */
export interface CommonTexts {
  readonly detection: string;
  readonly objectKind: AlertObject['kind'];
  /** The list in ringer.yaml that allows it. */
  readonly policyKey: string;
  /** Severity of the question; a product that is harmless by itself keeps its own. */
  readonly severityOf: (productId: string) => Severity;
  /** The policy allows it to everybody. */
  readonly isAllowedToAll: (productId: string, name: string) => boolean;
}

/** Names what the organization concludes of a product, as people are told. */
export function commonConclusion(detection: string, productId: string): string {
  return `common-software:${detection}:${productId}`;
}

/** Takes in that a device exists, or that a product is on one. What follows from it waits for the tick. */
export function foldSighting<S extends { fleet?: Fleet }>(
  event: Sighting,
  state: S,
  detection: string,
): Verdict<S> {
  const { what } = event;
  if (what.type === 'sign-in' || what.type === 'noted') return { outcome: 'not-applicable' };
  if (what.type === 'software' && what.detection !== detection) return { outcome: 'not-applicable' };
  const fleet = (state.fleet ??= { sampling: 0, devices: [], products: {} });
  addDevice(fleet, fleet.devices, what.type === 'device' ? event.of.id : what.device);
  if (what.type === 'software') addProduct(fleet, event, what.object, what.name, what.device);
  thin(fleet);
  return { outcome: 'clear', state, wakeAt: event.time };
}

/** Looks at every product again: says what has become common, to the organization and to those who have it. */
export function judgeFleet<S extends { fleet?: Fleet }>(
  state: S,
  parameters: CommonParameters,
  texts: CommonTexts,
): Verdict<S> {
  const { fleet } = state;
  if (fleet === undefined) return { outcome: 'not-applicable' };
  const findings: Finding[] = [];
  const explains: { object: AlertObject; why: string }[] = [];
  const conclusions: Concluded[] = [];
  for (const [id, product] of Object.entries(fleet.products)) {
    const object: AlertObject = { kind: texts.objectKind, id, name: product.name };
    const share = shareText(fleet, product);
    const common = isCommon(devicesWith(fleet, product), deviceCountOf(fleet), parameters);
    if (texts.isAllowedToAll(id, product.name)) {
      explains.push({ object, why: `${texts.policyKey} allows it to everybody.` });
      delete fleet.products[id];
      continue;
    }
    // Said each time, true or not: with sightings that come late the same tick may conclude otherwise.
    for (const key of Object.keys(product.holders)) {
      const why = `${product.name} is on ${share}: ${common ? 'it is common here' : 'it is not common here'}.`;
      conclusions.push({
        to: subjectOf(key),
        conclusion: commonConclusion(texts.detection, id),
        holds: common,
        why,
      });
    }
    if (!common) explains.push({ object, why: `${product.name} is on ${share} only.` });
    else if (product.fresh.length + product.freshUncited > 0) {
      findings.push(commonFinding(object, product, share, texts));
      product.fresh = [];
      product.freshUncited = 0;
    }
  }
  const rest = { state, explains, conclusions };
  return findings.length > 0 ? { outcome: 'finding', findings, ...rest } : { outcome: 'clear', ...rest };
}

/**
 * Tells whether a product is common: on more than the share of the devices, and on enough of them.
 *
 * @example isCommon(30, 1_000, { commonDevicesPercent: 3, commonDevicesAtLeast: 10 }) // => false: not more than 3 %
 */
export function isCommon(devices: number, all: number, parameters: CommonParameters): boolean {
  return devices >= parameters.commonDevicesAtLeast && devices * 100 > all * parameters.commonDevicesPercent;
}

/** Gives how many devices the organization is known to have; an estimate beyond some thousands. */
export function deviceCountOf(fleet: Fleet | undefined): number {
  return fleet === undefined ? 0 : fleet.devices.length * 2 ** fleet.sampling;
}

function devicesWith(fleet: Fleet, product: CommonProduct): number {
  return product.devices.length * 2 ** fleet.sampling;
}

function shareText(fleet: Fleet, product: CommonProduct): string {
  return `${fleet.sampling > 0 ? 'about ' : ''}${devicesWith(fleet, product)} of ${deviceCountOf(fleet)} devices`;
}

function commonFinding(
  object: AlertObject,
  product: CommonProduct,
  share: string,
  texts: CommonTexts,
): Finding {
  return {
    severity: texts.severityOf(object.id),
    confidence: 'medium',
    object,
    summary: `${product.name} is on ${share}. If that is yours, approve it.`,
    why: [
      `${product.name} is on ${share}: more than one person’s choice.`,
      'The alerts of those who have it are withdrawn while it is this common.',
    ],
    benign: ['IT rolled it out, or it came with the image of the computers.'],
    next: [
      `Ask IT whether it is theirs. If so, list it under ${texts.policyKey} in ringer.yaml, with \`for\` if only some may use it.`,
      'If not, read the related people and devices: what all of them share is how it came in.',
    ],
    evidence: product.fresh,
    uncited: product.freshUncited,
    restates: true,
    related: Object.keys(product.holders).slice(0, RELATED_SHOWN).map(subjectOf),
    approvable: { kind: object.kind === 'tool' ? 'tool' : 'software', names: [object.id, product.name] },
  };
}

function addProduct(fleet: Fleet, event: Sighting, id: string, name: string, device: string): void {
  let product = Object.hasOwn(fleet.products, id) ? fleet.products[id] : undefined;
  if (product === undefined) {
    if (Object.keys(fleet.products).length >= PRODUCTS_KEPT) return;
    product = { name, devices: [], holders: {}, fresh: [], freshUncited: 0 };
    fleet.products[id] = product;
  }
  if (product.devices.length < HOLDERS_KEPT) product.holders[subjectKey(event.of)] = true;
  if (!addDevice(fleet, product.devices, device)) return;
  if (product.fresh.length < FRESH_KEPT) product.fresh.push(evidenceOf(event, `${name} on ${device}`));
  else product.freshUncited += 1;
}

/** Adds a device in its place; `false` when it was there, or is not one of those kept. */
function addDevice(fleet: Fleet, devices: number[], id: string): boolean {
  const hash = hash32(id);
  if (hash % 2 ** fleet.sampling !== 0) return false;
  let [low, high] = [0, devices.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((devices[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  if (devices[low] === hash) return false;
  devices.splice(low, 0, hash);
  return true;
}

function thin(fleet: Fleet): void {
  while (fleet.devices.length > DEVICES_KEPT) {
    fleet.sampling += 1;
    const kept = (hash: number): boolean => hash % 2 ** fleet.sampling === 0;
    fleet.devices = fleet.devices.filter(kept);
    for (const product of Object.values(fleet.products)) product.devices = product.devices.filter(kept);
  }
}

function subjectOf(key: string): SubjectRef {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as SubjectKind, id: key.slice(colon + 1) };
}
