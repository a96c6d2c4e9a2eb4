/** Puts together what detecting needs, from what the function was deployed with. */
import { readDeployedConfig } from '../config/deployed-config.ts';
import { readPeopleFile } from '../config/people-file.ts';
import { toEgress, toPolicy } from '../config/policy.ts';
import { DETECTIONS, detectionsWith } from '../core/detections/index.ts';
import { rulesFor } from '../core/engine.ts';
import { openAtlas } from '../geo/atlas.ts';
import { readManifest } from '../geo/list-manifest.ts';
import { readRemoteTools } from '../lists/remote-tools.ts';
import { systemClock } from '../sources/transport.ts';
import { noteLists, type NotedList } from '../stores/noted-lists.ts';
import { openTable } from '../stores/table.ts';
import { newBooked } from './booked.ts';
import { cityPathsIn } from './city-paths.ts';
import type { Detecting } from './detect.ts';
import { openEventQueue } from './event-queue.ts';
import { openKnownPeople } from './known-people.ts';
import { newTold } from './told.ts';
import { approvalWatch, watchSettings } from './watch-settings.ts';

export interface DetectingSettings {
  readonly alertsTable: string;
  readonly ledgerTable: string;
  readonly directoryTable: string;
  readonly eventsQueueUrl: string;
  /** Of the deployed configuration. */
  readonly configPath: string;
  /** Without one, the organization claims nothing of anybody. */
  readonly peoplePath: string | undefined;
  /** Folder of the location databases; without one, places are only what records say. */
  readonly geoDirectory: string | undefined;
  /** Folder of refreshed lists. */
  readonly listsDirectory: string | undefined;
}

/**
 * Opens everything once; what it gives is asked for each message, because people and approvals change. Tables are asked by
 * that alone: a refusal passes, and must not stay with the process for as long as it lives.
 *
 * @throws CONFIG_INVALID; PEOPLE_UNREADABLE; GEO_DATABASE_UNREADABLE; LIST_UNREADABLE
 */
export async function prepareDetecting(
  settings: DetectingSettings,
  report: Pick<Detecting, 'failed' | 'cannotTell'>,
): Promise<() => Promise<Detecting>> {
  const config = readDeployedConfig(settings.configPath);
  const { domains } = config.organization;
  const { listsDirectory } = settings;
  const fixed = toPolicy(config);
  const atlas = await openAtlas({
    cityPaths: cityPathsIn(settings.geoDirectory),
    egress: toEgress(config),
    vpnOperators: fixed.vpnOperators,
    ...(listsDirectory === undefined ? {} : { listsDirectory }),
  });
  const roster = settings.peoplePath === undefined ? [] : readPeopleFile(settings.peoplePath).people;
  const detections =
    listsDirectory === undefined ? DETECTIONS : detectionsWith(readRemoteTools(listsDirectory));
  const rules = rulesFor(detections, config.detections, {
    roster: roster.length > 0,
    places: true,
    inventory: config.sources.some(({ type }) => type !== 'okta'),
  });
  const directoryTable = openTable(settings.directoryTable);
  const people = openKnownPeople({ table: directoryTable, roster, domains, clock: systemClock });
  const opened = {
    ledger: openTable(settings.ledgerTable),
    alerts: openTable(settings.alertsTable),
    queue: openEventQueue(settings.eventsQueueUrl),
    told: newTold(),
    booked: newBooked(),
    clock: systemClock,
    place: atlas.place,
    learnUsers: people.learnUsers,
    learnLinks: people.learnLinks,
    rules,
    ...report,
  };
  const lists = await listsIn(listsDirectory);
  const watchApprovals = approvalWatch(opened.alerts);
  let isNoted = false;
  return async () => {
    if (!isNoted) {
      const tables = { directory: directoryTable, alerts: opened.alerts };
      await watchSettings(config, tables, opened.clock.now());
      await noteLists(opened.ledger, lists);
      isNoted = true;
    }
    const { directory, approvals } = await people.current();
    await watchApprovals(approvals, opened.clock.now());
    return {
      ...opened,
      directory,
      policy: { ...fixed, approvals: [...fixed.approvals, ...approvals] },
      organization: { ...config.organization, peopleCount: directory.people.length },
    };
  };
}

async function listsIn(directory: string | undefined): Promise<readonly NotedList[]> {
  const entries = directory === undefined ? [] : await readManifest(directory);
  return entries.map(({ name, refreshedTime }) => ({ name, refreshed: Date.parse(refreshedTime) }));
}
