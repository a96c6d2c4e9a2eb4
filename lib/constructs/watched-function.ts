/**
 * A function of the house: one runtime, one way to bundle, its own log group, a role that starts with nothing, and every
 * resource it is given named in a variable at the same time.
 */
import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Validations, type CfnResource } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal, type IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  type ILayerVersion,
} from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUNDLING } from '../config/bundling.ts';
import { METRIC_NAMESPACE } from '../config/names.ts';

export interface WatchedFunctionProps {
  /** The project's folder. */
  readonly root: string;
  /** The deployment's name; the one dimension that metrics have. */
  readonly deployment: string;
  /** File in `functions/` without its ending. */
  readonly file: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly layers?: readonly ILayerVersion[];
  /** Whether it sends to what calls it: Lambda stops what goes round more than sixteen times. */
  readonly goesRound?: boolean;
}

/** Key of the metadata that names a function's file in `functions/`, without its ending. */
export const FILE_METADATA = 'ringer:file';

/** What Lambda takes, names included. */
const MOST_VARIABLES_BYTES = 4_096;
/** Of what is known only when it is deployed: the name or the address of a resource. */
const UNKNOWN_BYTES = 120;

export class WatchedFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly #variables = new Map<string, string>();

  constructor(scope: Construct, id: string, props: WatchedFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.lambda = new NodejsFunction(this, 'Function', {
      entry: join(props.root, 'functions', `${props.file}.ts`),
      projectRoot: props.root,
      depsLockFilePath: join(props.root, 'package-lock.json'),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memoryMb,
      layers: [...(props.layers ?? [])],
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
        POWERTOOLS_SERVICE_NAME: props.deployment,
      },
      // Whoever calls asks again: a schedule at its next turn, a queue and a stream by themselves.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      awsSdkConnectionReuse: false,
      ...(props.goesRound === true ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
      bundling: {
        ...BUNDLING,
        format: BUNDLING.format as OutputFormat,
        // What runs is what was tested, whichever SDK the runtime has today.
        externalModules: [],
      },
    });
    (this.lambda.node.defaultChild as CfnResource).addMetadata(FILE_METADATA, props.file);
    this.node.addValidation({ validate: () => this.#whatDoesNotFit() });
    // Grants on an encrypted resource name these two families of actions, on the one key.
    for (const action of ['kms:GenerateDataKey*', 'kms:ReEncrypt*']) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Action::${action}]`,
        reason: 'The variants of one action, on our own key alone.',
      });
    }
  }

  /**
   * Gives the function a resource: the right to it, and its name.
   *
   * @param variable - of ENVIRONMENT
   */
  uses(variable: string, value: string, grant: (to: IGrantable) => unknown): this {
    grant(this.lambda);
    return this.knows(variable, value);
  }

  /** Tells the function something that needs no right. */
  knows(variable: string, value: string): this {
    this.lambda.addEnvironment(variable, value);
    this.#variables.set(variable, value);
    return this;
  }

  /** Gives the function rights that have no construct to ask for them. */
  may(actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): this {
    this.lambda.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
    return this;
  }

  /** Says why a right of the function names no single resource or action. */
  acknowledge(finding: string, reason: string): this {
    const { role } = this.lambda;
    if (role !== undefined) Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
    return this;
  }

  /** A deployment would fail half-way. */
  #whatDoesNotFit(): string[] {
    const stack = Stack.of(this);
    let bytes = 0;
    for (const [variable, value] of this.#variables)
      bytes += Buffer.byteLength(variable) + sizeOf(stack.resolve(value));
    return bytes <= MOST_VARIABLES_BYTES
      ? []
      : [`its variables take some ${bytes} bytes, and Lambda no more than ${MOST_VARIABLES_BYTES}`];
  }
}

/** @param resolved - a text, or an intrinsic function: of one that joins, the parts */
function sizeOf(resolved: unknown): number {
  if (typeof resolved === 'string') return Buffer.byteLength(resolved);
  const { 'Fn::Join': [, parts = []] = [] } = resolved as {
    readonly 'Fn::Join'?: readonly [string, unknown[]];
  };
  return parts.length === 0 ? UNKNOWN_BYTES : parts.reduce<number>((sum, part) => sum + sizeOf(part), 0);
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;
