/** Collects one feed of a Google Workspace; the schedule's payload names the feed. */
import { optional, readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { openCollector, type Collector } from '../lib/pipeline/collector.ts';
import { readSecretText } from '../lib/pipeline/secret.ts';
import { googleCredential } from '../lib/sources/google/credential.ts';
import { googleReaders } from '../lib/sources/google/readers.ts';
import { systemClock } from '../lib/sources/transport.ts';

// called by AWS
export const handler: Collector = (payload, context) => collector(payload, context);

// once per cold start
const { secretId, apiUrl, tokenUrl } = readEnvironment({
  secretId: text(ENVIRONMENT.secretId),
  apiUrl: optional(url(ENVIRONMENT.apiUrl)),
  tokenUrl: optional(url(ENVIRONMENT.tokenUrl)),
});
const vendor = { transport: fetch, clock: systemClock };
const credential = googleCredential(() => readSecretText(secretId), { ...vendor, tokenUrl });

// for every record
const collector = openCollector('google', googleReaders({ ...vendor, apiUrl, credential }));
