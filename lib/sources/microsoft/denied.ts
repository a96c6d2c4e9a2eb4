/** Says what a feed needs when its API denies it: a 403 names neither the permission nor the licence. */
import { RingerError } from '../../core/errors.ts';
import type { FeedManifest } from '../manifest.ts';
import type { Page, Reader } from '../reader.ts';

export function sayingWhatItNeeds({ permissions, licence }: FeedManifest, read: Reader): Reader {
  const needs = [...permissions, ...(licence === undefined ? [] : [licence])].join(', ');
  return async function* (cursor, run): AsyncGenerator<Page> {
    try {
      yield* read(cursor, run);
    } catch (thrown) {
      if (!(thrown instanceof RingerError) || thrown.code !== 'SOURCE_DENIED') throw thrown;
      // Where there was no token it never came to that.
      if (!thrown.message.includes('403')) throw thrown;
      throw new RingerError('SOURCE_DENIED', `${thrown.message}; this feed needs ${needs}`, {
        cause: thrown,
      });
    }
  };
}
