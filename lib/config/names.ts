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
  graphUrl: 'RINGER_GRAPH_URL',
  loginUrl: 'RINGER_LOGIN_URL',
  manageUrl: 'RINGER_MANAGE_URL',
  apiUrl: 'RINGER_API_URL',
  tokenUrl: 'RINGER_TOKEN_URL',
  /** Accounts and Regions of an AWS connection, the role that is assumed there, and the queue of its trail; as JSON. */
  awsConnection: 'RINGER_AWS_CONNECTION',
  /** The people file; without one, there is no roster. */
  peoplePath: 'RINGER_PEOPLE_PATH',
  /** Folder of refreshed lists. */
  listsDirectory: 'RINGER_LISTS_DIRECTORY',
  /** The bus that hears of every change of an alert. */
  eventBusName: 'RINGER_EVENT_BUS_NAME',
} as const;

/** Attributes every table has. */
export const KEY = { partition: 'pk', sort: 'sk', expires: 'expiresAt' } as const;

/** Sort keys of the alerts table that its stream wakes functions for: an alert's own item, and a canary's. */
export const ALERT_SORT = 'alert';
export const CANARY_SORT = 'canary';

/** How often the queue gives a message of events before it sets it aside. */
export const EVENT_TRIES = 5;

/** Outputs of the stacks, by which the command line finds what it works on. */
export const OUTPUT = {
  alertsTable: 'AlertsTable',
  ledgerTable: 'LedgerTable',
  directoryTable: 'DirectoryTable',
  archiveBucket: 'ArchiveBucket',
  evidenceBucket: 'EvidenceBucket',
  eventsQueueUrl: 'EventsQueueUrl',
  deadLettersQueueUrl: 'DeadLettersQueueUrl',
  alertsTopicArn: 'AlertsTopicArn',
} as const;

/** What is put on the default event bus. */
export const BUS_EVENT = {
  source: 'ringer',
  /** A collector ran out of time: `{ connection, feed }` is to be read on at once. */
  feedHasMore: 'Ringer Feed Has More',
  /** An alert is new, has grown, or somebody has acted on it. */
  alertChanged: 'Ringer Alert Changed',
} as const;

/** Prefixes of the archive's objects. */
export const ARCHIVE_PREFIX = { records: 'records', events: 'events' } as const;

/** The namespace of every metric in CloudWatch. */
export const METRIC_NAMESPACE = 'Ringer';

/**
 * Every metric of our own. CloudWatch bills each by the month, and each value of a dimension as one more, so that they
 * are few and have none but the deployment; which feed or channel it was, the log of the same minute says.
 */
export const METRIC = {
  /** Records that vendors gave. */
  recordsRead: 'RecordsRead',
  /** Records that were damaged, kept with their reason. */
  recordsRejected: 'RecordsRejected',
  /** Events that some detection watches. */
  eventsWatched: 'EventsWatched',
  /** Events that came after their time was sealed. */
  eventsLate: 'EventsLate',
  /** Entries of the queue that nobody could use, set aside with their reason. */
  eventsSetAside: 'EventsSetAside',
  /** A detection threw, and was skipped for an event. */
  detectionsFailed: 'DetectionsFailed',
  alertsWritten: 'AlertsWritten',
  notificationsSent: 'NotificationsSent',
  notificationsFailed: 'NotificationsFailed',
  /** Feeds that brought nothing home for three of their periods. */
  feedsSilent: 'FeedsSilent',
  /** How long ago the feed that is furthest behind was last read. */
  slowestFeedSeconds: 'SlowestFeedSeconds',
  /** Subscriptions of the topics that nobody has confirmed. */
  subscriptionsUnconfirmed: 'SubscriptionsUnconfirmed',
  /** From the queue to the channels, the whole way. */
  canarySeconds: 'CanarySeconds',
} as const;

/** What may tell deployments apart: it becomes part of names, of which the shortest may have 100 characters. */
export const ENVIRONMENT_NAME = /^(?=.{1,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/**
 * What a deployment is called: several may share an account.
 *
 * @param environment - `staging`; without one, the account's only or main deployment
 * @example deploymentNames('staging') // => { stacks: 'RingerStaging', resources: 'ringer-staging' }
 */
export function deploymentNames(environment: string | undefined): {
  /** Begins the names of stacks. */
  readonly stacks: string;
  /** Begins the names of secrets and of the key's alias. */
  readonly resources: string;
} {
  if (environment === undefined || environment === '') return { stacks: 'Ringer', resources: 'ringer' };
  const words = environment.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { stacks: `Ringer${words.join('')}`, resources: `ringer-${environment}` };
}
