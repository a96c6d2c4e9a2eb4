/** Puts together what detecting needs, from ringer.yaml and what the function was deployed with. */
import { toEgress, toPolicy } from '../config/policy.ts';
import { readConfig } from '../config/read-config.ts';
import { DETECTIONS } from '../core/detections/index.ts';
import { rulesFor } from '../core/engine.ts';
import { buildDirectory } from '../core/people/directory.ts';
import { openAtlas } from '../geo/atlas.ts';
import { systemClock } from '../sources/transport.ts';
import { openTable } from '../stores/table.ts';
import { cityPathsIn } from './city-paths.ts';
import type { Detecting } from './detect.ts';
import { openEventQueue } from './event-queue.ts';
import { newTold } from './told.ts';

export interface DetectingSettings {
  readonly alertsTable: string;
  readonly ledgerTable: string;
  readonly eventsQueueUrl: string;
  /** Without one, every default. */
  readonly configPath: string | undefined;
  /** Folder of the location databases; without one, places are only what records say. */
  readonly geoDirectory: string | undefined;
}

/** @throws CONFIG_INVALID; GEO_DATABASE_UNREADABLE */
export async function prepareDetecting(
  settings: DetectingSettings,
  report: Pick<Detecting, 'failed' | 'cannotTell'>,
): Promise<Detecting> {
  const config = readConfig(settings.configPath, { catalogue: DETECTIONS });
  const { domains } = config.organization;
  const policy = toPolicy(config);
  const atlas = await openAtlas({
    cityPaths: cityPathsIn(settings.geoDirectory),
    egress: toEgress(config),
    vpnOperators: policy.vpnOperators,
  });
  const directory = buildDirectory({ roster: [], users: [], domains });
  return {
    ledger: openTable(settings.ledgerTable),
    alerts: openTable(settings.alertsTable),
    queue: openEventQueue(settings.eventsQueueUrl),
    told: newTold(),
    clock: systemClock,
    place: (endpoint) => atlas.place(endpoint),
    directory,
    policy,
    rules: rulesFor(DETECTIONS, config.detections, { roster: false, places: true, inventory: false }),
    organization: { peopleCount: directory.people.length, domains },
    ...report,
  };
}
