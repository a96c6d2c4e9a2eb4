/**
 * What the command line asks of AWS about a deployment, over the real protocols: the outputs of stacks
 * (CloudFormation), who is calling and the roles of other accounts (STS), and secrets that have been made but not filled
 * (Secrets Manager).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Loopback } from '../../lib/simulator/loopback.ts';

const REQUEST_ID = '<RequestId>00000000-0000-4000-8000-000000000000</RequestId>';

export class FakeDeployment {
  /** Outputs by stack. */
  readonly stacks = new Map<string, Readonly<Record<string, string>>>();
  callerArn = 'arn:aws:sts::123456789012:assumed-role/Admin/ann@example.com';
  /** ARNs of roles that may be taken on, with the external id each wants. */
  readonly roles = new Map<string, string>();
  /** Values by name; the empty text stands for a secret that nobody has filled. */
  readonly secrets = new Map<string, string>();
  /** Names of the stacks that were asked for, in order. */
  readonly described: string[] = [];
  readonly #server = new Loopback((_, request, response) => this.#answer(request, response));

  /** Starts, and points the SDK of this process and of those it starts here. */
  async start(): Promise<void> {
    const url = await this.#server.start();
    Object.assign(process.env, {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_CLOUDFORMATION: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    });
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.headers['x-amz-target'];
    const body = await text(request);
    if (target === 'secretsmanager.PutSecretValue') return this.#putSecret(body, response);
    const [status, answer] = this.#query(new URLSearchParams(body));
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(answer);
  }

  #query(form: URLSearchParams): [number, string] {
    switch (form.get('Action')) {
      case 'DescribeStacks':
        return this.#describe(form.get('StackName') ?? '');
      case 'GetCallerIdentity':
        return result(
          'GetCallerIdentity',
          `<Arn>${this.callerArn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>`,
        );
      case 'AssumeRole':
        return this.roles.get(form.get('RoleArn') ?? '') === form.get('ExternalId')
          ? result('AssumeRole', CREDENTIALS)
          : failure(403, 'AccessDenied', 'User is not authorized to perform: sts:AssumeRole');
      default:
        return failure(400, 'InvalidAction', String(form.get('Action')));
    }
  }

  #describe(name: string): [number, string] {
    this.described.push(name);
    const outputs = this.stacks.get(name);
    if (outputs === undefined) return failure(400, 'ValidationError', `Stack with id ${name} does not exist`);
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return result(
      'DescribeStacks',
      `<Stacks><member><StackName>${name}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime>` +
        `<StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks>`,
    );
  }

  #putSecret(body: string, response: ServerResponse): void {
    const { SecretId, SecretString } = JSON.parse(body) as { SecretId: string; SecretString: string };
    const isThere = this.secrets.has(SecretId);
    if (isThere) this.secrets.set(SecretId, SecretString);
    response.writeHead(isThere ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(
        isThere ? { Name: SecretId } : { __type: 'ResourceNotFoundException', message: 'no such' },
      ),
    );
  }
}

const CREDENTIALS =
  '<Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>invented</SecretAccessKey>' +
  '<SessionToken>invented</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>';

function result(action: string, body: string): [number, string] {
  return [
    200,
    `<${action}Response><${action}Result>${body}</${action}Result><ResponseMetadata>${REQUEST_ID}</ResponseMetadata></${action}Response>`,
  ];
}

function failure(status: number, code: string, message: string): [number, string] {
  return [
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>${REQUEST_ID}</ErrorResponse>`,
  ];
}
