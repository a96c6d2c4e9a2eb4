/** Collects one feed of the accounts of an AWS connection; the schedule's payload names the feed. */
import { readEnvironment } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { openCollector, type Collector } from '../lib/pipeline/collector.ts';
import { awsConnection } from '../lib/sources/aws/connection.ts';
import { awsReaders } from '../lib/sources/aws/readers.ts';

// called by AWS
export const handler: Collector = (payload, context) => collector(payload, context);

// once per cold start
const { connection } = readEnvironment({ connection: awsConnection(ENVIRONMENT.awsConnection) });

// for every record
const collector = openCollector('aws', awsReaders(connection));
