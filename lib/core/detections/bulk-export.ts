/**
 * Bulk export: data taken out as a whole by the means made for it: takeouts, eDiscovery, reports, table and log exports,
 * snapshots and images given to other accounts.
 */
import { evidenceOf } from '../alerts/evidence.ts';
import type { Severity } from '../alerts/severity.ts';
import type { ApiActivity } from '../events/index.ts';
import { dayNumberOf } from '../time.ts';
import type { Context, Detection, Finding, Parameters, Verdict } from './contract.ts';
import { exportedFrom, exportText, isExport, isLittle, isTakeout } from './exports/kinds.ts';
import { isOurs, isOutside } from './outside/addresses.ts';
import { isProgram } from './outside/programs.ts';
import { hiredLatelyText, leavingText, TENURE_PARAMETERS } from './outside/tenure.ts';

const PARAMETERS = {
  ...TENURE_PARAMETERS,
  usualDays: {
    value: 3,
    why: 'Who has made the same export on so many earlier days does it for their work: nobody asked after the first ones.',
  },
  usualWithinDays: {
    value: 60,
    why: 'Monthly and fortnightly exports are usual as well; half a year’s are not.',
  },
  sameTakeoutDays: {
    value: 7,
    why: 'Google takes days to prepare a takeout and keeps it for a week: begun, ready and downloaded are one.',
  },
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;

interface State {
  /** By operation: the UTC days it was done on lately, in days since 1970, rising. */
  readonly days: Record<string, number[]>;
  /** Day on which the last takeout began that was told of. */
  takeoutDay?: number;
}

const OPERATIONS_KEPT = 40;
const DAYS_KEPT = 10;

export const bulkExport: Detection<'api-activity', State, typeof PARAMETERS> = {
  id: 'bulk-export',
  title: 'Bulk export',
  family: 'hoarding',
  severity: 'medium',
  attack: ['T1213', 'T1530', 'T1537'],
  watches: ['api-activity'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 15,
    explainedBy: 'copying',
    independent: false,
    clearedBy: 'A bulk approval for the person and the service, once whoever ordered the export confirms it.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({ days: {} }), keepDays: 90 },
  needs: [],
  blindSpots: [
    'An export says that it was made, seldom how much was in it.',
    'Database clients, scripts and screens that copy row by row make no export.',
    'Programs listed under policy.serviceAccounts, and programs by the vendor’s word, are left out.',
    'Who exports with an administrator’s account is lowered as an administrator.',
  ],
  falsePositives: [
    'A legal hold, an audit or a migration, run by those whose work it is.',
    'Somebody who takes home their own photographs and contacts before leaving.',
    'Snapshots and images shared with another account of the same company.',
    'A monthly report that an administrator downloads for their manager.',
  ],
  triage: [
    'Ask who ordered the export, and whether the person’s role makes such exports.',
    'See where it went: whose bucket, account or storage the record names.',
    'Look for the download that follows, its address and device.',
    'If it is not explained, stop the export, keep it as evidence, and revoke the person’s sessions.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1213/',
    'https://attack.mitre.org/techniques/T1537/',
    'https://developers.google.com/workspace/admin/reports/v1/appendix/activity/takeout',
  ],
  expectedPerMonthPer1000People: 3,
  evaluate(event, state, context) {
    if (!isExport(event) || event.status === 'failure' || !isOurs(context))
      return { outcome: 'not-applicable' };
    if (isProgram(event, context.policy)) return { outcome: 'not-applicable' };
    if (isTransferInside(event, context)) return { outcome: 'clear', state };
    const judgement = judge(event, state, context);
    remember(event, state, context);
    return { outcome: 'finding', state, findings: [findingOf(event, judgement)] } satisfies Verdict<State>;
  },
};

interface Judgement {
  readonly severity: Severity;
  readonly why: readonly string[];
}

/** What lowers comes first, but who is about to leave is not lowered for having done it often. */
function judge(event: ApiActivity, state: State, context: Own): Judgement {
  const { person, parameters } = context;
  const today = dayNumberOf(event.time);
  const tenure =
    leavingText(person, event.time, parameters) ?? hiredLatelyText(person, event.time, parameters);
  if (isTakeout(event) && isOwnData(event, context)) {
    if (isLittle(event)) return { severity: 'low', why: ['It is their own data, and little of it.'] };
    const since = state.takeoutDay;
    if (since !== undefined && since < today && today - since <= parameters.sameTakeoutDays)
      return {
        severity: 'low',
        why: [`It goes on with a takeout of ${today - since} days ago, which was told then.`],
      };
  }
  if (person?.privileged === true)
    return { severity: 'low', why: ['They administer such data: exports are part of that work.'] };
  if (tenure !== undefined)
    return { severity: 'high', why: [tenure, 'They are no administrator that Ringer knows of.'] };
  const before = state.days[keyOf(event)]?.filter(
    (day) => day < today && day >= today - parameters.usualWithinDays,
  );
  if (before !== undefined && before.length >= parameters.usualDays)
    return {
      severity: 'low',
      why: [`They did the same on ${before.length} earlier days of the last ${parameters.usualWithinDays}.`],
    };
  return {
    severity: 'medium',
    why: [
      'Such an export takes everything at once, and they are not known to make them.',
      ...(isTakeout(event) && event.contents === undefined
        ? ['The record does not say what is in it; by default it is everything.']
        : []),
    ],
  };
}

function findingOf(event: ApiActivity, { severity, why }: Judgement): Finding {
  const text = exportText(event);
  const object = exportedFrom(event);
  const { targets = [], resource } = event;
  return {
    severity,
    confidence: 'high',
    object,
    summary: text,
    why,
    evidence: [evidenceOf(event, event.operation)],
    approvable: {
      kind: 'bulk',
      names: [
        object.id,
        object.name ?? object.id,
        ...(resource === undefined ? [] : [resource.uid]),
        ...targets,
      ],
    },
  };
}

/** Nothing said of whose data it is: it is that of whoever takes it. */
function isOwnData({ resource }: ApiActivity, { person, subject }: Own): boolean {
  const own = person?.addresses ?? [subject.id];
  return resource?.type !== 'user' || own.includes(resource.uid);
}

/** The files of somebody who has left go to a colleague. */
function isTransferInside({ operation, targets = [] }: ApiActivity, context: Own): boolean {
  return (
    operation === 'CREATE_DATA_TRANSFER_REQUEST' &&
    targets.length > 0 &&
    !targets.some((target) => isOutside(target, context))
  );
}

function remember(event: ApiActivity, state: State, { parameters }: Own): void {
  const today = dayNumberOf(event.time);
  if (
    isTakeout(event) &&
    (state.takeoutDay === undefined || today - state.takeoutDay > parameters.sameTakeoutDays)
  )
    state.takeoutDay = today;
  const key = keyOf(event);
  const days = Object.hasOwn(state.days, key) ? (state.days[key] ?? []) : [];
  if (days.length === 0 && Object.keys(state.days).length >= OPERATIONS_KEPT) return;
  if (days.at(-1) !== today) state.days[key] = [...days, today].slice(-DAYS_KEPT);
}

function keyOf({ source, operation }: ApiActivity): string {
  return `${source} ${operation.slice(0, 80)}`;
}
