/** CloudFormation, as far as the outputs of stacks can be asked. */
import { escaped, failureAnswer, queryAnswer } from './answer.ts';
import { arnOf } from './place.ts';
import { formBody, type AwsRequest } from './request.ts';
import type { Asked } from './service.ts';

export class StackOutputs {
  /** By the stack's name. */
  readonly #outputs = new Map<string, Readonly<Record<string, string>>>();

  set(stack: string, outputs: Readonly<Record<string, string>>): void {
    this.#outputs.set(stack, outputs);
  }

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const form = formBody(request);
    const operation = form.get('Action') ?? '';
    const name = form.get('StackName');
    return {
      action: `cloudformation:${operation}`,
      resources: [name === null ? '*' : idOf(name)],
      run: () => {
        const stacks = [...this.#outputs].filter(([stack]) => name === null || stack === name);
        if (operation === 'DescribeStacks' && (stacks.length > 0 || name === null)) {
          const members = stacks.map(([stack, outputs]) => `<member>${stackXml(stack, outputs)}</member>`);
          return Promise.resolve(queryAnswer(operation, `<Stacks>${members.join('')}</Stacks>`));
        }
        const message =
          operation === 'DescribeStacks'
            ? `Stack with id ${name} does not exist`
            : `the twin has no ${operation}`;
        return Promise.resolve(failureAnswer(request, { status: 400, code: 'ValidationError', message }));
      },
    };
  };
}

function idOf(stack: string): string {
  return arnOf('cloudformation', `stack/${stack}/00000000-0000-4000-8000-000000000000`);
}

function stackXml(stack: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${escaped(key)}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
  );
  return (
    `<StackName>${escaped(stack)}</StackName><StackId>${idOf(stack)}</StackId>` +
    '<CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>' +
    `<Outputs>${members.join('')}</Outputs>`
  );
}
