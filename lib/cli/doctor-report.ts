/** What `ringer doctor` found: a table, and what to do about each thing in it; or JSON. */
import { safeText } from '../core/alerts/text.ts';
import { DAY_MS, dayOf, durationText, isoTime, MINUTE_MS, SECOND_MS, type EpochMs } from '../core/time.ts';
import { columns } from './columns.ts';
import type { Checkup, FeedCheckup } from './doctor-probe.ts';

/** Vendors refuse tokens made by a clock that is further off. */
const SKEW_MS = MINUTE_MS;
const ENDS_SOON_MS = 30 * DAY_MS;

/** @param now - against which ages are told */
export function checkupText(checkups: readonly Checkup[], now: EpochMs): string {
  const rows = checkups.flatMap(({ connection, feeds }) =>
    feeds.map((feed) => [
      connection,
      `${feed.source}/${feed.feed}`,
      feed.state,
      feed.newestTime === undefined ? '' : `${durationText(now - feed.newestTime)} ago`,
      feed.requestsLeft === undefined ? '' : String(feed.requestsLeft),
    ]),
  );
  const table = columns([['CONNECTION', 'FEED', 'STATE', 'NEWEST READ', 'REQUESTS LEFT'], ...rows]);
  const advice = checkups.flatMap((checkup) => adviceOn(checkup, now));
  return [...table.trimEnd().split('\n'), ...(advice.length > 0 ? ['', ...advice] : [])]
    .map((line) => `${safeText(line)}\n`)
    .join('');
}

function adviceOn(checkup: Checkup, now: EpochMs): readonly string[] {
  const { connection, clockSkewMs = 0, credentialEnds, feeds } = checkup;
  const advice: string[] = [];
  if (Math.abs(clockSkewMs) > SKEW_MS)
    advice.push(
      `${connection}: this machine’s clock is ${durationText(clockSkewMs)} ${clockSkewMs > 0 ? 'behind' : 'ahead of'} the vendor’s: set it, or tokens are refused`,
    );
  if (credentialEnds !== undefined && credentialEnds < now + ENDS_SOON_MS)
    advice.push(
      credentialEnds < now
        ? `${connection}: the certificate ended on ${dayOf(credentialEnds)}: make another, \`ringer connect ${connection}\``
        : `${connection}: the certificate ends on ${dayOf(credentialEnds)}: make another before, \`ringer connect ${connection}\``,
    );
  for (const feed of feeds) advice.push(...adviceOnFeed(connection, feed));
  return advice;
}

function adviceOnFeed(connection: string, feed: FeedCheckup): readonly string[] {
  const name = `${connection}/${feed.feed}`;
  const needs = `it needs ${feed.permissions.join(', ')}${feed.licence === undefined ? '' : `; ${feed.licence}`}`;
  switch (feed.state) {
    case 'ok':
      return [];
    case 'not-tried':
      return [
        `${name}: read by the deployment alone, through its queue; \`ringer alerts test --stack\` and its alarm speak for it`,
      ];
    case 'quiet':
      return [
        `${name}: can be read and had nothing in a week. If there should be something, look whether the vendor records it; ${needs}`,
      ];
    case 'blind':
      return [
        `${name}: ${feed.problem?.code ?? 'failed'}: ${feed.problem?.message ?? ''}`,
        `  ${fixOf(feed, needs)}`,
      ];
  }
}

function fixOf({ problem }: FeedCheckup, needs: string): string {
  switch (problem?.code) {
    case 'SOURCE_DENIED':
      return `fill the credential anew with \`ringer connect\`, or grant what is missing: ${needs}`;
    case 'SOURCE_UNAVAILABLE':
      return 'look whether this machine reaches the vendor (proxy, DNS, base URL in ringer.yaml) and whether the vendor is up; try again later';
    case 'CONFIG_INVALID':
      return 'correct ringer.yaml';
    default:
      return `if the permissions are right, please report it; ${needs}`;
  }
}

/** The same for programs; times as in alerts, lengths in seconds. */
export function checkupJson(checkups: readonly Checkup[]): string {
  const connections = checkups.map(({ connection, type, clockSkewMs, credentialEnds, feeds }) => ({
    connection,
    type,
    ...(clockSkewMs === undefined ? {} : { clockSkewSeconds: Math.round(clockSkewMs / SECOND_MS) }),
    ...(credentialEnds === undefined ? {} : { credentialEnds: isoTime(credentialEnds) }),
    feeds: feeds.map(({ newestTime, ...feed }) => ({
      ...feed,
      ...(newestTime === undefined ? {} : { newestTime: isoTime(newestTime) }),
    })),
  }));
  return `${JSON.stringify({ schemaVersion: 1, connections }, null, 2)}\n`;
}
