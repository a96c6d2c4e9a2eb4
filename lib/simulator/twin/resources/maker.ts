/** How one kind of resource is made in the twin. */
import type { TwinAws } from '../aws/index.ts';
import type { Resource, Stack } from '../templates/assembly.ts';
import type { Plan } from '../templates/plan.ts';

/** What a resource is made from. */
export interface Making {
  readonly aws: TwinAws;
  readonly plan: Plan;
  readonly stack: Stack;
  /** Its logical name. */
  readonly id: string;
  readonly type: string;
  /** All references resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: NonNullable<Resource['Metadata']>;
  /** Folder of the functions' modules. */
  readonly functionsDirectory: string;
}

/** What others may refer to. */
export interface Made {
  /** What `Ref` gives. */
  readonly ref: unknown;
  /** What `Fn::GetAtt` gives; `undefined` for an attribute the twin does not know. */
  readonly attribute: (name: string) => unknown;
}

export type Maker = (making: Making) => Made | Promise<Made>;

export function made(ref: unknown, attributes: Readonly<Record<string, unknown>> = {}): Made {
  return { ref, attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined) };
}

/** Gives the name a resource has when the template gives none: CloudFormation's, without the random end. */
export function generatedName({ stack, id }: Making, longest: number): string {
  return `${stack.name}-${id}`.slice(-longest).replace(/^-/, '');
}

/** Gives a property that is a text. */
export function textIn(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
