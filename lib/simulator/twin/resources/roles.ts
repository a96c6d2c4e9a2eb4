/** Roles and the policies that hang on them. */
import { TWIN_ACCOUNT_ID } from '../aws/place.ts';
import { readStatements, type Statement } from '../statements.ts';
import type { Plan } from '../templates/plan.ts';
import { generatedName, made, textIn, type Maker } from './maker.ts';

interface Inline {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

/** AWS's own managed policies give nothing here: the twin does not have their text. */
export const makeRole: Maker = (making) => {
  const { plan, id, properties } = making;
  const name = textIn(properties, 'RoleName') ?? generatedName(making, 64);
  const inline = (properties['Policies'] ?? []) as readonly Inline[];
  attach(plan, name, [
    ...inline.flatMap(({ PolicyDocument, PolicyName }) =>
      readStatements(PolicyDocument, `${id}/${PolicyName}`),
    ),
    ...((properties['ManagedPolicyArns'] ?? []) as readonly string[]).flatMap(
      (arn) => plan.managedPolicies.get(arn) ?? [],
    ),
  ]);
  return made(name, { Arn: `arn:aws:iam::${TWIN_ACCOUNT_ID}:role/${name}`, RoleId: name });
};

export const makePolicy: Maker = ({ plan, id, properties }) => {
  const statements = readStatements(properties['PolicyDocument'], id);
  for (const role of (properties['Roles'] ?? []) as readonly string[]) attach(plan, role, statements);
  return made(textIn(properties, 'PolicyName') ?? id);
};

export const makeManagedPolicy: Maker = (making) => {
  const { plan, id, properties } = making;
  const name = textIn(properties, 'ManagedPolicyName') ?? generatedName(making, 128);
  const arn = `arn:aws:iam::${TWIN_ACCOUNT_ID}:policy/${name}`;
  const statements = readStatements(properties['PolicyDocument'], id);
  plan.managedPolicies.set(arn, statements);
  for (const role of (properties['Roles'] ?? []) as readonly string[]) attach(plan, role, statements);
  return made(arn, { PolicyArn: arn });
};

function attach(plan: Plan, role: string, statements: readonly Statement[]): void {
  plan.statements.set(role, [...(plan.statements.get(role) ?? []), ...statements]);
}
