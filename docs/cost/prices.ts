/**
 * Prices of us-east-1, on demand, in US dollars without tax: AWS's list prices as far as they were known on `PRICES_ON`,
 * some of them by way of others who quote them. Check them on the pages named before you rely on a sum.
 */

export const PRICES_ON = '2026-11-24';

export interface Price {
  readonly service: string;
  readonly what: string;
  readonly usd: number;
  /** For so many. */
  readonly per: number;
  /** What AWS gives away every month, for the account as a whole. */
  readonly free: number;
  readonly page: string;
}

const page = (name: string): string => `https://aws.amazon.com/${name}/pricing/`;

export const PRICES = {
  writeUnits: {
    service: 'DynamoDB',
    what: 'write request units',
    usd: 0.625,
    per: 1e6,
    free: 0,
    page: page('dynamodb'),
  },
  readUnits: {
    service: 'DynamoDB',
    what: 'read request units',
    usd: 0.125,
    per: 1e6,
    free: 0,
    page: page('dynamodb'),
  },
  tableGb: { service: 'DynamoDB', what: 'GB stored', usd: 0.25, per: 1, free: 25, page: page('dynamodb') },
  recoveryGb: {
    service: 'DynamoDB',
    what: 'GB of point-in-time recovery',
    usd: 0.2,
    per: 1,
    free: 0,
    page: page('dynamodb'),
  },
  invocations: {
    service: 'Lambda',
    what: 'invocations',
    usd: 0.2,
    per: 1e6,
    free: 1e6,
    page: page('lambda'),
  },
  gbSeconds: {
    service: 'Lambda',
    what: 'GB-seconds, arm64',
    usd: 0.0000133334,
    per: 1,
    free: 400_000,
    page: page('lambda'),
  },
  sqsRequests: { service: 'SQS', what: 'requests', usd: 0.4, per: 1e6, free: 1e6, page: page('sqs') },
  snsPublishes: { service: 'SNS', what: 'messages', usd: 0.5, per: 1e6, free: 1e6, page: page('sns') },
  snsEmails: { service: 'SNS', what: 'e-mails', usd: 2, per: 1e5, free: 1_000, page: page('sns') },
  schedules: {
    service: 'EventBridge',
    what: 'schedules that fired',
    usd: 1,
    per: 1e6,
    free: 14e6,
    page: page('eventbridge'),
  },
  busEvents: {
    service: 'EventBridge',
    what: 'events of our own',
    usd: 1,
    per: 1e6,
    free: 0,
    page: page('eventbridge'),
  },
  keys: { service: 'KMS', what: 'key', usd: 1, per: 1, free: 0, page: page('kms') },
  keyRequests: { service: 'KMS', what: 'requests', usd: 0.03, per: 1e4, free: 2e4, page: page('kms') },
  secrets: {
    service: 'Secrets Manager',
    what: 'secrets',
    usd: 0.4,
    per: 1,
    free: 0,
    page: page('secrets-manager'),
  },
  secretRequests: {
    service: 'Secrets Manager',
    what: 'requests',
    usd: 0.05,
    per: 1e4,
    free: 0,
    page: page('secrets-manager'),
  },
  puts: { service: 'S3', what: 'objects written', usd: 0.005, per: 1e3, free: 0, page: page('s3') },
  gets: { service: 'S3', what: 'objects read', usd: 0.0004, per: 1e3, free: 0, page: page('s3') },
  bucketGb: { service: 'S3', what: 'GB stored', usd: 0.023, per: 1, free: 0, page: page('s3') },
  logGb: {
    service: 'CloudWatch',
    what: 'GB of log lines taken in',
    usd: 0.5,
    per: 1,
    free: 5,
    page: page('cloudwatch'),
  },
  keptLogGb: {
    service: 'CloudWatch',
    what: 'GB of log lines kept',
    usd: 0.03,
    per: 1,
    free: 5,
    page: page('cloudwatch'),
  },
  metrics: {
    service: 'CloudWatch',
    what: 'metrics of our own',
    usd: 0.3,
    per: 1,
    free: 10,
    page: page('cloudwatch'),
  },
  alarmMetrics: {
    service: 'CloudWatch',
    what: 'metrics that alarms look at',
    usd: 0.1,
    per: 1,
    free: 10,
    page: page('cloudwatch'),
  },
  dashboards: {
    service: 'CloudWatch',
    what: 'dashboard',
    usd: 3,
    per: 1,
    free: 3,
    page: page('cloudwatch'),
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceId = keyof typeof PRICES;
