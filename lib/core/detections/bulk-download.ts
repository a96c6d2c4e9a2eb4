/**
 * Bulk download: many distinct files, or many bytes, taken by one person from Drive, SharePoint and OneDrive, or S3: in a
 * burst, over a day, or slowly over a fortnight; against a floor and the person's own past.
 */
import type { Evidence } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import { severityRank, type Severity } from '../alerts/severity.ts';
import type { FileHostingActivity } from '../events/index.ts';
import { DAY_MS } from '../time.ts';
import type { Detection, Finding, Verdict } from './contract.ts';
import * as hoard from './hoarding/hoard.ts';
import type { Hoard } from './hoarding/hoard.ts';
import { serviceOf, type Service } from './hoarding/services.ts';
import { isManagedSync, severityOf, standingOf, type Tripped } from './hoarding/severity.ts';
import { afterTelling, isSameAgain, isToldAlready } from './hoarding/told.ts';
import { HOARDING_PARAMETERS, type HoardingContext } from './hoarding/parameters.ts';
import { exceeds, largerOf, windowsOf, type Window } from './hoarding/windows.ts';

interface State {
  readonly services: Record<string, Hoard>;
  /** When each device first synced, by hash. */
  readonly syncingSince: Record<string, number>;
}

export const bulkDownload: Detection<'file-hosting-activity', State, typeof HOARDING_PARAMETERS> = {
  id: 'bulk-download',
  title: 'Bulk download',
  family: 'hoarding',
  severity: 'medium',
  attack: ['T1213', 'T1530'],
  watches: ['file-hosting-activity'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 15,
    explainedBy: 'copying',
    independent: false,
    clearedBy: 'A bulk approval for the person, once their manager confirms the copy was due.',
  },
  parameters: HOARDING_PARAMETERS,
  state: { version: 1, empty: () => ({ services: {}, syncingSince: {} }), keepDays: 60 },
  needs: [],
  blindSpots: [
    'Files read on screen, photographed or copied within an application are not downloads.',
    'Amazon S3 reads are seen only where the trail records data events for the bucket.',
    'Google Drive records no sizes, and below some editions no downloads at all.',
    'Less than the floor every day for longer than a fortnight stays below it.',
  ],
  falsePositives: [
    'A backup, an export for a customer or a legal hold, run under a person’s own account.',
    'Somebody who moves to a new computer and takes their files along.',
    'A data scientist whose work it is to read a bucket.',
    'A synchronisation client that fetches a library anew after it was reset.',
  ],
  triage: [
    'Read the file names and sites in the evidence: do they belong to this person’s work and to their team?',
    'Compare the address, device and application of these events with the person’s ordinary ones.',
    'Ask the manager, not the person, whether such a copy was due; look for notice given, a leave, or a recent hire.',
    'If it is not explained, keep the device and the audit logs, and revoke the sessions and access keys used.',
  ],
  references: ['https://attack.mitre.org/techniques/T1530/', 'https://attack.mitre.org/techniques/T1213/'],
  expectedPerMonthPer1000People: 50,
  evaluate(event, state, context) {
    if (event.actor?.type === 'service') return { outcome: 'not-applicable' };
    if (!isTaking(event, state, context))
      // When a device first synchronized has to be known later.
      return event.activity === 'sync' ? { outcome: 'clear', state } : { outcome: 'not-applicable' };
    const application = event.application?.uid?.toLowerCase();
    if (application !== undefined && context.policy.serviceAccounts.has(application))
      return { outcome: 'clear', state };
    return weigh(event, state, context);
  },
};

/** A file leaves: a download, a copy out, or the sync of a device that is not just being set up. */
function isTaking(event: FileHostingActivity, state: State, context: HoardingContext): boolean {
  if (event.activity === 'download' || event.activity === 'copy') return true;
  if (event.activity !== 'sync') return false;
  if (event.managedDevice === false) return true;
  const device = event.device?.uid ?? event.device?.name ?? event.userAgent ?? '';
  const since = (state.syncingSince[`d${hoard.objectNumber(device)}`] ??= event.time);
  return event.time - since > context.parameters.newDeviceSyncDays * DAY_MS;
}

/** What a managed laptop synchronizes is kept apart: it fetches what its user never asked for, and stays with the company. */
function hoardOf(event: FileHostingActivity): string {
  return isManagedSync(event) ? `${serviceOf(event).id}:sync` : serviceOf(event).id;
}

function weigh(event: FileHostingActivity, state: State, context: HoardingContext): Verdict<State> {
  const service = serviceOf(event);
  const kept = (state.services[hoardOf(event)] ??= hoard.emptyHoard());
  hoard.add(kept, {
    time: event.time,
    object: hoard.objectNumber(event.file.uid),
    bytes: event.bytesOut ?? 0,
    container: event.file.container,
    evidence: () => evidenceOfTaking(event),
  });
  const tripped = windowsOf(service.id, event, context.parameters, shareOf(event, context))
    .filter((window) => window.minutes !== hoard.DAY_MINUTES || hoard.mayHaveTaken(kept, window.objects))
    .map((window) => ({ window, tally: hoard.tally(kept, window.minutes, event.time) }))
    .filter(({ window, tally }) => exceeds(tally, window))
    .map((each) => ({ ...each, past: ownPast(kept, each.window, event, context) }))
    .filter(({ window, tally, past }) => exceeds(tally, largerOf(window, past)))
    .map((each) => ({
      ...each,
      isSame: isSameAgain(kept, each.window.minutes, each.tally, event.time),
    }))
    // A fortnight is for hands that stay below the other floors.
    .filter(({ window }) => window.minutes <= hoard.DAY_MINUTES || !isToldAlready(kept, event.time))
    .map((each) => ({ ...each, severity: severityOf(each, event, context) }))
    .sort(
      (a, b) => severityRank(b.severity) - severityRank(a.severity) || a.window.minutes - b.window.minutes,
    );
  const [worst] = tripped;
  if (worst === undefined) return { outcome: 'clear', state };
  for (const { window, tally, isSame } of tripped)
    afterTelling(kept, window.minutes, tally, isSame, event.time);
  return { outcome: 'finding', state, findings: [findingOf(service, worst, kept, event)] };
}

/** Of somebody new, or about to leave, a part of each floor is too much. */
function shareOf(event: FileHostingActivity, context: HoardingContext): number {
  const { isNew, isLeaving } = standingOf(event, context);
  return isNew || isLeaving ? context.parameters.closeFloorShare : 1;
}

/** What this person’s own earlier days allow; nothing when they have no past. */
function ownPast(
  kept: Hoard,
  window: Window,
  event: FileHostingActivity,
  { parameters }: HoardingContext,
): { objects: number; bytes: number } {
  const past = hoard.busiestPast(kept, window.minutes, event.time, parameters.ownPastMinActiveDays);
  return {
    objects: (past?.objects ?? 0) * parameters.ownPastFactor,
    bytes: (past?.bytes ?? 0) * parameters.ownPastFactor,
  };
}

function evidenceOfTaking(event: FileHostingActivity): Evidence {
  return evidenceOf(event, `${event.activity} ${event.file.name ?? event.file.uid}`);
}

function findingOf(
  service: Service,
  worst: Tripped & { readonly severity: Severity },
  kept: Hoard,
  event: FileHostingActivity,
): Finding {
  const { window, tally, past, severity, isSame } = worst;
  const size = tally.bytes > 0 ? ` (${sizeText(tally.bytes)})` : '';
  const { evidence, uncited } = hoard.cite(kept, window.minutes, tally, {
    time: event.time,
    evidence: evidenceOfTaking(event),
  });
  const own =
    past.objects > 0
      ? `Three times this person’s own busiest days would be ${count(past.objects)}.`
      : 'This person has no past here to compare with: the floor for everybody decides.';
  const containers = hoard.topContainers(kept).map(([name, files]) => `${name} (${count(files)})`);
  return {
    severity,
    confidence: past.objects > 0 ? 'high' : 'medium',
    object: service,
    summary: `Took ${count(tally.objects)} distinct files${size} from ${service.name} within ${window.text}.`,
    why: [
      `The floor is ${window.objects === Infinity ? sizeText(window.bytes) : `${count(window.objects)} distinct files`} in ${window.text}. ${own}`,
      ...(containers.length > 0 ? [`Mostly from ${containers.join(', ')}.`] : []),
      ...(isSame ? ['It is no more than on an earlier day of this fortnight, of which an alert told.'] : []),
      ...(isManagedSync(event) ? ['They were synchronized to a computer the company manages.'] : []),
      ...(event.managedDevice === false ? ['They went to a device the company does not manage.'] : []),
    ],
    evidence,
    uncited,
    restates: true,
    approvable: { kind: 'bulk', names: [service.id, service.name] },
  };
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? 'B'}`;
}
