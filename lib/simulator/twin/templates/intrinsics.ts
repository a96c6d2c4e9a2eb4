/** CloudFormation's own functions, as far as CDK writes them for us. */
import { RingerError } from '../../../core/errors.ts';
import { TWIN_ACCOUNT_ID, TWIN_REGION } from '../aws/place.ts';

/** What a value of a template may refer to. */
export interface Scope {
  readonly stackName: string;
  /** What `Ref` gives for a resource or a parameter. */
  readonly ref: (id: string) => Promise<unknown>;
  readonly attribute: (id: string, name: string) => Promise<unknown>;
  readonly imported: (name: string) => Promise<unknown>;
  /** What another stack gives out, whether it exports it or not. */
  readonly output: (stackName: string, name: string) => Promise<unknown>;
}

type Function = (argument: unknown, scope: Scope) => Promise<unknown>;

const FUNCTIONS: Readonly<Record<string, Function>> = {
  Ref: (id, scope) => refer(String(id), scope),
  async 'Fn::GetAtt'(argument, { attribute }) {
    const [id = '', ...name] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
    return attribute(id, name.join('.'));
  },
  async 'Fn::Join'(argument, scope) {
    const [separator, parts] = (await resolveValue(argument, scope)) as [string, unknown[]];
    return parts.map(String).join(separator);
  },
  async 'Fn::Split'(argument, scope) {
    const [separator, text] = (await resolveValue(argument, scope)) as [string, string];
    return text.split(separator);
  },
  async 'Fn::Select'(argument, scope) {
    const [index, list] = (await resolveValue(argument, scope)) as [number | string, unknown[]];
    return list[Number(index)];
  },
  async 'Fn::ImportValue'(name, scope) {
    return scope.imported(String(await resolveValue(name, scope)));
  },
  async 'Fn::GetStackOutput'(argument, scope) {
    const { StackName, OutputName } = (await resolveValue(argument, scope)) as Record<string, unknown>;
    return scope.output(String(StackName), String(OutputName));
  },
  async 'Fn::Sub'(argument, scope) {
    const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
    const values = (await resolveValue(given, scope)) as Record<string, unknown>;
    const parts = text.split(/\$\{(!?[^}]+)\}/);
    const resolved: unknown[] = [];
    for (const [index, part] of parts.entries()) {
      if (index % 2 === 0) resolved.push(part);
      else resolved.push(part.startsWith('!') ? `\${${part.slice(1)}}` : await named(part, values, scope));
    }
    return resolved.map(String).join('');
  },
};

/**
 * Resolves all references in a value.
 *
 * @throws INVARIANT for a function that the twin does not know
 */
export async function resolveValue(value: unknown, scope: Scope): Promise<unknown> {
  if (Array.isArray(value)) {
    const list = await Promise.all(value.map((each) => resolveValue(each, scope)));
    return list.filter((each) => each !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value) as [string, unknown][];
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const apply = FUNCTIONS[name];
    if (apply !== undefined) return apply(argument, scope);
    throw new RingerError('INVARIANT', `${scope.stackName}: the twin does not know ${name}`);
  }
  const resolved = await Promise.all(
    entries.map(async ([key, each]) => [key, await resolveValue(each, scope)] as const),
  );
  return Object.fromEntries(resolved.filter(([, each]) => each !== undefined));
}

async function named(name: string, values: Record<string, unknown>, scope: Scope): Promise<unknown> {
  if (Object.hasOwn(values, name)) return values[name];
  const [id = '', ...attribute] = name.split('.');
  return attribute.length === 0 ? refer(id, scope) : scope.attribute(id, attribute.join('.'));
}

async function refer(id: string, { stackName, ref }: Scope): Promise<unknown> {
  switch (id) {
    case 'AWS::AccountId':
      return TWIN_ACCOUNT_ID;
    case 'AWS::Region':
      return TWIN_REGION;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${TWIN_REGION}:${TWIN_ACCOUNT_ID}:stack/${stackName}/twin`;
    case 'AWS::NoValue':
      return undefined;
    default:
      return ref(id);
  }
}
