/** Objects of a bucket that another stack holds, as a policy names them and as cdk-nag names the wildcard in that. */
import { Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

export interface ObjectsOf {
  readonly arn: string;
  /** For `Validations.acknowledge`, between the brackets. */
  readonly finding: string;
}

/**
 * Names objects.
 *
 * The bucket's ARN is exported at once, not when references are resolved at the end: only then is the export's name, by
 * which cdk-nag knows it, there to be acknowledged.
 *
 * @param pattern - of keys
 */
export function objectsOf(bucket: Bucket, pattern: string): ObjectsOf {
  const stack = Stack.of(bucket);
  const bucketArn = stack.exportValue(bucket.bucketArn);
  const { 'Fn::ImportValue': name } = stack.resolve(bucketArn) as { readonly 'Fn::ImportValue': string };
  return { arn: `${bucketArn}/${pattern}`, finding: `Resource::${name}/${pattern}` };
}
