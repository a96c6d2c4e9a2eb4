/** Names that the stacks give and the code uses. Plain data: neither tree loads the other. */

/** Variables of the functions. */
export const ENVIRONMENT = {
  alertsTable: 'RINGER_ALERTS_TABLE',
  ledgerTable: 'RINGER_LEDGER_TABLE',
  directoryTable: 'RINGER_DIRECTORY_TABLE',
  archiveBucket: 'RINGER_ARCHIVE_BUCKET',
  evidenceBucket: 'RINGER_EVIDENCE_BUCKET',
  eventsQueueUrl: 'RINGER_EVENTS_QUEUE_URL',
  alertsTopicArn: 'RINGER_ALERTS_TOPIC_ARN',
  configPath: 'RINGER_CONFIG_PATH',
  deadLettersQueueUrl: 'RINGER_DEAD_LETTERS_QUEUE_URL',
  /** Folder of the city databases. */
  geoDirectory: 'RINGER_GEO_DIRECTORY',
  notifyFrom: 'RINGER_NOTIFY_FROM',
  /** Channels beside the topic, as JSON. */
  ownChannels: 'RINGER_OWN_CHANNELS',
  /** Feeds that are collected and how often, as JSON. */
  collectedFeeds: 'RINGER_COLLECTED_FEEDS',
  /** Name of the connection a collector reads, as ringer.yaml has it. */
  connection: 'RINGER_CONNECTION',
  /** Name or ARN of the secret with its credential. */
  secretId: 'RINGER_SECRET_ID',
  orgUrl: 'RINGER_ORG_URL',
} as const;

/** Attributes every table has. */
export const KEY = { partition: 'pk', sort: 'sk', expires: 'expiresAt' } as const;

/** The namespace of every metric in CloudWatch. */
export const METRIC_NAMESPACE = 'Ringer';
