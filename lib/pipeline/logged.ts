/** Logs what keeps a record of a batch from being done: whoever runs batches gives it back without a word. */
import type { Logger } from '@aws-lambda-powertools/logger';
import { nameOf } from '../core/errors.ts';

/** @throws what the work threw, logged */
export async function logged<T>(logger: Logger, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    logger.error('record failed', { because: nameOf(thrown) });
    throw thrown;
  }
}
