/** What a record of the alerts table's stream is about. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { ALERT_SORT, CANARY_SORT, KEY } from '../config/names.ts';
import type { Canary } from '../stores/canaries.ts';

export type Change =
  | { readonly of: 'alert'; readonly id: string; readonly item: Readonly<Record<string, unknown>> }
  | { readonly of: 'canary'; readonly canary: Canary };

/** Reads a record; `undefined` for items that are neither, and for what was taken away. */
export function changeIn({ dynamodb }: DynamoDBRecord): Change | undefined {
  const image = dynamodb?.NewImage;
  const id = dynamodb?.Keys?.[KEY.partition]?.S;
  const sort = dynamodb?.Keys?.[KEY.sort]?.S;
  if (image === undefined || id === undefined) return undefined;
  // The two packages name the same wire format with types of their own.
  const item = unmarshall(image as Parameters<typeof unmarshall>[0]);
  // One that somebody wrote past us tells nobody anything, and must not stand before those that do.
  if (sort === ALERT_SORT) return isAlert(item) ? { of: 'alert', id, item } : undefined;
  return sort === CANARY_SORT ? { of: 'canary', canary: item as Canary } : undefined;
}

function isAlert({ seen, newest }: Readonly<Record<string, unknown>>): boolean {
  return typeof seen === 'object' && seen !== null && typeof newest === 'object' && newest !== null;
}
