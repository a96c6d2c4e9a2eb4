/**
 * Identity Protection's risk detections. One detection is written again whenever its state moves, so its time is that
 * of the last word on it: each state is an event of its own, under one id.
 */
import type { VendorFinding } from '../../core/events/index.ts';
import { expected } from '../damage.ts';
import { exactTextAt, has, idAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { timeAt } from '../times.ts';
import { graphEndpoint } from './graph-location.ts';
import { personOf } from './principals.ts';

const SOURCE = 'entra';
const FEED = 'riskDetections';

const STATES: ReadonlyMap<string, VendorFinding['state']> = new Map<string, VendorFinding['state']>([
  ['atRisk', 'at-risk'],
  ['confirmedCompromised', 'confirmed'],
  ['remediated', 'remediated'],
  ['dismissed', 'dismissed'],
  ['confirmedSafe', 'dismissed'],
  ['none', 'dismissed'],
]);

export const riskDetections: Feed = { source: SOURCE, id: FEED, recognizes, normalize };

/** Risky users have no type of event; detections about programs have no user. */
function recognizes(record: RawRecord): boolean {
  if (!has(record, 'riskEventType') && !has(record, 'riskType') && !has(record, 'detectionTimingType'))
    return false;
  if (has(record, 'servicePrincipalId')) return false;
  return has(record, 'riskState') || has(record, 'riskLevel') || has(record, 'detectedDateTime');
}

function normalize(record: RawRecord): Normalized {
  // Older beta answers call it riskType.
  const riskType = textAt(record, 'riskEventType') ?? textAt(record, 'riskType');
  if (riskType === undefined) return expected('riskEventType', 'a text', record['riskEventType']);
  const user = personOf({
    userName: textAt(record, 'userPrincipalName'),
    uid: idAt(record, 'userId'),
    name: textAt(record, 'userDisplayName'),
  });
  const level = textAt(record, 'riskLevel');
  // Of a risk that turned out to be none, `none` is a word like the others.
  const state = exactTextAt(record, 'riskState') ?? '';
  if (user === undefined || (level === undefined && state === '')) return IRRELEVANT;
  const time = timeAt(record, 'lastUpdatedDateTime', 'detectedDateTime', 'activityDateTime');
  if (time === undefined) return expected('detectedDateTime', 'a time', record['detectedDateTime']);
  const srcEndpoint = graphEndpoint(record, riskType === 'anonymizedIPAddress');
  return events([
    {
      kind: 'detection-finding',
      time,
      source: SOURCE,
      feed: FEED,
      uid: recordId(record, 'id'),
      actor: user,
      ...(srcEndpoint !== undefined && { srcEndpoint }),
      riskType,
      level: levelOf(level),
      state: STATES.get(state) ?? 'at-risk',
      user,
    },
  ]);
}

/** Whatever is not told is hidden from this tenant. */
function levelOf(level: string | undefined): VendorFinding['level'] {
  return level === 'low' || level === 'medium' || level === 'high' ? level : 'hidden';
}
