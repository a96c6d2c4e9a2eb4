/** Secrets that somebody fills later, and the right to read one. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Secret, type CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface EmptySecretProps {
  readonly secretName: string;
  readonly description: string;
  /** Why AWS cannot rotate it. */
  readonly reason: string;
}

/**
 * Makes a secret without a value: a generated one would look like a credential that does not work. It stays when its stack
 * goes, and goes when the deployment that makes it fails: the next one could not make it again.
 */
export function emptySecret(scope: Construct, id: string, props: EmptySecretProps): Secret {
  const { secretName, description, reason } = props;
  const removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  const secret = new Secret(scope, id, { secretName, description, removalPolicy });
  (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
  Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason });
  return secret;
}

/** Gives the right to the value and nothing else. */
export function grantValue(to: IGrantable, secretArn: string): Grant {
  return Grant.addToPrincipal({
    grantee: to,
    actions: ['secretsmanager:GetSecretValue'],
    resourceArns: [secretArn],
  });
}
