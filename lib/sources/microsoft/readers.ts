/** Every feed of a Microsoft tenant, as a collector reads it. */
import { RingerError } from '../../core/errors.ts';
import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import type { FeedManifest } from '../manifest.ts';
import type { FeedReaders, Reader } from '../reader.ts';
import type { Feed } from '../source.ts';
import { appsReader } from './apps-reader.ts';
import { auditReader } from './audit-reader.ts';
import type { MicrosoftConnection } from './connection.ts';
import { sayingWhatItNeeds } from './denied.ts';
import { detectedApps } from './detected-apps.ts';
import { directoryAudits } from './directory-audits.ts';
import { graphOf } from './graph.ts';
import { listingReader } from './listing-reader.ts';
import { logReader } from './log-reader.ts';
import { m365Audit } from './m365-audit.ts';
import { managedDevices } from './managed-devices.ts';
import { openManagement } from './management.ts';
import { microsoftManifest } from './manifest.ts';
import { DEVICES, DIRECTORY_AUDITS, OTHER_SIGN_INS, RISK_DETECTIONS, SIGN_INS, USERS } from './queries.ts';
import { riskDetections } from './risk-detections.ts';
import { signIns } from './sign-ins.ts';
import { openTokens } from './tokens.ts';
import { users } from './users.ts';

export function microsoftReaders(connection: MicrosoftConnection): FeedReaders {
  const { clock, isWatched } = connection;
  const tokens = openTokens(connection);
  const graph = graphOf(connection, tokens);
  const log = (id: string, query: typeof SIGN_INS): Reader => {
    const { overlapMinutes, keepsDays = 0 } = manifestOf(id);
    const limits = { overlapMs: overlapMinutes * MINUTE_MS, keepsMs: keepsDays * DAY_MS };
    return logReader({ ...query, ...limits }, graph, clock);
  };
  const readers: readonly (readonly [id: string, feed: Feed, read: Reader])[] = [
    ['sign-ins', signIns, log('sign-ins', SIGN_INS)],
    ['other-sign-ins', signIns, log('other-sign-ins', OTHER_SIGN_INS)],
    ['directory-audits', directoryAudits, log('directory-audits', DIRECTORY_AUDITS)],
    ['risk-detections', riskDetections, log('risk-detections', RISK_DETECTIONS)],
    ['users', users, listingReader(USERS, graph)],
    ['managed-devices', managedDevices, listingReader(DEVICES, graph)],
    ['detected-apps', detectedApps, appsReader(graph, isWatched)],
    ['audit', m365Audit, auditReader((deadline) => openManagement(connection, tokens, deadline), clock)],
  ];
  return new Map(
    readers.map(([id, feed, read]) => [id, { feed, read: sayingWhatItNeeds(manifestOf(id), read) }]),
  );
}

function manifestOf(id: string): FeedManifest {
  const manifest = microsoftManifest.feeds.find((feed) => feed.id === id);
  if (manifest === undefined) throw new RingerError('INVARIANT', `the manifest has no feed ${id}`);
  return manifest;
}
