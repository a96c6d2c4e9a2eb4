/** Settings of an SDK client as a function in the twin would have them from its environment. */
import { TWIN_REGION } from '../../../../lib/simulator/twin/aws/index.ts';

export function asCaller(
  endpoint: string,
  caller: string,
): {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
} {
  return { region: TWIN_REGION, endpoint, credentials: { accessKeyId: caller, secretAccessKey: 'unused' } };
}
