/** The right to put one kind of event on the account's default bus, under Ringer's own name. */
import type { Stack } from 'aws-cdk-lib';
import { BUS_EVENT } from '../config/names.ts';
import type { WatchedFunction } from '../constructs/watched-function.ts';

export const DEFAULT_BUS = 'default';

/** @param detailType - of BUS_EVENT */
export function mayPutEvents(of: WatchedFunction, scope: Stack, detailType: string): void {
  const bus = scope.formatArn({ service: 'events', resource: 'event-bus', resourceName: DEFAULT_BUS });
  const onlyOurs = { 'events:source': BUS_EVENT.source, 'events:detail-type': detailType };
  of.may(['events:PutEvents'], [bus], { StringEquals: onlyOurs });
}
