/** Secrets Manager: secrets with at most one value. */
import { failureAnswer, jsonAnswer, type Answer } from './answer.ts';
import { arnOf } from './place.ts';
import { jsonBody, jsonOperation, type AwsRequest } from './request.ts';
import type { Asked } from './service.ts';

interface Secret {
  readonly name: string;
  readonly arn: string;
  value: Value | undefined;
  version: number;
}

interface Value {
  readonly SecretString?: string;
  readonly SecretBinary?: string;
}

type Input = Value & { readonly SecretId?: string };

export class Secrets {
  readonly #secrets = new Map<string, Secret>();

  /** Says what a request asks for. */
  service = (request: AwsRequest): Asked => {
    const operation = jsonOperation(request);
    const input = jsonBody<Input>(request);
    const secret = this.#find(input.SecretId ?? '');
    return {
      action: `secretsmanager:${operation}`,
      resources: [secret?.arn ?? arnOf('secretsmanager', `secret:${input.SecretId}`)],
      run: () => Promise.resolve(answer(request, operation, input, secret)),
    };
  };

  /** Makes a secret, or gives it a value. */
  put(name: string, value: string | undefined): { readonly arn: string } {
    // Six characters at the end, as AWS puts them.
    const arn = arnOf('secretsmanager', `secret:${name}-TwinTw`);
    const secret = this.#secrets.get(name) ?? { name, arn, value: undefined, version: 0 };
    this.#secrets.set(name, secret);
    if (value !== undefined) write(secret, { SecretString: value });
    return { arn };
  }

  #find(id: string): Secret | undefined {
    return this.#secrets.get(id) ?? [...this.#secrets.values()].find(({ arn }) => arn === id);
  }
}

function write(secret: Secret, { SecretString, SecretBinary }: Value): void {
  secret.value = SecretString === undefined ? { SecretBinary: SecretBinary ?? '' } : { SecretString };
  secret.version++;
}

function answer(request: AwsRequest, operation: string, input: Input, secret: Secret | undefined): Answer {
  const refused = (code: string, message: string): Answer =>
    failureAnswer(request, { status: 400, code, message });
  if (secret === undefined) {
    return refused('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  const { name: Name, arn: ARN } = secret;
  switch (operation) {
    case 'PutSecretValue':
      write(secret, input);
      return jsonAnswer(request, { ARN, Name, VersionId: versionId(secret), VersionStages: ['AWSCURRENT'] });
    case 'GetSecretValue':
      if (secret.value === undefined) {
        const message = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
        return refused('ResourceNotFoundException', message);
      }
      return jsonAnswer(request, { ARN, Name, VersionId: versionId(secret), ...secret.value });
    case 'DescribeSecret':
      return jsonAnswer(request, {
        ARN,
        Name,
        ...(secret.value === undefined
          ? {}
          : { VersionIdsToStages: { [versionId(secret)]: ['AWSCURRENT'] } }),
      });
    default:
      return refused('InvalidRequestException', `the twin has no ${operation}`);
  }
}

function versionId({ version }: Secret): string {
  return `00000000-0000-4000-8000-${String(version).padStart(12, '0')}`;
}
