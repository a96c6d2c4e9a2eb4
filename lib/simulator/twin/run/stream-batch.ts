/** What becomes of a batch of a stream that failed: it is tried again, in halves, or given up. */
import type { StreamRecord } from '../aws/index.ts';
import type { StreamMappingPlan } from '../templates/plan.ts';

export interface StreamBatch {
  readonly records: readonly StreamRecord[];
  /** How often these records failed together without getting any further. */
  readonly failures: number;
}

/**
 * Decides, as Lambda does.
 *
 * What comes before the first failure is done, and the rest is a batch of its own. Where nothing got further, the batch
 * is halved, which is no attempt; what cannot be halved is tried again until its attempts are used up.
 *
 * @param failedFrom - index of the first record that failed
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function afterFailure(
  { records, failures }: StreamBatch,
  failedFrom: number,
  { bisects, retryAttempts }: Pick<StreamMappingPlan, 'bisects' | 'retryAttempts'>,
): { readonly next: readonly StreamBatch[]; readonly givenUp?: StreamBatch } {
  const rest = records.slice(failedFrom);
  if (failedFrom > 0) return { next: [{ records: rest, failures: 0 }] };
  if (bisects && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    return {
      next: [
        { records: rest.slice(0, middle), failures },
        { records: rest.slice(middle), failures },
      ],
    };
  }
  const batch = { records: rest, failures: failures + 1 };
  return batch.failures > retryAttempts ? { next: [], givenUp: batch } : { next: [batch] };
}
