/** Puts together what telling people needs, from the variables of the functions that do. */
import type { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, type Metrics } from '@aws-lambda-powertools/metrics';
import { ownChannels } from '../config/channels.ts';
import { oneOf, optional, readEnvironment, text } from '../config/environment.ts';
import { ENVIRONMENT, METRIC } from '../config/names.ts';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { systemClock } from '../sources/transport.ts';
import { openTable } from '../stores/table.ts';
import { openChannels } from './notify-channels.ts';
import type { Notifying } from './notify.ts';

/** @throws ENVIRONMENT_INVALID */
export function openNotifying(logger: Logger, metrics: Metrics): Notifying {
  const environment = readEnvironment({
    alertsTable: text(ENVIRONMENT.alertsTable),
    ledgerTable: text(ENVIRONMENT.ledgerTable),
    alertsTopicArn: text(ENVIRONMENT.alertsTopicArn),
    notifyFrom: oneOf(ENVIRONMENT.notifyFrom, SEVERITIES),
    ownChannels: optional(ownChannels(ENVIRONMENT.ownChannels)),
  });
  return {
    alerts: openTable(environment.alertsTable),
    ledger: openTable(environment.ledgerTable),
    channels: openChannels(environment, systemClock),
    clock: systemClock,
    failed(channel, because) {
      logger.error('channel failed', { channel, because });
      metrics.addMetric(METRIC.notificationsFailed, MetricUnit.Count, 1);
    },
  };
}
