/** What a detection of unwanted software, or of what is plugged in, says of itself. */
import type { AlertObject } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { Severity } from '../../alerts/severity.ts';
import type { SubjectRef } from '../../people/subject.ts';
import type { Allowed, Policy } from '../../policy.ts';
import type { Finder, Found } from '../../software/finder.ts';
import type { Product } from '../../software/product.ts';
import type { Context, Finding, Parameters } from '../contract.ts';
import type { COMMON_PARAMETERS, CommonParameters, Fleet } from './common-software.ts';
import { shownName } from './found-software-texts.ts';
import type { Listings } from './listings.ts';
import type { RowEvent, Row } from './rows.ts';

export interface SoftwareState {
  /** Of the organization. */
  fleet?: Fleet;
  /** Of others, for detections that ask since when something is there. */
  listings?: Listings;
}

export type SoftwareKinds = RowEvent['kind'] | 'sighting' | 'tick';

/** A row that shows a product, of whom, and what is remembered of them. */
export interface Seen<P extends Product, Q extends Parameters> {
  readonly found: Found<P>;
  readonly row: Row;
  /** Absent where the inventory does not name one. */
  readonly device: SubjectRef | undefined;
  readonly context: Context<Q>;
  readonly state: SoftwareState;
}

/** What one detection looks for, and its words for it. */
export interface SoftwareWatch<P extends Product, Q extends Parameters = typeof COMMON_PARAMETERS> {
  readonly detection: string;
  readonly objectKind: 'tool' | 'software';
  readonly policyKey: string;
  readonly products: readonly P[];
  readonly find: Finder<P>;
  readonly allowed: (policy: Policy) => readonly Allowed[];
  /** The product cannot do harm on this device. */
  readonly isHarmless?: (event: RowEvent) => boolean;
  /** @param seen - absent for the product as such, wherever it is */
  readonly severityOf: (product: P, seen?: Seen<P, Q>) => Severity;
  /** Why it matters, one sentence each. */
  readonly why: (found: Found<P>, seen?: Seen<P, Q>) => readonly string[];
  readonly isImported?: (product: P) => boolean;
  /** Its severity asks since when something is there: keep a person's listings. */
  readonly keepsListings?: true;
  readonly next: readonly string[];
}

/** TypeScript does not see that the values of `Q` include these, though `Q` does. */
export function commonParameters(context: { readonly parameters: object }): CommonParameters {
  return context.parameters as CommonParameters;
}

/** Names what was found and cites the row. */
export function aboutProduct(
  watch: Pick<SoftwareWatch<Product>, 'objectKind'>,
  { product }: Found,
  { event, shown }: Row,
  on: string,
): Pick<Finding, 'object' | 'evidence'> {
  const object: AlertObject = { kind: watch.objectKind, id: product.id, name: product.name };
  return { object, evidence: [evidenceOf(event, `${shownName(shown)} on ${on}`)] };
}
