/** Collects one feed of an Okta organization; the schedule's payload names the feed. */
import { readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { openCollector, type Collector } from '../lib/pipeline/collector.ts';
import { readSecret } from '../lib/pipeline/secret.ts';
import { apiToken } from '../lib/sources/okta/credential.ts';
import { oktaReaders } from '../lib/sources/okta/readers.ts';
import { systemClock } from '../lib/sources/transport.ts';

// called by AWS
export const handler: Collector = (payload, context) => collector(payload, context);

// once per cold start
const environment = readEnvironment({
  orgUrl: url(ENVIRONMENT.orgUrl),
  secretId: text(ENVIRONMENT.secretId),
});
const credential = apiToken(() => readSecret(environment.secretId));

// for every record
const feeds = oktaReaders({ orgUrl: environment.orgUrl, credential, transport: fetch, clock: systemClock });
const collector = openCollector('okta', feeds);
