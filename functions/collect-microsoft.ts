/** Collects one feed of a Microsoft tenant; the schedule's payload names the feed. */
import { optional, readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { isWatchedSoftware } from '../lib/core/software/watched.ts';
import { openCollector, type Collector } from '../lib/pipeline/collector.ts';
import { readSecretText } from '../lib/pipeline/secret.ts';
import { microsoftReaders } from '../lib/sources/microsoft/readers.ts';
import { systemClock } from '../lib/sources/transport.ts';

// called by AWS
export const handler: Collector = (payload, context) => collector(payload, context);

// once per cold start
const { secretId, ...urls } = readEnvironment({
  secretId: text(ENVIRONMENT.secretId),
  graphUrl: optional(url(ENVIRONMENT.graphUrl)),
  loginUrl: optional(url(ENVIRONMENT.loginUrl)),
  manageUrl: optional(url(ENVIRONMENT.manageUrl)),
});

// for every record
const feeds = microsoftReaders({
  ...urls,
  secret: () => readSecretText(secretId),
  transport: fetch,
  clock: systemClock,
  isWatched: isWatchedSoftware,
});
const collector = openCollector('microsoft', feeds);
