/** Collects one feed of an Okta organization; the schedule's payload names the feed. */
import { readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { openCollector, type Collector } from '../lib/pipeline/collector.ts';
import { readSecretText } from '../lib/pipeline/secret.ts';
import { oktaCredential } from '../lib/sources/okta/credential.ts';
import { oktaReaders } from '../lib/sources/okta/readers.ts';
import { systemClock } from '../lib/sources/transport.ts';

// called by AWS
export const handler: Collector = (payload, context) => collector(payload, context);

// once per cold start
const { orgUrl, secretId } = readEnvironment({
  orgUrl: url(ENVIRONMENT.orgUrl),
  secretId: text(ENVIRONMENT.secretId),
});
const organization = { orgUrl, transport: fetch, clock: systemClock };
const credential = oktaCredential(() => readSecretText(secretId), organization);

// for every record
const collector = openCollector('okta', oktaReaders({ ...organization, credential }));
