/** Puts together what detecting needs, from what the function was deployed with. */
import { readDeployedConfig, type DeployedConfig } from '../config/deployed-config.ts';
import { readPeopleFile } from '../config/people-file.ts';
import { toEgress, toPolicy } from '../config/policy.ts';
import { DETECTIONS, detectionsWith } from '../core/detections/index.ts';
import { rulesFor } from '../core/engine.ts';
import type { RosterRow } from '../core/people/roster.ts';
import { openAtlas } from '../geo/atlas.ts';
import { readManifest } from '../geo/list-manifest.ts';
import { readRemoteTools } from '../lists/remote-tools.ts';
import { systemClock } from '../sources/transport.ts';
import { noteLists, type NotedList } from '../stores/noted-lists.ts';
import { openTable, type Table } from '../stores/table.ts';
import { newBooked } from './booked.ts';
import { cityPathsIn, gazetteerPathIn } from './city-paths.ts';
import type { Detecting } from './detect.ts';
import { openEventQueue, type EventQueue } from './event-queue.ts';
import { openKnownPeople } from './known-people.ts';
import { newTold } from './told.ts';
import { approvalWatch, watchSettings } from './watch-settings.ts';

/** What a detecting function is deployed with. */
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

/** What detecting stands on, wherever it runs. */
export interface DetectingParts {
  readonly config: DeployedConfig;
  readonly roster: readonly RosterRow[];
  readonly tables: { readonly alerts: Table; readonly ledger: Table; readonly directory: Table };
  readonly queue: EventQueue;
  /** Where location databases are; absent: those that come with Ringer. */
  readonly cityPaths?: readonly string[];
  readonly gazetteerPath?: string | undefined;
  readonly listsDirectory: string | undefined;
}

type Report = Pick<Detecting, 'failed' | 'cannotTell'>;

/**
 * Prepares a function from its settings: see `openDetecting`.
 *
 * @throws CONFIG_INVALID; PEOPLE_UNREADABLE; GEO_DATABASE_UNREADABLE; LIST_UNREADABLE
 */
export function prepareDetecting(
  settings: DetectingSettings,
  report: Report,
): Promise<() => Promise<Detecting>> {
  const { geoDirectory, peoplePath, listsDirectory } = settings;
  return openDetecting(
    {
      config: readDeployedConfig(settings.configPath),
      roster: peoplePath === undefined ? [] : readPeopleFile(peoplePath).people,
      tables: {
        alerts: openTable(settings.alertsTable),
        ledger: openTable(settings.ledgerTable),
        directory: openTable(settings.directoryTable),
      },
      queue: openEventQueue(settings.eventsQueueUrl),
      cityPaths: cityPathsIn(geoDirectory),
      gazetteerPath: gazetteerPathIn(geoDirectory),
      listsDirectory,
    },
    report,
  );
}

/**
 * Opens everything once; what it gives is asked for each message, because people and approvals change. Tables are asked by
 * that alone: a refusal passes, and must not stay with the process for as long as it lives.
 *
 * @throws GEO_DATABASE_UNREADABLE; LIST_UNREADABLE
 */
export async function openDetecting(
  parts: DetectingParts,
  report: Report,
): Promise<() => Promise<Detecting>> {
  const { config, roster, tables, queue, cityPaths, gazetteerPath, listsDirectory } = parts;
  const { domains } = config.organization;
  const fixed = toPolicy(config);
  const atlas = await openAtlas({
    ...(cityPaths === undefined ? {} : { cityPaths }),
    gazetteerPath,
    egress: toEgress(config),
    vpnOperators: fixed.vpnOperators,
    ...(listsDirectory === undefined ? {} : { listsDirectory }),
  });
  const detections =
    listsDirectory === undefined ? DETECTIONS : detectionsWith(readRemoteTools(listsDirectory));
  const rules = rulesFor(detections, config.detections, {
    // Whether a directory says where somebody works shows only when it has been listed; until then nobody can be told.
    roster: roster.length > 0 || config.sources.some(({ type }) => type !== 'aws'),
    places: true,
    inventory: config.sources.some(({ type }) => type !== 'okta'),
  });
  const people = openKnownPeople({
    ...{ table: tables.directory, roster, domains, locate: atlas.locate, clock: systemClock },
  });
  const opened = {
    ledger: tables.ledger,
    alerts: tables.alerts,
    queue,
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
