/** What roles may do, as far as their own policies say: statements, actions and resources. */
import { RingerError } from '../../core/errors.ts';

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** It holds only under conditions, which the twin does not weigh. */
  readonly isConditional: boolean;
  /** Logical name of the policy it stands in. */
  readonly policy: string;
}

export interface Decision {
  readonly allowed: boolean;
  /** The statement that decides; `undefined` when none speaks of the action. */
  readonly statement: Statement | undefined;
}

/** Reads a policy document of a template whose references are resolved. */
export function readStatements(document: unknown, policy: string): readonly Statement[] {
  const { Statement: written } = document as { readonly Statement: unknown };
  return ([written].flat() as Readonly<Record<string, unknown>>[]).map((each) => {
    const { Effect, Action, Resource, Condition, ...rest } = each;
    const strange = Object.keys(rest).filter((key) => key.startsWith('Not'));
    if (strange.length > 0)
      throw new RingerError('INVARIANT', `${policy}: the twin does not know ${strange.join(', ')}`);
    return {
      effect: Effect as Statement['effect'],
      actions: [Action].flat().map(String),
      resources: [Resource].flat().map(String),
      isConditional: Condition !== undefined,
      policy,
    };
  });
}

/**
 * Decides as IAM does: a denial that speaks of it wins, then an allowance, else it is not allowed. Conditions count as
 * met when they allow and as not met when they deny; `statement.isConditional` says so.
 *
 * @param action - `dynamodb:PutItem`
 * @param resource - an ARN; `*` for an action that knows none
 */
export function decide(statements: readonly Statement[], action: string, resource: string): Decision {
  const speaking = statements.filter((each) => speaksOf(each, action, resource));
  const denial = speaking.find(({ effect, isConditional }) => effect === 'Deny' && !isConditional);
  if (denial !== undefined) return { allowed: false, statement: denial };
  const allowance = speaking.find(({ effect }) => effect === 'Allow');
  return { allowed: allowance !== undefined, statement: allowance };
}

/** Tells whether a statement is about an action on a resource, whichever way it decides. */
export function speaksOf(statement: Statement, action: string, resource: string): boolean {
  return (
    statement.actions.some((each) => like(each.toLowerCase()).test(action.toLowerCase())) &&
    statement.resources.some((each) => like(each).test(resource))
  );
}

function like(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
