/** The key of everything that Ringer keeps, and the services of AWS that use it on behalf of nobody. */
import { Aws, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';

/**
 * Makes the key. Functions and people have their rights to it in their own policies; the account's administrators keep
 * all of them, or else the key could be locked away from everybody.
 *
 * @param alias - what people see it under
 */
export function addKey(scope: Stack, id: string, alias: string): Key {
  const key = new Key(scope, id, {
    description: 'What Ringer keeps',
    alias,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  // They publish to the topic of operations, which is encrypted.
  for (const service of ['cloudwatch', 'budgets']) {
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
  const workgroups = scope.formatArn({ service: 'athena', resource: 'workgroup', resourceName: '*' });
  // Results of queries, which Athena keeps for a day.
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('encryption.athena.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': workgroups, 'kms:EncryptionContext:aws:athena:arn': workgroups },
      },
    }),
  );
  return key;
}
