/** Makes a world, lets Ringer read it as a command line would, and says what it saw. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePeople } from '../../lib/config/people-file.ts';
import { toEgress, toPolicy } from '../../lib/config/policy.ts';
import { parseConfig, type RingerConfig } from '../../lib/config/read-config.ts';
import type { Published } from '../../lib/core/alerts/publish.ts';
import { CATALOGUE, DETECTIONS } from '../../lib/core/detections/index.ts';
import { rulesFor } from '../../lib/core/engine.ts';
import type { RosterRow } from '../../lib/core/people/roster.ts';
import { DAY_MS, type EpochMs } from '../../lib/core/time.ts';
import { openAtlas, type Atlas } from '../../lib/geo/atlas.ts';
import { scan } from '../../lib/scan/scan.ts';
import { randomFrom } from '../../lib/simulator/random.ts';
import type { World, WorldOptions } from '../../lib/simulator/world/world.ts';
import { writeArchive } from './archive-files.ts';
import { PLAIN_TRAVEL } from './baseline.ts';
import { arrivalsOf, type Arrival } from './delivery.ts';
import { writeFreshLists } from './fresh-lists.ts';
import { evaluateOverTime } from './over-time.ts';
import { directoryOf, eventsOf } from './placed-events.ts';
import { seenAlerts } from './seen-alert.ts';
import type { Hired, Observed, Trial } from './trial.ts';

/** A Monday; the clocks of America and of Europe change within the month. */
const START = Date.UTC(2026, 2, 2);
const PLAIN: ReadonlySet<string> = new Set(PLAIN_TRAVEL.map(({ id }) => id));

export type Maker = (options: WorldOptions) => World;

interface Read {
  readonly alerts: readonly Published[];
  readonly rejected: number;
  readonly notEvaluated: readonly string[];
}

interface Known {
  readonly config: RingerConfig;
  readonly roster: readonly RosterRow[];
  readonly atlas: Atlas;
  /** Nothing is rejected for being ahead of its time, whenever this is run. */
  readonly clock: EpochMs;
  readonly now: EpochMs;
}

/** @throws Error when the world's people file or ringer.yaml is not one */
export async function observe(trial: Trial, makeWorld: Maker): Promise<Observed> {
  const whole = makeWorld({ ...trial, start: START });
  const world = trial.seenDays === undefined ? whole : beginningOf(whole, trial.seenDays);
  const arrivals = arrivalsOf(world.records, trial.delivery, randomFrom(trial.seed));
  const config = parseConfig(world.config, { catalogue: CATALOGUE });
  const people = parsePeople(world.people);
  if (people.problems.length > 0) throw new Error(`people file: ${JSON.stringify(people.problems[0])}`);
  const folder = mkdtempSync(join(tmpdir(), 'ringer-quality-'));
  try {
    const listsDirectory = trial.lists === 'fresh' ? writeFreshLists(folder, world.records) : undefined;
    const atlas = await openAtlas({
      egress: toEgress(config),
      vpnOperators: config.policy.vpnOperators,
      now: world.end,
      ...(listsDirectory === undefined ? {} : { listsDirectory }),
    });
    const known: Known = {
      ...{ config, roster: people.people, atlas },
      ...{ clock: world.end + DAY_MS, now: world.end },
    };
    const isOverTime = trial.delivery === 'over-time';
    const read = isOverTime ? readOverTime(arrivals, known) : await readAtOnce(arrivals, folder, known);
    const alerts = seenAlerts(read.alerts);
    return {
      trial,
      ...{ start: START, end: world.end },
      people: people.people.map(hired),
      labels: world.labels,
      causes: Object.fromEntries(world.causes),
      alerts: alerts.filter(({ detection }) => !PLAIN.has(detection)),
      plain: alerts.filter(({ detection }) => PLAIN.has(detection)),
      records: world.records.length,
      ...{ rejected: read.rejected, notEvaluated: read.notEvaluated },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives the first days of a world, and of the attacks those that have begun. */
function beginningOf(world: World, days: number): World {
  const end = START + days * DAY_MS;
  return {
    ...world,
    records: world.records.filter(({ at }) => at < end),
    labels: world.labels.filter(({ begin }) => begin < end),
    end,
  };
}

async function readAtOnce(arrivals: readonly Arrival[], folder: string, known: Known): Promise<Read> {
  const archive = join(folder, 'archive');
  writeArchive(archive, arrivals);
  const { alerts, sums, notEvaluated, failures } = await scan({
    ...known,
    paths: [archive],
    detections: [...DETECTIONS, ...PLAIN_TRAVEL],
  });
  const [failure] = failures;
  if (failure !== undefined) throw new Error(`${failure.path}: ${failure.message}`);
  return {
    alerts,
    rejected: sums.rejectedInAll,
    notEvaluated: notEvaluated.map(({ detection }) => detection),
  };
}

function readOverTime(arrivals: readonly Arrival[], { config, roster, atlas, clock, now }: Known): Read {
  const coming = eventsOf(arrivals, atlas, clock);
  const { directory, peopleCount } = directoryOf(coming, roster, config.organization.domains, atlas);
  const has = { roster: true, places: true, inventory: true };
  const rules = rulesFor(DETECTIONS, config.detections, has);
  const alerts = evaluateOverTime(
    coming,
    {
      ...{ rules, directory, policy: toPolicy(config) },
      organization: { ...config.organization, peopleCount },
      failed: (detection, _event, cause) => {
        throw new Error(`the detection ${detection} failed`, { cause });
      },
      cannotTell: () => undefined,
    },
    now,
  );
  return { alerts, rejected: 0, notEvaluated: rules.notEvaluated.map(({ detection }) => detection) };
}

function hired({ email, hiredTime, endsTime }: RosterRow): Hired {
  return {
    id: email,
    ...(hiredTime === undefined ? {} : { hiredTime }),
    ...(endsTime === undefined ? {} : { endsTime }),
  };
}
