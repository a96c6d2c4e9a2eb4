/** Every feed of an Okta organization, as a collector reads it. */
import type { FeedReaders } from '../reader.ts';
import { systemLogReader, type OktaConnection } from './client.ts';
import { systemLog } from './system-log.ts';

export function oktaReaders(connection: OktaConnection): FeedReaders {
  return new Map([['system-log', { feed: systemLog, read: systemLogReader(connection) }]]);
}
