/** Reads exported logs, offline, and gives the alerts: what `ringer scan` does, and the demo. */
import type { ErrorCode } from '../core/errors.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import type { Published } from '../core/alerts/publish.ts';
import { evaluateCompany } from '../core/company.ts';
import type { Detection } from '../core/detections/contract.ts';
import { rulesFor, isWatched, subjectOf, type Rules } from '../core/engine.ts';
import type { SourceEvent, UserInventoryInfo } from '../core/events/index.ts';
import { buildDirectory, type Directory } from '../core/people/directory.ts';
import type { RosterRow } from '../core/people/roster.ts';
import type { Policy } from '../core/policy.ts';
import type { EpochMs } from '../core/time.ts';
import { toPolicy } from '../config/policy.ts';
import type { RingerConfig } from '../config/schema.ts';
import { findExports } from '../exports/find.ts';
import { readExport } from '../exports/read.ts';
import type { Atlas } from '../geo/atlas.ts';
import { EventSpool } from './event-spool.ts';
import { Intake, UNDATED } from './intake.ts';
import type { Sums } from './sums.ts';

export interface ScanInput {
  readonly paths: readonly string[];
  readonly config: RingerConfig;
  /** The catalogue, with what refreshed lists add to it. */
  readonly detections: readonly Detection[];
  readonly roster: readonly RosterRow[];
  readonly atlas: Atlas;
  /** The real time. Events more than a day ahead of it are rejected. */
  readonly clock: EpochMs;
  /** When to say it is; without it, the time of the newest event. */
  readonly now?: EpochMs | undefined;
  readonly progress?: ((progress: ScanProgress) => void) | undefined;
}

export interface ScanProgress {
  readonly stage: 'reading' | 'evaluating';
  readonly filesDone: number;
  readonly files: number;
  readonly bytes: number;
  readonly subjectsDone: number;
}

export interface ScanResult {
  readonly alerts: readonly Published[];
  readonly now: EpochMs;
  readonly sums: Sums;
  readonly filesRead: number;
  readonly filesIgnored: number;
  /** What kept files, or parts of them, from being read. */
  readonly failures: readonly ScanFailure[];
  readonly notEvaluated: Rules['notEvaluated'];
  /** How often a detection could not tell, by detection and reason. */
  readonly cannotTell: readonly {
    readonly detection: string;
    readonly because: string;
    readonly count: number;
  }[];
  readonly differences: readonly string[];
}

export interface ScanFailure {
  readonly code: ErrorCode;
  readonly path: string;
  readonly message: string;
}

/**
 * Scans files and folders.
 *
 * Everything that can be read is read and evaluated; what could not is in `failures` and in the sums' rejections.
 *
 * @throws INVARIANT when a detection throws, which is our mistake, after naming it
 */
export async function scan(input: ScanInput): Promise<ScanResult> {
  const found = await findExports(input.paths);
  const failures: ScanFailure[] = found.failures.map(({ path, message }) => ({
    code: 'PATH_UNREADABLE',
    path,
    message,
  }));
  const spool = new EventSpool();
  try {
    const people = new PeopleSeen();
    const everything = rulesFor(input.detections, input.config.detections, {
      roster: true,
      places: true,
      inventory: true,
    });
    const intake = new Intake(input.clock, (event) => {
      people.see(event);
      if (isWatched(everything, event)) spool.add(event);
    });

    const progress = {
      stage: 'reading' as const,
      filesDone: 0,
      files: found.files.length,
      bytes: 0,
      subjectsDone: 0,
    };
    for (const path of found.files) {
      const outcome = await readExport(path, intake, {
        onBytes: (bytes) => {
          progress.bytes += bytes;
          input.progress?.(progress);
        },
      });
      if (outcome.kind === 'failed') failures.push({ code: outcome.code, path, message: outcome.message });
      progress.filesDone += 1;
    }
    if (!intake.sums.anySupported()) {
      const message = 'no file held a record of a supported shape; `ringer sources list` names the shapes';
      failures.push({ code: 'NOTHING_SUPPORTED', path: input.paths.join(', '), message });
    }

    const now = input.now ?? intake.newest ?? input.clock;
    const directory = buildDirectory({
      ...people,
      roster: input.roster,
      domains: input.config.organization.domains,
      locate: input.atlas.locate,
    });
    let subjectsDone = 0;
    const evaluated = evaluate({
      ...input,
      directory,
      spool,
      now,
      inventory: people.inventory,
      peopleCount: people.count(directory),
      evaluated: () => input.progress?.({ ...progress, stage: 'evaluating', subjectsDone: ++subjectsDone }),
    });
    return {
      ...evaluated,
      now,
      sums: intake.sums,
      filesRead: found.files.length,
      filesIgnored: found.ignored,
      failures,
      differences: directory.differences,
    };
  } finally {
    spool.close();
  }
}

interface Evaluated extends Omit<ScanInput, 'now'> {
  readonly directory: Directory;
  readonly spool: EventSpool;
  readonly now: EpochMs;
  readonly inventory: boolean;
  readonly peopleCount: number;
  readonly evaluated: () => void;
}

function evaluate(input: Evaluated): Pick<ScanResult, 'alerts' | 'notEvaluated' | 'cannotTell'> {
  const { directory, now } = input;
  const policy: Policy = toPolicy(input.config);
  const rules = rulesFor(input.detections, input.config.detections, {
    roster: input.roster.length > 0 || isAnybodyPlaced(directory),
    places: true,
    inventory: input.inventory,
  });
  const groups = input.spool.groups(
    (event) => subjectOf(event, directory, policy.serviceAccounts),
    (event) => finished(event, input.atlas, now),
  );
  const cannotTell = new Map<string, number>();
  const broken = new Map<string, unknown>();
  const alerts = evaluateCompany(groups, {
    rules,
    policy,
    directory,
    organization: { ...input.config.organization, peopleCount: input.peopleCount },
    now,
    evaluated: input.evaluated,
    failed: (detection, _event, cause) => broken.set(detection, cause),
    cannotTell: (detection, because) => {
      const key = `${detection}\n${because}`;
      cannotTell.set(key, (cannotTell.get(key) ?? 0) + 1);
    },
  });
  for (const [detection, cause] of broken) {
    throw new RingerError('INVARIANT', `the detection ${detection} failed: ${messageOf(cause)}`, { cause });
  }
  return {
    alerts,
    notEvaluated: rules.notEvaluated,
    cannotTell: [...cannotTell].map(([key, count]) => {
      const [detection = '', because = ''] = key.split('\n');
      return { detection, because, count };
    }),
  };
}

/** A directory that says where somebody works does for that what a people file would. */
function isAnybodyPlaced({ people }: Directory): boolean {
  return people.some(({ workPlace }) => workPlace?.country !== undefined);
}

/** Collects what tells people apart while events go by. */
class PeopleSeen {
  readonly users: UserInventoryInfo[] = [];
  readonly links: (readonly string[])[] = [];
  readonly #signedIn = new Set<string>();
  inventory = false;

  /** How many people there are: those the directories know, or those who signed in. */
  count(directory: Directory): number {
    return Math.max(directory.people.length, this.#signedIn.size);
  }

  see(event: SourceEvent): void {
    if (event.kind === 'user-inventory-info') this.users.push(event);
    if (event.kind === 'software-inventory-info') this.inventory = true;
    const { actor } = event;
    if (event.kind === 'authentication' && event.status === 'success' && actor?.address !== undefined)
      this.#signedIn.add(actor.address);
    if (actor?.otherAddresses !== undefined && actor.address !== undefined)
      this.links.push([actor.address, ...actor.otherAddresses]);
  }
}

/** Dates what had no time of its own, and places its address; the vendor's own coordinates have then had their say. */
function finished(event: SourceEvent, atlas: Atlas, now: EpochMs): SourceEvent {
  const dated = event.time === UNDATED ? { ...event, time: now } : event;
  if (dated.srcEndpoint === undefined) return dated;
  const { vendorPlace: _, ...srcEndpoint } = atlas.place(dated.srcEndpoint);
  return { ...dated, srcEndpoint };
}
